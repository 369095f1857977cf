package dev.bucketlens.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The roles of a stack, each with the one policy of the template, which is called as its role. */
final class Roles {
  private static final String ACCOUNT = "000000000000";
  private static final Pattern LOGICAL = Pattern.compile("\\{(\\w+)}");

  private final Aws aws;
  private final Stack stack;

  Roles(Stack stack) {
    this.aws = stack.aws();
    this.stack = stack;
  }

  /** The policy of a role. */
  JsonNode rights(String role) {
    return aws.cli(
            "iam",
            "get-role-policy",
            "--role-name",
            stack.physical(role),
            "--policy-name",
            policyOf(role))
        .get("PolicyDocument");
  }

  /** Puts another in its place. */
  void give(String role, JsonNode rights) {
    aws.cli(
        "iam",
        "put-role-policy",
        "--role-name",
        stack.physical(role),
        "--policy-name",
        policyOf(role),
        "--policy-document",
        rights.toString());
  }

  private static String policyOf(String role) {
    return role.replace("Role", "").toLowerCase(Locale.ROOT);
  }

  /** The same policy, one statement of which lacks a right. */
  static JsonNode without(JsonNode rights, String sid, String right) {
    JsonNode changed = rights.deepCopy();
    ObjectNode statement = statement(changed, sid);
    JsonNode actions = statement.get("Action");
    ArrayNode others = statement.putArray("Action");
    (actions.isArray() ? actions.valueStream() : Stream.of(actions))
        .map(JsonNode::asText)
        .forEach(it -> others.add(it.equals(right) ? "none:None" : it));
    return changed;
  }

  /** The same policy, one statement of which holds under any condition. */
  static JsonNode withoutCondition(JsonNode rights, String sid) {
    JsonNode changed = rights.deepCopy();
    statement(changed, sid).remove("Condition");
    return changed;
  }

  private static ObjectNode statement(JsonNode rights, String sid) {
    return (ObjectNode)
        rights
            .get("Statement")
            .valueStream()
            .filter(it -> it.path("Sid").asText().equals(sid))
            .findFirst()
            .orElseThrow(() -> new AssertionError("There is no statement " + sid));
  }

  /**
   * What IAM would say to a role, such as {@code allowed}.
   *
   * @param resource its ARN, with {@code @} for region and account, and logical ids in braces
   * @param suffix behind the name of each of these, for those of others
   */
  String decision(String role, String right, String resource, String suffix) {
    String arn =
        LOGICAL
            .matcher(resource.replace("@", "us-east-1:" + ACCOUNT))
            .replaceAll(it -> nameOf(it.group(1)) + suffix);
    return aws.cli(
            "iam",
            "simulate-principal-policy",
            "--policy-source-arn",
            "arn:aws:iam::%s:role/%s".formatted(ACCOUNT, stack.physical(role)),
            "--action-names",
            right,
            "--resource-arns",
            arn)
        .at("/EvaluationResults/0/EvalDecision")
        .asText();
  }

  /** A queue's is the end of its address; the default bus is no stack's. */
  private String nameOf(String logical) {
    return logical.equals("default")
        ? logical
        : stack.physical(logical).replaceFirst("^http.*/", "");
  }
}
