package dev.bucketlens.rescore;

import static dev.bucketlens.testing.UploadRig.deliver;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bucketlens.Score;
import dev.bucketlens.ingest.BatchIngest;
import dev.bucketlens.ingest.PhotoScorer;
import dev.bucketlens.lambda.TestHandlers;
import dev.bucketlens.local.HandlerFunction;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ModelRef;
import dev.bucketlens.results.Status;
import dev.bucketlens.results.Verdict;
import dev.bucketlens.testing.EchoScorer;
import dev.bucketlens.testing.UploadRig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The upload function over a real bucket and table, and what another bundle has left there. */
class RescoringTest {
  private static final double UNHURRIED = 1000;

  private final UploadRig rig = new UploadRig();
  private final BatchIngest oldVersion = rig.ingest(new EchoScorer("old"));
  private final BatchIngest newVersion = rig.ingest(new Lynx());
  private final UploadFunction function = new HandlerFunction(TestHandlers.of(newVersion));
  private final AtomicInteger calls = new AtomicInteger();
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  @AfterEach
  void close() throws IOException {
    oldVersion.close();
    newVersion.close();
    rig.close();
  }

  private byte[] invoke(byte[] event) throws IOException {
    calls.incrementAndGet();
    return function.invoke(event);
  }

  private Report run(UploadFunction function) throws InterruptedException {
    PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
    return new Rescoring(rig.table().store(Clock.systemUTC()), "new", function, UNHURRIED, out)
        .run();
  }

  @Test
  void run_shouldScoreAgainWhatIsOfAnotherBundle_andSayWhatHasChanged() throws Exception {
    for (int i = 0; i < 12; i++) {
      deliver(oldVersion, rig.put("été (1) a+b 100%/" + i, i < 9 ? "cat" : "lynx"));
    }
    deliver(oldVersion, rig.put("text", "bad"));
    deliver(oldVersion, rig.put("deleted", "cat"));
    deliver(oldVersion, rig.delete("deleted"));
    deliver(oldVersion, rig.put("vanished", "cat"));
    rig.delete("vanished");
    deliver(newVersion, rig.put("newest", "cat"));

    Report report = run(this::invoke);

    assertThat(report.isComplete()).isTrue();
    assertThat(report.lines())
        .containsExactly(
            "       15  images",
            "       13  scored again, 0 of them before this run",
            "        0  of these rejected now",
            "       10  of these with another label (76.9 %)",
            "        1  left as they are: archived, deleted or put anew meanwhile",
            "        0  failed",
            "        9  cat → lynx",
            "        1  (REJECTED) → lynx");
    ImageResult item = rig.item("été (1) a+b 100%/0").orElseThrow();
    assertThat(item.isOfBundle("new")).isTrue();
    assertThat(item.previous().orElseThrow().best()).contains(new Score("cat", 0.9f));
    assertThat(rig.item("vanished").orElseThrow().status()).isEqualTo(Status.DELETED);
  }

  @Test
  void run_shouldGoOnWhereItWasStopped_andReportTheWhole() throws Exception {
    for (int i = 0; i < 25; i++) {
      deliver(oldVersion, rig.put("photo-" + i, "cat"));
    }

    Report first =
        run(event -> {
          if (calls.get() > 0) {
            throw new IOException("The function is gone");
          }
          return invoke(event);
        });

    assertThat(first.isComplete()).isFalse();
    assertThat(first.lines())
        .contains("       10  scored again, 0 of them before this run", "       15  failed")
        .filteredOn(line -> line.endsWith("The function is gone"))
        .hasSize(10);
    int before = calls.get();

    Report second = run(this::invoke);

    assertThat(second.isComplete()).isTrue();
    assertThat(second.lines())
        .contains("       25  scored again, 10 of them before this run", "       25  cat → lynx");
    assertThat(calls.get() - before).isEqualTo(2);
  }

  @Test
  void run_shouldCallNobody_whenAllIsOfThisBundle() throws Exception {
    deliver(newVersion, rig.put("photo", "cat"));

    assertThat(run(this::invoke).lines())
        .contains("        1  images", "        0  scored again, 0 of them before this run");
    assertThat(calls).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "NaN", "fast", "Infinity"})
  void rate_shouldSayWhatItWants(String rate) {
    assertThatThrownBy(() -> Rescoring.rate(rate))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The rate is '" + rate + "'; expected photos a second, such as 20.");
  }

  /** Calls everything a lynx. */
  private record Lynx() implements PhotoScorer {

    @Override
    public ModelRef model() {
      return new ModelRef("lynx", "new");
    }

    @Override
    public long maxBytes() {
      return EchoScorer.MAX_BYTES;
    }

    @Override
    public Verdict.Classified score(byte[] file) {
      return new Verdict.Classified(List.of(new Score("lynx", 0.8f)), 64, 48);
    }
  }
}
