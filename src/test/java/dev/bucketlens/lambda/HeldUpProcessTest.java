package dev.bucketlens.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.bucketlens.ingest.ObjectEvent;
import dev.bucketlens.results.Status;
import dev.bucketlens.testing.JavaProcess;
import dev.bucketlens.testing.UploadRig;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A photo that outlives its time, in a process of its own. */
final class HeldUpProcessTest {

  /** Enough to begin (5 s), and little to wait. */
  private static final String MILLISECONDS = "7000";

  @AutoClose private static final UploadRig rig = new UploadRig();

  @Test
  void process_shouldAnswerAndEnd_whenAPhotoOutlivesItsTime() throws Exception {
    Map<String, Object> done = message("done", rig.put("done.jpg", "done"));
    Map<String, Object> stuck = message("stuck", rig.put("stuck.jpg", "stuck"));

    Process worker = start(Map.of("Records", List.of(done, stuck)));
    String answer =
        new String(worker.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

    assertThat(worker.waitFor()).isEqualTo(HeldUpProcess.HELD_UP);
    assertThat(JSON.std.mapFrom(answer))
        .containsEntry("batchItemFailures", List.of(Map.of("itemIdentifier", "stuck")));
    assertThat(rig.item("done.jpg").orElseThrow().status()).isEqualTo(Status.CLASSIFIED);
    assertThat(rig.item("stuck.jpg")).isEmpty();
  }

  private static Map<String, Object> message(String id, ObjectEvent event) throws IOException {
    Map<String, Object> object =
        Map.of(
            "key", event.key(),
            "size", event.size(),
            "eTag", event.eTag(),
            "sequencer", event.sequencer().value());
    Map<String, Object> record =
        Map.of(
            "eventSource", "aws:s3",
            "eventName", "ObjectCreated:Put",
            "s3", Map.of("bucket", Map.of("name", event.bucket()), "object", object));
    return Map.of("messageId", id, "body", JSON.std.asString(Map.of("Records", List.of(record))));
  }

  private static Process start(Map<String, Object> event) throws IOException {
    return JavaProcess.of(
            HeldUpWorker.class,
            rig.s3Endpoint().toString(),
            rig.table().endpoint().toString(),
            JSON.std.asString(event),
            MILLISECONDS)
        .redirectError(new File("target", "held-up.log"))
        .start();
  }
}
