package dev.bucketlens;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bucketlens.testing.AccessTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of routes and kinds of access in docs/api.md says what the template asks for. */
final class AccessTest {

  private static final JsonNode RESOURCES = read().get("Resources");
  private static final AccessTable TABLE = AccessTable.read();

  @Test
  void table_shouldNameEveryRouteAndNoOther() throws IOException {
    Set<String> described = new TreeSet<>(Set.of("OPTIONS, any path"));
    new JsonMapper()
        .readTree(Path.of("src/main/resources/dev/bucketlens/api/openapi.json").toFile())
        .get("paths")
        .propertyStream()
        .forEach(path ->
            path.getValue()
                .fieldNames()
                .forEachRemaining(method ->
                    described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

    assertThat(TABLE.routes()).containsExactlyInAnyOrderElementsOf(described);
  }

  @Test
  void gateway_shouldLeaveOpenWhatTheTableCallsOpen_andNothingElse() {
    Set<String> open = new TreeSet<>();
    for (JsonNode route : routes()) {
      String key = route.get("RouteKey").asText();
      if (!key.equals("$default")) {
        assertThat(route.get("AuthorizationType").asText()).as(key).isEqualTo("NONE");
        open.add(key.startsWith("OPTIONS ") ? "OPTIONS, any path" : key);
      }
    }

    for (String access : List.of("signin", "jwt", "iam")) {
      assertThat(TABLE.routesThatAre("open", access)).isEqualTo(open);
    }
    assertThat(TABLE.routesThatAre("open", "public")).containsAll(TABLE.routes());
  }

  /** The emulator answers every OPTIONS before it asks for anything, and would not tell. */
  @Test
  void preflights_shouldNeedNoAuthorisation_atAnyPath() {
    assertThat(routes().stream().map(route -> route.get("RouteKey").asText()))
        .contains("OPTIONS /", "OPTIONS /{proxy+}");
  }

  @Test
  void everythingElse_shouldNeedWhatTheKindOfAccessAsksFor() {
    JsonNode other =
        routes().stream()
            .filter(route -> route.get("RouteKey").asText().equals("$default"))
            .findFirst()
            .orElseThrow();

    assertThat(other.get("AuthorizationType").toString())
        .isEqualTo("[\"ByToken\",\"JWT\",[\"ByAnybody\",\"NONE\",\"AWS_IAM\"]]");
    assertThat(RESOURCES.at("/ApiAuthorizer/Condition").asText()).isEqualTo("ByToken");
  }

  @Test
  void preflights_shouldAllowTheHeadersThatTheApiAllows() throws ReflectiveOperationException {
    List<String> gateway = new ArrayList<>();
    RESOURCES
        .at("/Api/Properties/CorsConfiguration/1/AllowHeaders")
        .forEach(header -> gateway.add(header.asText()));
    var allowed = Class.forName("dev.bucketlens.api.Cors").getDeclaredField("ALLOWED_HEADERS");
    allowed.setAccessible(true);

    assertThat(String.join(", ", gateway)).isEqualTo(allowed.get(null));
    assertThat(gateway)
        .contains("authorization", "x-amz-date", "x-amz-security-token", "x-amz-target");
  }

  @Test
  void users_shouldComeByInvitation_andThePageWithoutASecret() {
    JsonNode client = RESOURCES.at("/PageClient/Properties");

    assertThat(client.get("GenerateSecret").asBoolean()).isFalse();
    assertThat(client.get("AllowedOAuthFlows")).map(JsonNode::asText).containsExactly("code");
    assertThat(RESOURCES.at("/Users/Properties/AdminCreateUserConfig").toString())
        .isEqualTo("{\"AllowAdminCreateUserOnly\":[\"HasSignUp\",false,true]}");
    assertThat(RESOURCES.at("/Users/Properties/MfaConfiguration").asText()).isEqualTo("OPTIONAL");
    assertThat(RESOURCES.at("/Users/DeletionPolicy").asText()).isEqualTo("RetainExceptOnCreate");
  }

  @Test
  void rights_shouldBeOnlyThoseOfWhatIsOpened_whenEverybodyMayCall() {
    Map<String, String> conditions =
        RESOURCES
            .at("/ApiRole/Properties/Policies/0/PolicyDocument/Statement")
            .valueStream()
            .filter(JsonNode::isArray)
            .collect(
                Collectors.toMap(it -> it.get(1).get("Sid").asText(), it -> it.get(0).asText()));

    assertThat(conditions)
        .containsEntry("PresignPreviews", "HasPreviews")
        .containsEntry("PresignUploads", "HasUploads");
  }

  private static List<JsonNode> routes() {
    return RESOURCES
        .valueStream()
        .filter(it -> it.get("Type").asText().equals("AWS::ApiGatewayV2::Route"))
        .map(it -> it.get("Properties"))
        .toList();
  }

  private static JsonNode read() {
    try {
      return new YAMLMapper().readTree(Path.of("template.yaml").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
