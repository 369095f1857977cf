package dev.bucketlens.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bucketlens.classify.Classifier;
import dev.bucketlens.classify.ClassifyOptions;
import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.local.LocalS3;
import dev.bucketlens.testing.UploadRig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Models in a real S3 (S3Proxy), read by the clients that Lambda has. */
class ModelFilesTest {
  private static final String BUCKET = "models";
  private static final Path SHIPPED = Path.of("model/efficientnet-lite0.tflite");

  private LocalS3 s3;
  private S3Client user;
  private AwsClients aws;
  private String eTag;

  @BeforeEach
  void start() throws Exception {
    s3 = LocalS3.inMemory(0, change -> {});
    user = UploadRig.user(s3.endpoint());
    aws = new AwsClients(new AwsSettings(Region.US_EAST_1, s3.endpoint(), null, null, null));
    user.createBucket(request -> request.bucket(BUCKET));
    eTag = put("v1/lite0.tflite", Files.readAllBytes(SHIPPED));
    put("v1/lite0.json", manifest("lite0.labels.txt").getBytes(StandardCharsets.UTF_8));
    put("v1/lite0.labels.txt", Files.readAllBytes(Path.of("model/imagenet.labels.txt")));
  }

  @AfterEach
  void stop() throws Exception {
    user.close();
    s3.close();
  }

  @Test
  void model_shouldRun_whenItsFilesAreGoneAgain() throws Exception {
    byte[] photo = Files.readAllBytes(Path.of("src/local/resources/photos/crab.jpg"));
    Path folder;
    Classifier fromS3;
    try (ModelFiles files = ModelFiles.of(source(eTag), aws)) {
      folder = files.model().getParent();
      fromS3 = Classifier.open(files.model());
    }

    try (fromS3;
        Classifier packaged = Classifier.open(SHIPPED)) {
      assertThat(folder).doesNotExist();
      assertThat(fromS3.model().labels()).isEqualTo(packaged.model().labels());
      assertThat(fromS3.classify(photo, all()).scores())
          .isEqualTo(packaged.classify(photo, all()).scores());
    }
  }

  @Test
  void model_shouldBeRefused_whenAnotherHasItsPlace() throws Exception {
    put("v1/lite0.tflite", Files.readAllBytes(Path.of("model/clothing.tflite")));

    assertThatThrownBy(() -> ModelFiles.of(source(eTag), aws))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("s3://models/v1/lite0.tflite: S3 answered 412")
        .hasMessageContaining("expected the ETag " + eTag);
  }

  @Test
  void manifest_shouldBePinnedToo_whenItsETagIsGiven() throws Exception {
    String manifest =
        put("v1/lite0.json", manifest("lite0.labels.txt").getBytes(StandardCharsets.UTF_8));
    ModelFiles.of(source(eTag, manifest), aws).close();
    put("v1/lite0.json", manifest("other.txt").getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> ModelFiles.of(source(eTag, manifest), aws))
        .hasMessageContaining("lite0.json: S3 answered 412");
  }

  @Test
  void model_shouldBeAskedFor_whenItIsNotThere() {
    user.deleteObject(request -> request.bucket(BUCKET).key("v1/lite0.tflite"));

    assertThatThrownBy(() -> ModelFiles.of(source(eTag), aws))
        .hasMessageStartingWith(
            "lite0.tflite: s3://models/v1/lite0.tflite: S3 answered 404 NoSuchKey; expected an"
                + " object")
        .hasMessageEndingWith("that the function may read.");
  }

  @Test
  void manifest_shouldHaveToBeThere() {
    user.deleteObject(request -> request.bucket(BUCKET).key("v1/lite0.json"));

    assertThatThrownBy(() -> ModelFiles.of(source(eTag), aws))
        .hasMessageContaining("lite0.json: S3 answered 404")
        .hasMessageContaining("be it {}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"imagenet.labels.txt", "../lite0.labels.txt", "lite0/labels.txt"})
  void labels_shouldLieUnderTheModelsName(String name) {
    put("v1/lite0.json", manifest(name).getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> ModelFiles.of(source(eTag), aws))
        .hasMessageContaining("labels is \"" + name + "\"")
        .hasMessageContaining("lite0.labels.txt");
  }

  @Test
  void damagedModel_shouldBeRefused_asAPackagedOneIs() throws Exception {
    byte[] damaged = Files.readAllBytes(SHIPPED);
    Arrays.fill(damaged, damaged.length / 2, damaged.length, (byte) 0xFF);
    String pin = put("v1/lite0.tflite", damaged);

    try (ModelFiles files = ModelFiles.of(source(pin), aws)) {
      assertThatThrownBy(() -> Classifier.open(files.model()))
          .isInstanceOf(ModelLoadException.class);
    }
  }

  @Test
  void source_shouldBeRefused_whenNothingPinsIt() {
    assertThatThrownBy(() -> source(Map.of("MODEL", "s3://models/v1/lite0.tflite")))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("MODEL_VERSION (template parameter ModelVersion) is not set")
        .hasMessageContaining("s3://models/v1/lite0.tflite");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://models", "s3://models/", "s3://models/v1/", "s3:///lite0.tflite"})
  void source_shouldBeRefused_whenItIsNoWholeAddress(String model) {
    assertThatThrownBy(() -> source(Map.of("MODEL", model, "MODEL_VERSION", "x")))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("MODEL (template parameter Model) is '" + model + "'");
  }

  private static ModelSource source(Map<String, String> variables) {
    return ModelSource.of(
        new Environment(variables), Setting.MODEL, Setting.MODEL_VERSION, Path.of(""));
  }

  private static ModelSource source(String... pins) {
    return new ModelSource.InS3(BUCKET, "v1/lite0.tflite", List.of(pins));
  }

  private static ClassifyOptions all() {
    return ClassifyOptions.defaults();
  }

  private static String manifest(String labels) {
    try {
      return Files.readString(Path.of("model/efficientnet-lite0.json"))
          .replace("imagenet.labels.txt", labels);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String put(String key, byte[] content) {
    return user.putObject(
            request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(content))
        .eTag()
        .replace("\"", "");
  }
}
