package dev.bucketlens.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bucketlens.classify.Classifier;
import dev.bucketlens.classify.ClassifyOptions;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.ingest.IngestMeter.Measure;
import dev.bucketlens.testing.CountingMeter;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.AffineTransformOp;
import java.awt.image.BufferedImage;
import java.awt.image.RescaleOp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the upload path counts where other photos come than the model was validated on. The photos
 * that ship are the validation; the same ones darkened, turned and drowned in noise, and the
 * clothing model on photos without clothes, are the drift.
 */
class DriftOnPhotosTest {
  /** The template's: {@code DriftAlarm} rings at this distance from the validation. */
  private static final double ALARM = 0.1;

  private static final int SIDE = 320;

  private static final List<BufferedImage> PHOTOS =
      List.of("cat.png", "chameleon.jpg", "crab.jpg", "espresso.jpg", "gibbon.jpg", "kitten.jpg")
          .stream()
          .map(DriftOnPhotosTest::read)
          .toList();

  @TempDir private Path folder;
  private Classifier classifier;

  /** The shipped model, with what is measured here as its validation. */
  @BeforeEach
  void validate() throws Exception {
    Path model = Files.copy(shipped("tflite"), folder.resolve("measured.tflite"));
    Files.copy(Path.of("model/imagenet.labels.txt"), folder.resolve("imagenet.labels.txt"));
    String manifest = Files.readString(shipped("json"));
    Files.writeString(folder.resolve("measured.json"), manifest);
    double confidence;
    try (Classifier unmeasured = Classifier.open(model)) {
      confidence = mean(unmeasured, Measure.CONFIDENCE, it -> it);
    }
    String validation =
        "{\"validation\": {\"photos\": %d, \"confidence\": %s, \"lowConfidence\": 0, \"lowConfidenceBelow\": 0.5, \"labels\": {}},"
            .formatted(PHOTOS.size(), confidence);
    Files.writeString(folder.resolve("measured.json"), manifest.replaceFirst("\\{", validation));
    classifier = Classifier.open(model);
  }

  @AfterEach
  void close() {
    classifier.close();
  }

  @Test
  void drift_shouldBeNone_whenThePhotosAreThoseOfTheValidation() throws Exception {
    assertThat(drift(it -> it)).isCloseTo(0, within(1e-6));
  }

  @Test
  void drift_shouldRingTheAlarm_whenPhotosAreTurned() throws Exception {
    assertThat(drift(it -> turned(it, 1))).isLessThan(-ALARM);
    assertThat(drift(it -> turned(it, 2))).isLessThan(-ALARM);
  }

  @Test
  void drift_shouldRingTheAlarm_whenHardlyAnyLightIsLeft() throws Exception {
    assertThat(drift(it -> darkened(it, 0.05f))).isLessThan(-ALARM);
  }

  /**
   * What drift cannot see, as the operations page says: a model that copes is as sure as before.
   */
  @Test
  void drift_shouldRingNoAlarm_whenPhotosAreDarkerButStillTold() throws Exception {
    assertThat(drift(it -> darkened(it, 0.15f))).isBetween(-ALARM, 0.0);
  }

  @Test
  void drift_shouldRingTheAlarm_whenTheCameraSeesNothing() throws Exception {
    assertThat(drift(DriftOnPhotosTest::noise)).isLessThan(-ALARM);
  }

  @Test
  void drift_shouldRingTheAlarm_whenPhotosAreOfAnotherKind() throws Exception {
    try (Classifier clothing = Classifier.open(Path.of("model/clothing.tflite"))) {
      assertThat(mean(clothing, Measure.ACCURACY_DRIFT, it -> it)).isLessThan(-ALARM);
    }
  }

  private double drift(UnaryOperator<BufferedImage> change)
      throws IOException, ImageRejectedException {
    return mean(classifier, Measure.ACCURACY_DRIFT, change);
  }

  private static double mean(
      Classifier classifier, Measure measure, UnaryOperator<BufferedImage> change)
      throws IOException, ImageRejectedException {
    CountingMeter meter = new CountingMeter();
    ClassifierScorer plain = new ClassifierScorer(classifier, ClassifyOptions.defaults(), 1 << 24);
    ClassifierScorer scorer =
        new ClassifierScorer(classifier, plain.model(), plain.options(), plain.maxBytes(), meter);
    for (BufferedImage photo : PHOTOS) {
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      ImageIO.write(change.apply(photo), "png", file);
      scorer.score(file.toByteArray());
    }
    return meter.values(measure).stream().mapToDouble(it -> it).average().orElseThrow();
  }

  private static BufferedImage turned(BufferedImage photo, int quarters) {
    AffineTransform turn =
        AffineTransform.getQuadrantRotateInstance(quarters, SIDE / 2.0, SIDE / 2.0);
    return new AffineTransformOp(turn, AffineTransformOp.TYPE_NEAREST_NEIGHBOR)
        .filter(photo, empty());
  }

  private static BufferedImage darkened(BufferedImage photo, float brightness) {
    return new RescaleOp(brightness, 0, null).filter(photo, empty());
  }

  /** A camera that sees nothing. */
  private static BufferedImage noise(BufferedImage photo) {
    BufferedImage noise = empty();
    Random random = new Random(photo.getRGB(0, 0));
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        noise.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    return noise;
  }

  private static BufferedImage empty() {
    return new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
  }

  private static BufferedImage read(String name) {
    BufferedImage square = empty();
    Graphics2D canvas = square.createGraphics();
    try {
      canvas.drawImage(
          ImageIO.read(Path.of("src/local/resources/photos", name).toFile()),
          0,
          0,
          SIDE,
          SIDE,
          null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      canvas.dispose();
    }
    return square;
  }

  private static Path shipped(String suffix) {
    return Path.of("model/efficientnet-lite0." + suffix);
  }
}
