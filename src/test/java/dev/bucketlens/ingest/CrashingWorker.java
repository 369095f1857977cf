package dev.bucketlens.ingest;

import dev.bucketlens.results.ResultStore;
import dev.bucketlens.results.Sequencer;
import dev.bucketlens.testing.CountingMeter;
import dev.bucketlens.testing.EchoScorer;
import dev.bucketlens.testing.TestTable;
import dev.bucketlens.testing.UploadRig;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A process that works off one event and dies without a word at a given place. */
final class CrashingWorker {
  static final int KILLED = 137;

  private CrashingWorker() {}

  enum Place {
    BEFORE_CLASSIFY,
    BEFORE_WRITE,
    BEFORE_ACKNOWLEDGE
  }

  public static void main(String[] args) throws InterruptedException {
    Place place = Place.valueOf(args[0]);
    EchoScorer scorer = new EchoScorer("m1");
    switch (place) {
      case BEFORE_CLASSIFY -> scorer.before(CrashingWorker::kill);
      case BEFORE_WRITE -> scorer.after(CrashingWorker::kill);
      case BEFORE_ACKNOWLEDGE -> {
        // After all else, below.
      }
    }
    ObjectEvent event =
        new ObjectEvent(
            ObjectEvent.Change.CREATED,
            UploadRig.BUCKET,
            args[3],
            null,
            args[4],
            ObjectEvent.UNKNOWN_SIZE,
            new Sequencer(args[5]));
    try (BatchIngest ingest = ingest(URI.create(args[1]), URI.create(args[2]), scorer)) {
      System.out.println(ingest.ingest(List.of(event), UploadRig.noHurry()));
    }
    kill();
  }

  private static BatchIngest ingest(URI s3, URI dynamoDb, EchoScorer scorer) {
    Duration patience = Duration.ofSeconds(20);
    return new BatchIngest(
        UploadRig.s3(s3, patience),
        new ResultStore(UploadRig.dynamoDb(dynamoDb, patience), TestTable.NAME, Clock.systemUTC()),
        scorer,
        Optional.empty(),
        IngestSettings.of(UploadRig.BUCKET, 1),
        new CountingMeter(),
        Clock.systemUTC());
  }

  /** As a kill -9 would: no shutdown hooks, no finally. */
  private static void kill() {
    Runtime.getRuntime().halt(KILLED);
  }
}
