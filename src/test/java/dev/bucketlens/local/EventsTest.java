package dev.bucketlens.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.bucketlens.testing.EventTarget;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.support.ui.FluentWait;

/** What happens to a photo is told to a webhook, by the function that the template deploys. */
@Timeout(120)
class EventsTest {
  @AutoClose private static final EventTarget TARGET = EventTarget.start();

  @RegisterExtension
  private static final RunningCloud cloud =
      new RunningCloud(Map.of("events.url", TARGET.url().toString()));

  @Test
  void photo_shouldBeToldOf_fromItsUploadToItsEnd() throws Exception {
    String key = "told/été, \"1\"\n+.jpg";
    cloud.put(key, sample("espresso.jpg"));

    JsonNode classified = await("Image Classified", key);
    assertThat(classified.at("/detail/label").asText()).isEqualTo("espresso");
    assertThat(classified.at("/detail/image").asText()).isEqualTo("s3://images/" + key);
    assertThat(classified.at("/source").asText()).isEqualTo("bucketlens");

    cloud.put(key, "dear diary".getBytes(StandardCharsets.UTF_8));

    JsonNode rejected = await("Image Rejected", key);
    assertThat(rejected.at("/detail/rejection").asText()).isEqualTo("NOT_AN_IMAGE");
    assertThat(rejected.at("/detail/previousLabel").asText()).isEqualTo("espresso");

    cloud.get().app().s3().deleteObject(r -> r.bucket(LocalCloud.BUCKET).key(key));

    JsonNode deleted = await("Image Deleted", key);
    assertThat(deleted.at("/detail/sequence").asText())
        .isGreaterThan(rejected.at("/detail/sequence").asText());
  }

  @Test
  void sameContent_shouldNotBeToldOfTwice() throws Exception {
    cloud.put("same/crab.jpg", sample("crab.jpg"));
    cloud.put("same/crab.jpg", sample("crab.jpg"));
    cloud.get().queue().awaitEmpty();
    cloud.put("same/end.jpg", sample("crab.jpg"));

    await("Image Classified", "same/crab.jpg");
    JsonNode next = TARGET.await(it -> it.at("/detail/key").asText().startsWith("same/"));
    assertThat(next.at("/detail/key").asText()).isEqualTo("same/end.jpg");
  }

  @Test
  void event_shouldComeAgain_whenTheWebhookRefusesIt() throws Exception {
    TARGET.refuse(2);
    cloud.put("again/crab.jpg", sample("crab.jpg"));

    JsonNode event = await("Image Classified", "again/crab.jpg");
    cloud.put("again/end.jpg", sample("crab.jpg"));
    await("Image Classified", "again/end.jpg");

    assertThat(Files.readAllLines(cloud.get().events()))
        .filteredOn(line -> line.contains("again/crab.jpg"))
        .as("the log has what was delivered, once")
        .hasSize(1)
        .allSatisfy(line -> assertThat(line).contains(event.get("id").asText()));
  }

  @Test
  void event_shouldBeADeadLetter_andHoldUpNone_whenTheWebhookNeverTakesIt() throws Exception {
    Path letters = cloud.get().events().resolveSibling("events-dead-letters.jsonl");
    TARGET.refuse(5);
    cloud.put("never/crab.jpg", sample("crab.jpg"));
    new FluentWait<>(letters).withTimeout(Duration.ofMinutes(1)).until(Files::exists);
    cloud.put("never/end.jpg", sample("crab.jpg"));

    JsonNode next = TARGET.await(it -> it.at("/detail/key").asText().startsWith("never/"));

    assertThat(next.at("/detail/key").asText()).isEqualTo("never/end.jpg");
    assertThat(Files.readAllLines(letters))
        .singleElement(InstanceOfAssertFactories.STRING)
        .containsPattern("\"startSequenceNumber\":\"\\d+\"");
  }

  @Test
  void loop_shouldBeWalked_fromUploadToExport() throws Exception {
    cloud.put("loop/kitten.jpg", sample("kitten.jpg"));
    JsonNode classified = await("Image Classified", "loop/kitten.jpg");
    String image = classified.at("/detail/image").asText();
    assertThat(get("/images?review=open&limit=100")).contains(image);

    review(classified, "\"label\": \"Egyptian cat\"");

    JsonNode reviewed = await("Image Reviewed", "loop/kitten.jpg");
    assertThat(reviewed.at("/detail/reviewedLabel").asText()).isEqualTo("Egyptian cat");
    assertThat(get("/images?review=open&limit=100")).doesNotContain(image);
    assertThat(get("/images?review=done&format=csv")).contains(image, "DONE,Egyptian cat,");
    assertThat(get("/images?review=done&format=jsonl")).contains("\"label\":\"Egyptian cat\"");
    assertThat(get("/quality")).contains("\"said\":\"Egyptian cat\"");

    review(classified, "\"withdraw\": true");

    JsonNode withdrawn = await("Image Reviewed", "loop/kitten.jpg");
    assertThat(withdrawn.at("/detail/reviewWithdrawn").asBoolean()).isTrue();
    assertThat(withdrawn.at("/detail").has("reviewedLabel")).isFalse();
    assertThat(get("/images?review=open&limit=100")).contains(image);
  }

  private static void review(JsonNode event, String said) throws Exception {
    send(
        HttpRequest.newBuilder(cloud.http().resolve("/reviews"))
            .header("content-type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"image\": \"%s\", \"eTag\": \"%s\", %s}"
                        .formatted(
                            event.at("/detail/image").asText(),
                            event.at("/detail/eTag").asText(),
                            said))));
  }

  private static String get(String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(cloud.http() + path)));
  }

  private static String send(HttpRequest.Builder request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(200);
      return response.body();
    }
  }

  private static JsonNode await(String type, String key) throws Exception {
    JsonNode event = TARGET.await(it -> it.at("/detail/key").asText().equals(key));
    assertThat(event.get("detail-type").asText()).isEqualTo(type);
    assertThat(problems(event)).isEmpty();
    return event;
  }

  private static List<String> problems(JsonNode event) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("docs", "events.schema.json")));
    return schema.validate(event.toString(), InputFormat.JSON).stream()
        .map(Error::toString)
        .toList();
  }

  private static byte[] sample(String name) throws IOException {
    try (InputStream photo = EventsTest.class.getResourceAsStream("/photos/" + name)) {
      return photo.readAllBytes();
    }
  }
}
