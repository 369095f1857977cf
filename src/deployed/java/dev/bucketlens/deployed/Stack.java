package dev.bucketlens.deployed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.openqa.selenium.support.ui.FluentWait;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.StackResource;

/** A stack of the template, in a region. */
final class Stack {

  private final Aws aws;
  private final String name;

  /** Of the last change, asked for once. */
  private Map<String, String> outputs = Map.of();

  private Map<String, String> resources = Map.of();

  Stack(Aws aws, String name) {
    this.aws = aws;
    this.name = name;
  }

  String name() {
    return name;
  }

  /** As the README has it, from the folder of {@code sam build}. */
  Stack deploy(Path template, Map<String, String> parameters) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "deploy",
                "--template-file",
                template.toString(),
                "--stack-name",
                name,
                "--resolve-s3",
                "--no-progressbar",
                "--capabilities",
                "CAPABILITY_IAM",
                "--no-confirm-changeset",
                "--no-fail-on-empty-changeset",
                "--parameter-overrides"));
    Build.with(true, parameters)
        .forEach((key, value) -> command.add("%s=\"%s\"".formatted(key, value)));
    aws.sam(command.toArray(String[]::new));
    return this;
  }

  /** The template as deployed, its code in a bucket: a second stack needs no second upload. */
  String template() {
    return aws.cli(
            "cloudformation", "get-template", "--stack-name", name, "--template-stage", "Original")
        .get("TemplateBody")
        .asText();
  }

  /** Makes the stack. */
  Stack create(String template, Map<String, String> parameters) {
    change("create-stack", template, parameters);
    return await("CREATE_COMPLETE");
  }

  /** Gives the running stack these parameters, and their defaults to all others. */
  Stack update(String template, Map<String, String> parameters) {
    change("update-stack", template, parameters);
    return await("UPDATE_COMPLETE");
  }

  /** Begins a change without waiting for its end. */
  void change(String command, String template, Map<String, String> parameters) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "cloudformation",
                command,
                "--stack-name",
                name,
                "--template-url",
                aws.publish(name + ".yaml", Build.fitted(template, parameters)),
                "--capabilities",
                "CAPABILITY_IAM",
                "CAPABILITY_AUTO_EXPAND"));
    arguments.add("--parameters");
    Build.with(template.contains("SnapStart:"), parameters)
        .forEach((key, value) ->
            arguments.add(
                "{\"ParameterKey\":\"%s\",\"ParameterValue\":\"%s\"}".formatted(key, value)));
    aws.cli(arguments.toArray(String[]::new));
    outputs = Map.of();
    resources = Map.of();
  }

  /** Waits until a change has ended, which has to be with {@code status}. */
  Stack await(String status) {
    String reached =
        new FluentWait<>(this)
            .withTimeout(Duration.ofMinutes(1))
            .pollingEvery(Duration.ofMillis(200))
            .withMessage("The change of stack " + name + " has not ended")
            .until(it -> it.status().endsWith("IN_PROGRESS") ? null : it.status());
    if (!reached.equals(status)) {
      throw new AssertionError(
          "Stack %s is %s, not %s: %s".formatted(name, reached, status, events().failures()));
    }
    return this;
  }

  private String status() {
    return aws.cloudFormation()
        .describeStacks(r -> r.stackName(name))
        .stacks()
        .getFirst()
        .stackStatusAsString();
  }

  /** What became of its resources. */
  StackEvents events() {
    return new StackEvents(aws.cloudFormation(), name);
  }

  /** An output of the template. */
  String output(String key) {
    if (outputs.isEmpty()) {
      outputs =
          aws.cloudFormation().describeStacks(r -> r.stackName(name)).stacks().stream()
              .flatMap(it -> it.outputs().stream())
              .collect(Collectors.toMap(Output::outputKey, Output::outputValue));
    }
    return Objects.requireNonNull(outputs.get(key), () -> name + " has no output " + key);
  }

  /** The name that CloudFormation gave to a resource. */
  String physical(String logical) {
    if (resources.isEmpty()) {
      resources =
          aws
              .cloudFormation()
              .describeStackResources(r -> r.stackName(name))
              .stackResources()
              .stream()
              .collect(
                  Collectors.toMap(
                      StackResource::logicalResourceId, StackResource::physicalResourceId));
    }
    return Objects.requireNonNull(resources.get(logical), () -> name + " has no " + logical);
  }

  /** The names of its functions; none if it was never made. */
  List<String> functions() {
    if (isGone()) {
      return List.of();
    }
    return aws
        .cloudFormation()
        .describeStackResources(r -> r.stackName(name))
        .stackResources()
        .stream()
        .filter(it -> it.resourceType().equals("AWS::Lambda::Function"))
        .map(StackResource::physicalResourceId)
        .filter(Objects::nonNull)
        .toList();
  }

  /** Deletes the stack; bucket and table stay. */
  void delete() {
    aws.cli("cloudformation", "delete-stack", "--stack-name", name);
    new FluentWait<>(this)
        .withTimeout(Duration.ofMinutes(1))
        .pollingEvery(Duration.ofMillis(200))
        .withMessage("Stack " + name + " is not deleted")
        .until(it -> it.isGone());
  }

  private boolean isGone() {
    try {
      return status().equals("DELETE_COMPLETE");
    } catch (CloudFormationException e) {
      if (e.getMessage().contains("does not exist")) {
        return true;
      }
      throw e;
    }
  }

  Aws aws() {
    return aws;
  }
}
