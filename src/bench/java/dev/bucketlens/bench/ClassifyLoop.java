package dev.bucketlens.bench;

import dev.bucketlens.classify.Classifier;
import dev.bucketlens.classify.ClassifyOptions;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code loop.py} is for Python: scores a file again and again. Argument: the model. */
final class ClassifyLoop {
  private static final ClassifyOptions TOP_5 = ClassifyOptions.defaults().withMaxResults(5);

  private ClassifyLoop() {}

  public static void main(String[] args) throws Exception {
    try (Classifier classifier = Classifier.open(Path.of(args[0]))) {
      Orders.serve(
          file -> {
            byte[] image = Files.readAllBytes(Path.of(file));
            return () -> classifier.classify(image, TOP_5);
          });
    }
  }
}
