package dev.bucketlens.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.nativelib.LoadedLibrary;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

class ErrorLogTest {

  @Test
  void drain_shouldTellEachReportOnce_whenSeveralCame() {
    try (Arena owner = Arena.ofShared()) {
      ErrorLog log = new ErrorLog(owner);
      report(log, "first.c:12 3 != 4 (RANK)");
      report(log, "Node number 7 (CONV_2D) failed to prepare.");
      report(log, "Failed to apply the delegate.");

      assertThat(log.drain())
          .isEqualTo(
              "first.c:12 3 != 4 (RANK) Node number 7 (CONV_2D) failed to prepare. Failed to apply"
                  + " the delegate.");
      assertThat(log.drain()).isEqualTo("no reason was reported");
    }
  }

  @Test
  void drain_shouldTellTheShorterReport_whenItFollowsALongerOne() {
    try (Arena owner = Arena.ofShared()) {
      ErrorLog log = new ErrorLog(owner);
      report(log, "a report that is long");
      log.drain();
      report(log, "short");

      assertThat(log.drain()).isEqualTo("short");
    }
  }

  @Test
  void drain_shouldTellTheStart_whenAReportIsTooLong() {
    try (Arena owner = Arena.ofShared()) {
      ErrorLog log = new ErrorLog(owner);
      report(log, "operator " + "x".repeat(100_000));

      assertThat(log.drain()).startsWith("operator xxx").hasSizeBetween(1000, 4096);

      report(log, "the next");
      assertThat(log.drain()).isEqualTo("the next");
    }
  }

  /** Writes as TensorFlow Lite's reporter does, but for the formatting. */
  private static void report(ErrorLog log, String text) {
    try (Arena arena = Arena.ofConfined()) {
      LoadedLibrary.ofTheSystem().function("fputs").run(arena.allocateFrom(text), log.stream());
    }
  }
}
