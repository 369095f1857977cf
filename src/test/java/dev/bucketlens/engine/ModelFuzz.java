package dev.bucketlens.engine;

import dev.bucketlens.engine.DamagedModelRuns.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Runs damaged models in processes of their own, and tells which of them ended one. */
public final class ModelFuzz {

  private ModelFuzz() {}

  /**
   * What came of it.
   *
   * @param refused by the verifier, or because the model is no classifier
   * @param refusedByLiteRt by an error of the library
   * @param run to the end
   * @param deaths the numbers of the models that ended a process, each with its exit status
   */
  record Outcome(long refused, long refusedByLiteRt, long run, List<String> deaths) {}

  /**
   * Fuzzes: {@code java … dev.bucketlens.engine.ModelFuzz COUNT MODEL…}. Prints the outcome, and
   * ends with 1 if a model ended a process.
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("model-fuzz");
    Outcome outcome =
        run(
            Long.parseLong(arguments[0]),
            folder,
            Arrays.stream(arguments).skip(1).map(Path::of).toList());
    System.out.println(outcome);
    System.exit(outcome.deaths().isEmpty() ? 0 : 1);
  }

  static Outcome run(long count, Path folder, List<Path> models)
      throws IOException, InterruptedException {
    Progress progress = Progress.in(folder);
    List<String> deaths = new ArrayList<>();
    while (progress.get(Progress.Count.STARTED) < count) {
      int status = process(count, folder, models);
      if (status != 0) {
        long number = progress.get(Progress.Count.STARTED) - 1;
        deaths.add(number + " (" + status + ")");
        Files.copy(folder.resolve("damaged.tflite"), folder.resolve(number + ".tflite"));
      }
    }
    return new Outcome(
        progress.get(Progress.Count.REFUSED),
        progress.get(Progress.Count.REFUSED_BY_LITERT),
        progress.get(Progress.Count.RUN),
        List.copyOf(deaths));
  }

  private static int process(long count, Path folder, List<Path> models)
      throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-XX:-CreateCoredumpOnCrash",
                    "-XX:ErrorFile=" + folder.resolve("hs_err_%p.log"),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    DamagedModelRuns.class.getName(),
                    Long.toString(count),
                    folder.toString()),
                models.stream().map(Path::toString))
            .toList();
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start()
        .waitFor();
  }
}
