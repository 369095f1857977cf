package dev.bucketlens.deployed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.testing.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A model from S3 as it is pinned, with another one in its shadow; the next version, beside the one
 * that it replaces; and the command that scores again what the older one has left.
 */
@ExtendWith(Deployed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ModelScenario {
  private static final String BUCKET = "models-of-the-shop";
  private static final String MODEL = "garments/v1.tflite";
  private static final String MANIFEST = "garments/v1.json";

  private final Cloud cloud;
  private final Aws aws;
  private final Stack stack;
  private Photos photos;
  private String model;

  ModelScenario(Cloud cloud) {
    this.cloud = cloud;
    this.aws = cloud.aws();
    this.stack = cloud.stack("model");
  }

  @BeforeAll
  void create() throws IOException {
    aws.s3().createBucket(r -> r.bucket(BUCKET));
    aws.keepVersions(BUCKET);
    model = put(MODEL, Files.readAllBytes(Path.of("model/clothing.tflite")));
    stack.create(cloud.packaged(), parameters(put(MANIFEST, manifest("clothing"))));
    photos = new Photos(stack);
  }

  @Test
  @Order(1)
  void photo_shouldBeScoredByTheModelInS3_withAnotherInItsShadow() {
    photos.put("kitten.jpg", "kitten.jpg");
    photos.put("chameleon.jpg", "chameleon.jpg");

    photos.await("chameleon.jpg", it -> it.containsKey("shadow"));
    Map<String, AttributeValue> item = photos.await("kitten.jpg", it -> it.containsKey("shadow"));
    assertThat(item.get("model").s()).isEqualTo("clothing");
    assertThat(item.get("shadow").m().get("model").s()).isEqualTo("efficientnet-lite0");
    assertThat(item.get("shadow").m().get("label").s()).isEqualTo("tabby cat");
  }

  @Test
  @Order(2)
  void functions_shouldReadWhatBeginsAsTheModel_andNothingElseOfItsBucket() {
    for (String role : new String[] {"UploadRole", "ApiRole"}) {
      assertThat(new Roles(stack).rights(role).toString())
          .contains("\"arn:aws:s3:::%s/garments/v1*\"".formatted(BUCKET))
          .doesNotContain("\"arn:aws:s3:::%s/*\"".formatted(BUCKET));
    }
  }

  @Test
  @Order(3)
  void model_shouldBeTheOneThatIsPinned_untilAnotherIs() throws IOException {
    HttpApi api = new HttpApi(stack);
    String next = put(MANIFEST, manifest("garments"));

    assertThat(api.get("/model").body()).contains("\"clothing\"");
    stack.update(cloud.packaged(), parameters(next));

    assertThat(api.get("/model").body()).contains("\"garments\"");
  }

  /** The emulator gives an alias's events to one version; here each has a queue of its own. */
  @Test
  @Order(4)
  void version_shouldNotTakeBack_whatTheNextOneHasScored() {
    String event = event("kitten.jpg");
    new Queue(aws.sqs(), stack.physical("UploadQueue")).send(event);
    Map<String, AttributeValue> next =
        photos.await("kitten.jpg", it -> it.get("model").s().equals("garments"));
    assertThat(next.get("previous").m().get("model").s()).isEqualTo("clothing");

    Queue first = queueOf("1");
    first.send(event);
    first.awaitEmpty();

    assertThat(photos.item("kitten.jpg").get("classifiedAt")).isEqualTo(next.get("classifiedAt"));
  }

  /** In a process of its own, as {@code mvn -Prescore} starts it. */
  @Test
  @Order(5)
  void rescore_shouldBringTheRestToTheNextVersion_andReportBoth() {
    String printed = rescore();

    assertThat(printed)
        .contains("2  images", "2  scored again, 1 of them before this run", "0  failed");
    Map<String, AttributeValue> item = photos.item("chameleon.jpg");
    assertThat(item.get("model").s()).isEqualTo("garments");
    assertThat(item.get("previous").m().get("model").s()).isEqualTo("clothing");
  }

  private String rescore() {
    return Command.run(
        Map.of("AWS_ENDPOINT_URL", aws.endpoint().toString()),
        JavaProcess.of(
                List.of(
                    "-Daws.accessKeyId=" + Aws.USER.accessKeyId(),
                    "-Daws.secretAccessKey=" + Aws.USER.secretAccessKey(),
                    "-Daws.region=" + aws.region().id()),
                dev.bucketlens.rescore.Main.class,
                stack.name(),
                "20")
            .command());
  }

  private Map<String, String> parameters(String manifest) {
    return Map.of(
        "ApiAccess", "public",
        "Model", "s3://%s/%s".formatted(BUCKET, MODEL),
        "ModelVersion", model + "," + manifest,
        "ShadowModel", "model/efficientnet-lite0.tflite",
        "ShadowPercent", "100");
  }

  /** Returns the version that this makes. */
  private String put(String key, byte[] content) {
    return aws.s3()
        .putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromBytes(content))
        .versionId();
  }

  /** That of the model, under this name. */
  private static byte[] manifest(String name) throws IOException {
    return Files.readString(Path.of("model/clothing.json"))
        .replace("\"name\": \"clothing\"", "\"name\": \"%s\"".formatted(name))
        .getBytes(UTF_8);
  }

  /** A queue that one published version of the upload function takes its events from. */
  private Queue queueOf(String version) {
    Queue queue = Queue.create(aws.sqs(), "version-" + version);
    aws.cli(
        "lambda",
        "create-event-source-mapping",
        "--function-name",
        stack.physical("UploadFunction") + ":" + version,
        "--event-source-arn",
        queue.arn(),
        "--function-response-types",
        "ReportBatchItemFailures");
    return queue;
  }

  /** The event that the item was made of, as S3 tells it again. */
  private String event(String key) {
    Map<String, AttributeValue> item = photos.item(key);
    return """
    {"Records": [{"eventSource": "aws:s3", "eventName": "ObjectCreated:Put", "eventTime": "2026-11-20T09:30:15.123Z",
      "s3": {"bucket": {"name": "%s"}, "object": {"key": "%s", "size": %d, "eTag": "%s", "sequencer": "%s"}}}]}
    """
        .formatted(
            photos.bucket(),
            key,
            Photos.sample(key).length,
            item.get("eTag").s(),
            item.get("sequencer").s());
  }
}
