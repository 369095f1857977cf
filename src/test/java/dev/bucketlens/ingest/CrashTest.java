package dev.bucketlens.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.ingest.IngestMeter.Count;
import dev.bucketlens.results.Status;
import dev.bucketlens.testing.EchoScorer;
import dev.bucketlens.testing.JavaProcess;
import dev.bucketlens.testing.UploadRig;
import java.io.File;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A worker process is killed at the worst places; the queue then delivers to another. */
class CrashTest {
  private static final String KEY = "crash.jpg";

  @AutoClose private static final UploadRig rig = new UploadRig();

  @ParameterizedTest
  @EnumSource(CrashingWorker.Place.class)
  void event_shouldBeInTheTableOnce_whenTheWorkerIsKilled(CrashingWorker.Place place)
      throws IOException, InterruptedException {
    rig.table().clear();
    ObjectEvent event = rig.put(KEY, place.name());
    int before = rig.meter().get(Count.INFERENCES);

    Process worker =
        JavaProcess.of(
                CrashingWorker.class,
                place.name(),
                rig.s3Endpoint().toString(),
                rig.table().endpoint().toString(),
                KEY,
                event.eTag(),
                event.sequencer().value())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(new File("target", "crash.log")))
            .start();
    assertThat(worker.waitFor()).isEqualTo(CrashingWorker.KILLED);

    boolean written = place == CrashingWorker.Place.BEFORE_ACKNOWLEDGE;
    assertThat(rig.table().items()).hasSize(written ? 1 : 0);
    try (BatchIngest other = rig.ingest(new EchoScorer("m1"))) {
      assertThat(UploadRig.deliver(other, event).getFirst())
          .isInstanceOf(written ? Outcome.Duplicate.class : Outcome.Classified.class);
    }
    assertThat(rig.table().items()).hasSize(1);
    assertThat(rig.item(KEY).orElseThrow().status()).isEqualTo(Status.CLASSIFIED);
    assertThat(rig.meter().get(Count.INFERENCES) - before).isEqualTo(written ? 0 : 1);
  }
}
