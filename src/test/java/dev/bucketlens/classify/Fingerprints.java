package dev.bucketlens.classify;

import dev.bucketlens.Score;
import dev.bucketlens.image.ImageDecoder;
import dev.bucketlens.image.PixelRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Prints what photos become: a hash of the pixels that a model is given, and all its scores. Two
 * machines agree if what they print does; {@code .ci/aarch64} compares them.
 */
public final class Fingerprints {

  private Fingerprints() {}

  /**
   * Prints a line of tab-separated fields for each fact.
   *
   * @param arguments a folder of photos, and models
   */
  public static void main(String[] arguments) throws Exception {
    List<Path> photos;
    try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
      photos = files.filter(file -> !file.toString().endsWith(".md")).sorted().toList();
    }
    for (String model : Arrays.asList(arguments).subList(1, arguments.length)) {
      try (Classifier classifier = Classifier.open(Path.of(model))) {
        for (Path photo : photos) {
          print(Path.of(model).getFileName(), classifier, photo);
        }
      }
    }
  }

  private static void print(Path name, Classifier classifier, Path photo) throws Exception {
    byte[] file = Files.readAllBytes(photo);
    ModelBundle model = classifier.model();
    byte[] pixels =
        ImageDecoder.open(ClassifierSettings.defaults().limits())
            .decode(file, PixelRequest.ofSize(model.width(), model.height()))
            .pixels()
            .pixels();
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(pixels));
    System.out.printf("pixels\t%s\t%s\t%s%n", name, photo.getFileName(), hash);
    ClassifyOptions all =
        ClassifyOptions.defaults().withMaxResults(ClassifyOptions.ALL).withMinScore(0);
    for (Score score : classifier.classify(file, all).scores()) {
      System.out.printf(
          "score\t%s\t%s\t%s\t%s%n", name, photo.getFileName(), score.label(), score.score());
    }
  }
}
