package dev.bucketlens.bench;

import dev.bucketlens.bench.report.FlameGraph;
import dev.bucketlens.classify.Classifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import one.profiler.AsyncProfiler;
import one.profiler.Counter;

/**
 * A flame graph of two threads that score photos, by a profiler's timer, which needs no permission
 * from the system.
 */
final class Profile {
  private static final List<String> PLUMBING =
      List.of(
          "[",
          "java/lang/invoke/",
          "java/lang/Thread.",
          "java/util/concurrent/",
          "jdk/internal/foreign/",
          "nep_invoker_blob",
          "dev/bucketlens/bench/");

  private Profile() {}

  public static void main(String[] args) {
    Main.run(() -> run(Settings.from(args)));
  }

  private static void run(Settings settings) throws Exception {
    byte[] photo = Files.readAllBytes(settings.generated("4000x3000.jpg"));
    AsyncProfiler profiler = AsyncProfiler.getInstance();
    try (Classifier classifier = Throughput.open(settings.model("efficientnet-lite0"), 2)) {
      Workers workers = new Workers(classifier, photo, 2);
      workers.photosPerSecond(Duration.ofSeconds(5));
      profiler.execute("start,event=itimer,interval=1ms,cstack=vm,simple");
      workers.photosPerSecond(Duration.ofSeconds(settings.number("seconds", 10)));
      profiler.stop();
    }
    List<String> stacks = profiler.dumpCollapsed(Counter.SAMPLES).lines().toList();
    FlameGraph graph = FlameGraph.of(stacks, Profile::legible);
    Path file = Path.of(settings.text("svg", "target/bench/batch.svg"));
    Files.writeString(file, graph.svg("Two threads scoring a 12 MP JPEG, int8"));
    System.out.println("flame graph: " + file);
  }

  /**
   * A stack without what the JVM puts around native calls and threads, libraries by their name, and
   * functions of a library that have no name once only.
   */
  private static List<String> legible(List<String> stack) {
    List<String> frames = new ArrayList<>();
    for (String frame : stack) {
      String name = frame.startsWith("/") ? frame.substring(frame.lastIndexOf('/') + 1) : frame;
      boolean plumbing = PLUMBING.stream().anyMatch(frame::startsWith);
      if (!plumbing && !(frames.size() > 0 && frames.getLast().equals(name))) {
        frames.add(name);
      }
    }
    return frames;
  }
}
