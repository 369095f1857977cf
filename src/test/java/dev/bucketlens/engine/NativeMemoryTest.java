package dev.bucketlens.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.testing.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is opened is freed: resident memory stays flat, after success and after failure alike. */
class NativeMemoryTest {

  private static final LiteRt LIBRARY = LiteRt.load();
  private static final InterpreterSettings TWO_THREADS = InterpreterSettings.onThreads(2);
  private static final int WARM_UP = 50;
  private static final int ROUNDS = 200;

  /** An input of 3 MB: a lost interpreter costs as much, 200 of them ten times the limit. */
  private static final List<Integer> LARGE = List.of(1, 512, 512, 3);

  private static final long ALLOWED_BYTES = 64L << 20;

  /** A lost delegate keeps a thread of its pool; the JVM's own threads come and go by a few. */
  private static final long ALLOWED_THREADS = 20;

  @Test
  void close_shouldFreeEverything_whenOpenedTwoHundredTimes() throws Exception {
    float[] image = new float[512 * 512 * 3];
    Usage before = null;
    for (int i = -WARM_UP; i < ROUNDS; i++) {
      before = i == 0 ? Usage.now() : before;
      try (Model model = Model.open(LIBRARY, TestModels.file("dynamic"));
          Interpreter interpreter = Interpreter.create(model, TWO_THREADS, LARGE)) {
        assertThat(interpreter.run(image)).hasSize(3);
      }
    }

    Usage.now().assertFlatSince(before);
  }

  @Test
  void create_shouldFreeEverything_whenItFails() throws Exception {
    List<Integer> shape = List.of(1, TestModels.HEIGHT, TestModels.WIDTH, 3);
    Usage before = null;
    try (Model model = Model.open(LIBRARY, TestModels.file("unknown-operator"))) {
      for (int i = -WARM_UP; i < ROUNDS; i++) {
        before = i == 0 ? Usage.now() : before;
        try (Interpreter interpreter = Interpreter.create(model, TWO_THREADS, shape)) {
          throw new AssertionError("expected a failure, found " + interpreter.input());
        } catch (ModelLoadException expected) {
          assertThat(expected).hasMessageContaining("AdjustContrastv2");
        }
      }
    }

    Usage.now().assertFlatSince(before);
  }

  /** What this process holds. Linux tells it in a file; elsewhere {@code ps} tells the memory. */
  private record Usage(long bytes, long threads) {

    private static final Path STATUS = Path.of("/proc/self/status");

    static Usage now() throws IOException {
      if (!Files.exists(STATUS)) {
        return new Usage(residentBytesByPs(), 0);
      }
      List<String> lines = Files.readAllLines(STATUS);
      return new Usage(number(lines, "VmRSS:") << 10, number(lines, "Threads:"));
    }

    void assertFlatSince(Usage before) {
      assertThat(bytes - before.bytes).as("resident bytes more").isLessThan(ALLOWED_BYTES);
      assertThat(threads - before.threads).as("threads more").isLessThan(ALLOWED_THREADS);
    }

    private static long number(List<String> lines, String field) {
      return lines.stream()
          .filter(line -> line.startsWith(field))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    }

    private static long residentBytesByPs() throws IOException {
      String pid = Long.toString(ProcessHandle.current().pid());
      Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", pid).start();
      try (var output = ps.inputReader()) {
        return Long.parseLong(output.readLine().strip()) << 10;
      }
    }
  }
}
