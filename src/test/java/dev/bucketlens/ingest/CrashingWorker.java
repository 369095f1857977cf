package dev.bucketlens.ingest;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.results.ModelRef;
import dev.bucketlens.results.ResultStore;
import dev.bucketlens.results.ReviewPolicy;
import dev.bucketlens.results.Sequencer;
import dev.bucketlens.results.Verdict;
import dev.bucketlens.testing.CountingMeter;
import dev.bucketlens.testing.EchoScorer;
import dev.bucketlens.testing.TestTable;
import dev.bucketlens.testing.UploadRig;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

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
    EchoScorer echo = new EchoScorer("m1");
    PhotoScorer dying = new DyingScorer(echo, place);
    Duration patience = Duration.ofSeconds(20);
    ResultStore store =
        new ResultStore(
            UploadRig.dynamoDb(URI.create(args[2]), patience), TestTable.NAME, Clock.systemUTC());
    try (BatchIngest ingest =
        new BatchIngest(
            UploadRig.s3(URI.create(args[1]), patience),
            store,
            dying,
            new IngestSettings(Set.of(UploadRig.BUCKET), 1, 1_000_000, ReviewPolicy.OFF),
            new CountingMeter(),
            Clock.systemUTC())) {
      ObjectEvent event =
          new ObjectEvent(
              ObjectEvent.Change.CREATED,
              UploadRig.BUCKET,
              args[3],
              null,
              args[4],
              ObjectEvent.UNKNOWN_SIZE,
              new Sequencer(args[5]));
      System.out.println(ingest.ingest(List.of(event), UploadRig.noHurry()));
    }
    kill();
  }

  /** As a kill -9 would: no shutdown hooks, no finally. */
  private static void kill() {
    Runtime.getRuntime().halt(KILLED);
  }

  private record DyingScorer(EchoScorer echo, Place place) implements PhotoScorer {
    @Override
    public ModelRef model() {
      return echo.model();
    }

    @Override
    public long maxBytes() {
      return echo.maxBytes();
    }

    @Override
    public Verdict.Classified score(byte[] file) throws ImageRejectedException {
      if (place == Place.BEFORE_CLASSIFY) {
        kill();
      }
      Verdict.Classified verdict = echo.score(file);
      if (place == Place.BEFORE_WRITE) {
        kill();
      }
      return verdict;
    }
  }
}
