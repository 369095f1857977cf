package dev.bucketlens.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.bucketlens.lambda.ApiHandler;
import dev.bucketlens.lambda.ApiWiring;
import dev.bucketlens.lambda.App;
import dev.bucketlens.lambda.Settings;
import dev.bucketlens.testing.Browser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the page does where the bucket, or the deployment, takes no upload from it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RefusedUploadTest {

  private static final Path PHOTO =
      Path.of("src/local/resources/photos/espresso.jpg").toAbsolutePath();

  @RegisterExtension static final RunningCloud CLOUD = new RunningCloud();

  private Browser browser;

  @BeforeAll
  void start() {
    browser = Browser.start();
  }

  @AfterAll
  void stop() {
    browser.close();
  }

  /** The cloud's settings, but with another S3. */
  private static Map<String, String> environment(URI s3) {
    return Map.of(
        "BUCKET",
        LocalCloud.BUCKET,
        "TABLE",
        LocalCloud.TABLE,
        "AWS_REGION",
        "us-east-1",
        "AWS_ENDPOINT_URL_S3",
        s3.toString(),
        "AWS_ENDPOINT_URL_DYNAMODB",
        CLOUD.get().dynamoDb().toString(),
        "API_ACCESS",
        "public",
        "UPLOADS",
        "on");
  }

  /** As S3 answers a page of an origin that it does not know. */
  private static void refuse(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(403, -1);
    }
  }

  private void drop(URI page) {
    browser.look(1280, 900, false);
    browser.open(page.toString());
    browser.await("the page", () -> browser.find("#main").isDisplayed());
    browser.find("#files").sendKeys(PHOTO.toString());
  }

  /** A browser tells a page nothing of why: all that a bucket lacks is leave for this origin. */
  @Test
  void page_shouldNameTheMissingCorsRule_whenTheBucketDoesNotKnowIt() throws IOException {
    try (LoopbackServer bucket = LoopbackServer.start(0, RefusedUploadTest::refuse);
        App app = App.start(Settings.from(environment(bucket.endpoint())));
        LocalHttp http =
            LocalHttp.start(
                0, new ApiHandler(ApiWiring.around(app, environment(bucket.endpoint()))))) {
      drop(http.endpoint());

      browser.await("a refusal", () -> !browser.all(".job.failed").isEmpty());
      assertThat(browser.find(".job.failed .state").getText())
          .isEqualTo(
              "The bucket images takes no uploads from this page: it has no CORS rule for %s. The stack's output BucketCorsCommand is the command that adds it."
                  .formatted(http.endpoint()));
      assertThat(browser.policyViolations()).isEmpty();
    }
  }

  @Test
  void page_shouldScoreWithoutKeeping_whenTheDeploymentTakesNoUploads() throws IOException {
    try (LocalHttp http = LocalHttp.start(0, CLOUD.api(Map.of("API_ACCESS", "public")))) {
      drop(http.endpoint());

      browser.await("five bars", () -> browser.all(".job.done .bars li").size() == 5);
      assertThat(browser.texts(".job.done .bars li").getFirst()).contains("espresso");
      assertThat(browser.all(".card")).isEmpty();
    }
  }
}
