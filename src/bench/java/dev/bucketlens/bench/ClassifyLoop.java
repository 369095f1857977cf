package dev.bucketlens.bench;

import dev.bucketlens.classify.Classification;
import dev.bucketlens.classify.Classifier;
import dev.bucketlens.classify.ClassifierSettings;
import dev.bucketlens.classify.ClassifyOptions;
import dev.bucketlens.image.ImageLimits;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * What {@code loop.py} is for Python: reads lines {@code file count}, scores the file so often, and
 * answers with the median in microseconds. Arguments: model, threads.
 */
final class ClassifyLoop {
  private static final ClassifyOptions TOP_5 =
      new ClassifyOptions(5, ClassifyOptions.MODEL_THRESHOLD, Set.of(), Set.of());

  private ClassifyLoop() {}

  public static void main(String[] args) throws Exception {
    int threads = Integer.parseInt(args[1]);
    ClassifierSettings settings = new ClassifierSettings(1, threads, ImageLimits.defaults(), true);
    try (Classifier classifier = Classifier.open(Path.of(args[0]), settings);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int space = line.lastIndexOf(' ');
        byte[] image = Files.readAllBytes(Path.of(line.substring(0, space)));
        System.out.println(measure(classifier, image, Integer.parseInt(line.substring(space + 1))));
      }
    }
  }

  private static String measure(Classifier classifier, byte[] image, int count) throws Exception {
    double[] times = new double[count];
    Classification last = null;
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      last = classifier.classify(image, TOP_5);
      times[i] = (System.nanoTime() - start) / 1e3;
    }
    return String.format(
        Locale.ROOT,
        "%.1f %s",
        Sample.of(Arrays.stream(times)).median(),
        last.scores().getFirst().label());
  }
}
