package dev.bucketlens.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bucketlens.testing.AccessTable;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/** Who may call the API, route by route and for each kind of access, and who may invoke. */
@ExtendWith(Deployed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class AccessScenario {

  private final Cloud cloud;
  private final Stack stack;

  AccessScenario(Cloud cloud) {
    this.cloud = cloud;
    this.stack = cloud.stack("access");
  }

  @BeforeAll
  void create() {
    stack.create(cloud.packaged(), Map.of());
  }

  @Test
  void routes_shouldAllBeOpen_whenAccessIsPublic() {
    assertRoutes(cloud.stack(), "public");
  }

  @Test
  @Order(1)
  void routes_shouldNeedATokenOfThePool_whenNothingElseIsSaid() {
    assertRoutes(stack, "signin");
  }

  @Test
  @Order(2)
  void invocation_shouldBeAnsweredWithoutHttp() {
    assertThat(new Functions(stack).api("{\"url\":\"http://169.254.169.254/\"}").toString())
        .contains("ADDRESS_NOT_PUBLIC");
  }

  @Test
  @Order(3)
  void routes_shouldNeedASignature_whenAccessIsIam() {
    stack.update(cloud.packaged(), Map.of("ApiAccess", "iam"));
    HttpApi api = new HttpApi(stack);

    assertRoutes(stack, "iam");
    assertThat(api.get("/model", signed(api, "/model")).statusCode()).isEqualTo(200);
    assertThat(api.get("/sign-in").body()).contains("signature");
  }

  /** Last, because it needs a pool of its own. */
  @Test
  @Order(4)
  void routes_shouldNeedATokenOfTheIssuer_whenAccessIsJwt() throws IOException {
    String token = token();
    JsonNode claims =
        new JsonMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
    stack.update(
        cloud.packaged(),
        Map.of(
            "ApiAccess", "jwt",
            "JwtIssuer", claims.get("iss").asText(),
            "JwtAudience", claims.get("aud").asText()));
    HttpApi api = new HttpApi(stack);

    assertRoutes(stack, "jwt");
    assertThat(api.get("/model", Map.of("authorization", "Bearer " + token + "x")).statusCode())
        .isEqualTo(401);
    assertThat(api.get("/model", Map.of("authorization", "Bearer " + token)).statusCode())
        .isEqualTo(200);
  }

  /**
   * Each route without anything to show, against the table of docs/api.md. Not {@code OPTIONS}: the
   * emulator answers that before it looks at a route.
   */
  private static void assertRoutes(Stack stack, String access) {
    HttpApi api = new HttpApi(stack);
    AccessTable.read()
        .rows()
        .forEach((route, needs) -> {
          if (!route.startsWith("OPTIONS")) {
            HttpResponse<String> answer = ask(api, route);
            switch (needs.get(access)) {
              case "token" -> assertThat(answer.statusCode()).as(route).isEqualTo(401);
              case "signature" -> assertThat(answer.statusCode()).as(route).isEqualTo(403);
              default -> assertThat(isTurnedAway(answer)).as(route).isFalse();
            }
          }
        });
  }

  private static HttpResponse<String> ask(HttpApi api, String route) {
    String[] methodAndPath = route.split(" ", 2);
    String path =
        methodAndPath[1]
            .replaceAll("[{}]", "")
            // With one slash it is the emulator's own.
            .replaceFirst("^/health$", "//health");
    return methodAndPath[0].equals("POST") ? api.post(path, "{}") : api.get(path);
  }

  /** By the gateway, whose answers are no problem documents. */
  private static boolean isTurnedAway(HttpResponse<String> answer) {
    return List.of(401, 403).contains(answer.statusCode())
        && !answer.headers().firstValue("content-type").orElse("").contains("problem");
  }

  private Map<String, String> signed(HttpApi api, String path) {
    SdkHttpRequest request =
        SdkHttpRequest.builder().uri(api.address().resolve(path)).method(SdkHttpMethod.GET).build();
    Map<String, String> headers = new TreeMap<>();
    AwsV4HttpSigner.create()
        .sign(r ->
            r.request(request)
                .identity(Aws.USER)
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "execute-api")
                .putProperty(AwsV4HttpSigner.REGION_NAME, cloud.aws().region().id()))
        .request()
        .forEachHeader((name, values) -> headers.put(name, values.getFirst()));
    headers.keySet().removeIf(name -> name.equalsIgnoreCase("host"));
    return headers;
  }

  /** Of a user of a pool of Cognito's, for lack of another issuer. */
  private String token() {
    Aws aws = cloud.aws();
    String pool =
        aws.cli("cognito-idp", "create-user-pool", "--pool-name", "friends")
            .at("/UserPool/Id")
            .asText();
    String client =
        aws.cli(
                "cognito-idp",
                "create-user-pool-client",
                "--user-pool-id",
                pool,
                "--client-name",
                "page",
                "--explicit-auth-flows",
                "ALLOW_USER_PASSWORD_AUTH")
            .at("/UserPoolClient/ClientId")
            .asText();
    aws.cli("cognito-idp", "admin-create-user", "--user-pool-id", pool, "--username", "ann");
    aws.cli(
        "cognito-idp",
        "admin-set-user-password",
        "--user-pool-id",
        pool,
        "--username",
        "ann",
        "--password",
        "Correct-horse-1",
        "--permanent");
    return aws.cli(
            "cognito-idp",
            "initiate-auth",
            "--client-id",
            client,
            "--auth-flow",
            "USER_PASSWORD_AUTH",
            "--auth-parameters",
            "USERNAME=ann,PASSWORD=Correct-horse-1")
        .at("/AuthenticationResult/IdToken")
        .asText();
  }
}
