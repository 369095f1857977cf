package dev.bucketlens.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.jr.ob.JSON;
import dev.bucketlens.ingest.BatchTask;
import dev.bucketlens.ingest.EventFormatException;
import dev.bucketlens.ingest.EventReader;
import dev.bucketlens.ingest.ObjectEvent;
import dev.bucketlens.lambda.UploadHandler;
import dev.bucketlens.lambda.UploadWiring;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.Status;
import dev.bucketlens.testing.Fixtures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * The events of {@code sam local invoke} are true of the local cloud, and it does what they say.
 */
@Timeout(120)
class SampleEventsTest {

  /** As the events and {@code src/local/sam-env.json} name the local cloud's S3. */
  private static final String S3 = "http://host.docker.internal:9000";

  /** They tell of no object, or of none that can be read. */
  private static final Set<String> NO_OBJECT =
      Set.of("s3-test-event", "sqs-s3-test-event", "sqs-unknown", "s3-tagging");

  @RegisterExtension private static final RunningCloud cloud = new RunningCloud();

  static List<String> uploads() throws IOException {
    return names().filter(name -> !name.contains("http") && !name.contains("direct")).toList();
  }

  static List<String> uploadsOfObjects() throws IOException {
    return uploads().stream().filter(name -> !NO_OBJECT.contains(name)).toList();
  }

  private static Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("events"))) {
      return files
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("uploadsOfObjects")
  void event_shouldTellTheTruth_ofTheObjectInTheLocalBucket(String name) throws Exception {
    assertThat(objectEvents(name))
        .isNotEmpty()
        .allSatisfy(event -> {
          if (event.change() == ObjectEvent.Change.REMOVED) {
            assertThat(exists(event)).isFalse();
            return;
          }
          HeadObjectResponse head = head(event);
          if (event.eTag() != null) {
            assertThat(head.eTag()).isEqualTo('"' + event.eTag() + '"');
            assertThat(head.contentLength()).isEqualTo(event.size());
          }
        });
  }

  @ParameterizedTest
  @MethodSource("uploadsOfObjects")
  void invocation_shouldDoWhatTheEventSays(String name) throws Exception {
    Map<String, Object> answer = upload(name);

    assertThat(answer.getOrDefault("batchItemFailures", List.of())).isEqualTo(List.of());
    for (ObjectEvent event : objectEvents(name)) {
      boolean removed = event.change() == ObjectEvent.Change.REMOVED;
      assertThat(item(event).status()).isEqualTo(removed ? Status.DELETED : Status.CLASSIFIED);
    }
  }

  /** The queue does not hear of them: what is in the table is the invocation's work. */
  @Test
  void localCloud_shouldLeaveTheEventsPhotosToTheEvents() throws Exception {
    cloud.get().queue().awaitEmpty();

    assertThat(cloud.get().app().results().find("s3://images/events/multipart-not-told.jpg"))
        .isEmpty();
    cloud.put("events/multipart-not-told.jpg", new byte[] {1});
    cloud.get().queue().awaitEmpty();
    assertThat(cloud.get().app().results().find("s3://images/events/multipart-not-told.jpg"))
        .isEmpty();
  }

  @Test
  void invocation_shouldTellADuplicate_whenItIsTheSecond() throws Exception {
    ByteArrayOutputStream metrics = new ByteArrayOutputStream();
    upload("s3-put-versioned", new PrintStream(OutputStream.nullOutputStream()));

    upload("s3-put-versioned", new PrintStream(metrics, true, StandardCharsets.UTF_8));

    assertThat(metrics.toString(StandardCharsets.UTF_8)).contains("\"Duplicate\":1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"url-direct", "url-http", "bytes-http"})
  void invocation_shouldScoreWithoutTheInternet_whenItIsTheApis(String name) throws Exception {
    String port = Integer.toString(cloud.get().s3().getPort());
    ByteArrayOutputStream answer = new ByteArrayOutputStream();

    cloud
        .api(Map.of("API_ACCESS", "public", "FETCH_PORTS", port))
        .handleRequest(
            new ByteArrayInputStream(
                json(name)
                    .replace(S3, "http://127.0.0.1:" + port)
                    .getBytes(StandardCharsets.UTF_8)),
            answer,
            new LocalContext("api", Duration.ofMinutes(1)));

    assertThat(answer.toString(StandardCharsets.UTF_8))
        .contains(name.equals("bytes-http") ? "label" : "chameleon")
        .doesNotContain("problem");
  }

  /** SAM passes on no variable that the template does not declare. */
  @Test
  void samVariables_shouldBeDeclared_andAddToTheTemplatesOptions() throws IOException {
    JsonNode template = new YAMLMapper().readTree(Path.of("template.yaml").toFile());
    JsonNode declared = template.at("/Globals/Function/Environment/Variables");
    Set<String> given = new TreeSet<>();
    samVariables().fieldNames().forEachRemaining(given::add);
    Set<String> known = new TreeSet<>();
    declared.fieldNames().forEachRemaining(known::add);
    template
        .at("/Resources/ApiFunction/Properties/Environment/Variables")
        .fieldNames()
        .forEachRemaining(known::add);

    assertThat(known).containsAll(given);
    assertThat(samVariables().get("JAVA_TOOL_OPTIONS").asText())
        .startsWith(declared.get("JAVA_TOOL_OPTIONS").asText() + " ");
    assertThat(samVariables().get("AWS_ENDPOINT_URL_S3").asText()).isEqualTo(S3);
    assertThat(json("url-direct")).contains(S3 + "/images/events/");
  }

  private static JsonNode samVariables() throws IOException {
    return new YAMLMapper().readTree(Path.of("src/local/sam-env.json").toFile()).get("Parameters");
  }

  private static Map<String, Object> upload(String name) throws IOException {
    return upload(name, new PrintStream(OutputStream.nullOutputStream()));
  }

  private static Map<String, Object> upload(String name, PrintStream metrics) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    new UploadHandler(UploadWiring.around(cloud.get().app(), metrics))
        .handleRequest(
            new ByteArrayInputStream(json(name).getBytes(StandardCharsets.UTF_8)),
            answer,
            new LocalContext("upload", Duration.ofMinutes(1)));
    return JSON.std.mapFrom(answer.toByteArray());
  }

  private static String json(String name) throws IOException {
    return Files.readString(Path.of("events", name + ".json"));
  }

  private static List<ObjectEvent> objectEvents(String name) throws EventFormatException {
    if (name.startsWith("batch")) {
      return List.of(BatchTask.read(Fixtures.task(name)).event());
    }
    if (!name.startsWith("sqs")) {
      return new EventReader().read(Fixtures.event(name));
    }
    List<ObjectEvent> events = new ArrayList<>();
    for (Object message : (List<?>) Fixtures.event(name).get("Records")) {
      events.addAll(new EventReader().read((String) ((Map<?, ?>) message).get("body")));
    }
    return events;
  }

  private static boolean exists(ObjectEvent event) {
    try {
      head(event);
      return true;
    } catch (NoSuchKeyException e) {
      return false;
    }
  }

  private static HeadObjectResponse head(ObjectEvent event) {
    return cloud.get().app().s3().headObject(r -> r.bucket(event.bucket()).key(event.key()));
  }

  private static ImageResult item(ObjectEvent event) {
    return cloud.get().app().results().find(event.image()).orElseThrow();
  }
}
