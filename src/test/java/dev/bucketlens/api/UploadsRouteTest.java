package dev.bucketlens.api;

import static dev.bucketlens.api.ApiFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What leave to upload says, beside the signature. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UploadsRouteTest {

  private ApiFixture fixture;

  @BeforeAll
  void start() throws Exception {
    fixture = ApiFixture.start(80);
  }

  @AfterAll
  void stop() throws IOException {
    fixture.close();
  }

  private ApiResponse create(BucketSettings bucket, String caller, String json) {
    return fixture
        .deployed(new Access.Open(), bucket, Clock.systemUTC())
        .handle(
            new ApiRequest(
                "POST",
                "/uploads",
                Map.of(),
                Map.of("content-type", "application/json"),
                json.getBytes(StandardCharsets.UTF_8),
                Optional.ofNullable(caller),
                "8f5c6f0e-7a2b-4c1d-9e3f-0a1b2c3d4e5f"));
  }

  private static BucketSettings bucket(String keySuffix, boolean uploads) {
    return new BucketSettings(
        "images", "in/uploads/", keySuffix, 1000, Duration.ofMinutes(5), uploads, true);
  }

  @ParameterizedTest
  @CsvSource({
    "image/jpeg, '', .jpg",
    "image/heic, '', ''",
    "image/jpeg, .jpg, .jpg",
    "image/jpeg, g, .jpg",
    "image/png, .jpg, .jpg",
    "image/jpeg, -scan.jpeg, -scan.jpeg",
    "application/octet-stream, .tif, .tif",
  })
  void key_shouldEndAsKeysMustToBeScored(String type, String suffix, String end) {
    ApiResponse response = create(bucket(suffix, true), null, "{\"contentType\":\"" + type + "\"}");

    assertThat(json(response).get("key").toString())
        .matches("in/uploads/[0-9a-f]{32}" + end.replace(".", "\\."));
  }

  @Test
  void fields_shouldNameFileAndCaller_asMetadata() {
    ApiResponse response =
        create(
            bucket("", true),
            "user|ä",
            "{\"contentType\":\"image/png\",\"fileName\":\"été (1).png\"}");

    assertThat(json(response).get("fields"))
        .asInstanceOf(
            org.assertj.core.api.InstanceOfAssertFactories.map(String.class, String.class))
        .containsEntry("x-amz-meta-file-name", "%C3%A9t%C3%A9%20%281%29.png")
        .containsEntry("x-amz-meta-uploaded-by", "user%7C%C3%A4")
        .containsEntry("x-amz-meta-request-id", response.headers().get("x-request-id"));
  }

  @Test
  void fields_shouldNameNobody_whenTheGatewayNamesNobody() {
    assertThat(create(bucket("", true), null, "{\"contentType\":\"image/png\"}").body())
        .doesNotContain("uploaded-by");
  }

  /** S3 takes 2 KB of metadata. */
  @Test
  void fields_shouldBeCut_whenTheyWouldBeLongerThanMetadataMayBe() {
    ApiResponse response =
        create(
            bucket("", true),
            "漢".repeat(255),
            "{\"contentType\":\"image/png\",\"fileName\":\"" + "漢".repeat(255) + "\"}");

    Map<?, ?> fields = (Map<?, ?>) json(response).get("fields");
    String name = fields.get("x-amz-meta-file-name").toString();
    String caller = fields.get("x-amz-meta-uploaded-by").toString();
    String request = fields.get("x-amz-meta-request-id").toString();
    assertThat(name.length() + caller.length() + request.length() + 30).isLessThan(2048);
    assertThat(name).matches("(%E6%BC%A2)+");
    assertThat(caller).matches("(%E6%BC%A2)+");
  }

  @Test
  void create_shouldBeRefused_whenTheDeploymentTakesNoUploads() {
    ApiResponse response = create(bucket("", false), null, "{\"contentType\":\"image/png\"}");

    assertThat(response.status()).isEqualTo(403);
    assertThat(json(response)).containsEntry("code", "UPLOADS_OFF");
    assertThat(response.body()).contains("PublicUploads");
  }
}
