package dev.bucketlens.local;

import dev.bucketlens.Score;
import dev.bucketlens.classify.Classification;
import dev.bucketlens.classify.Classifier;
import dev.bucketlens.classify.ClassifierSettings;
import dev.bucketlens.classify.ClassifyOptions;
import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.image.ImageRejectedException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * {@code mvn -Pcompare}: classifies a folder of photos with two models and prints where their first
 * labels differ, so that a new model can be looked at before it is deployed.
 */
public final class CompareModels {

  private static final ClassifyOptions BEST =
      ClassifyOptions.defaults().withMaxResults(1).withMinScore(0);

  private final Classifier first;
  private final Classifier second;
  private final PrintStream out;
  private int compared;
  private int differing;
  private int rejected;
  private Duration firstTime = Duration.ZERO;
  private Duration secondTime = Duration.ZERO;

  private CompareModels(Classifier first, Classifier second, PrintStream out) {
    this.first = first;
    this.second = second;
    this.out = out;
  }

  /** Takes the two model files and the folder; exits 0 if anything could be compared. */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(List.of(args), out));
  }

  /**
   * Returns the exit status: 0, or 1 if nothing could be compared. Other files are told and passed.
   */
  static int run(List<String> arguments, PrintStream out) {
    if (arguments.size() != 3) {
      out.println("Expected two models and a folder: first.tflite second.tflite folder");
      return 1;
    }
    ClassifierSettings settings = ClassifierSettings.defaults();
    try (Classifier first = Classifier.open(Path.of(arguments.get(0)), settings);
        Classifier second = Classifier.open(Path.of(arguments.get(1)), settings)) {
      return new CompareModels(first, second, out).compare(Path.of(arguments.get(2)));
    } catch (ModelLoadException e) {
      out.println(e.getMessage());
    } catch (IOException e) {
      out.println(arguments.get(2) + ": cannot be read: " + e);
    }
    return 1;
  }

  private int compare(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(folder)) {
      files = found.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      compare(folder.relativize(file), Files.readAllBytes(file));
    }
    summarize();
    return compared == 0 ? 1 : 0;
  }

  private void compare(Path name, byte[] image) {
    try {
      Classification one = first.classify(image, BEST);
      Classification other = second.classify(image, BEST);
      compared++;
      firstTime = firstTime.plus(one.timings().total());
      secondTime = secondTime.plus(other.timings().total());
      if (!label(one).equals(label(other))) {
        differing++;
        out.printf(Locale.ROOT, "%s: %s | %s%n", name, show(one), show(other));
      }
    } catch (ImageRejectedException e) {
      rejected++;
      out.println(name + ": " + e.getMessage());
    }
  }

  private void summarize() {
    out.printf(
        Locale.ROOT,
        "%d photos compared, %d with another first label (%.1f %%), %d that are no images%n",
        compared,
        differing,
        compared == 0 ? 0 : 100.0 * differing / compared,
        rejected);
    summarize(first, firstTime);
    summarize(second, secondTime);
  }

  private void summarize(Classifier classifier, Duration time) {
    double milliseconds = compared == 0 ? 0 : time.toNanos() / 1e6 / compared;
    out.printf(
        Locale.ROOT,
        "%s (%s): %.1f ms a photo%n",
        classifier.model().name(),
        classifier.model().fileHash(),
        milliseconds);
  }

  private static String label(Classification classification) {
    return classification.best().map(Score::label).orElse("");
  }

  private static String show(Classification classification) {
    return classification
        .best()
        .map(best -> String.format(Locale.ROOT, "%s %.3f", best.label(), best.score()))
        .orElse("nothing");
  }
}
