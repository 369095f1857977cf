package dev.bucketlens.lambda;

import dev.bucketlens.ingest.BatchIngest;
import dev.bucketlens.ingest.ClassifierScorer;
import dev.bucketlens.ingest.IngestSettings;
import dev.bucketlens.ingest.ShadowSample;
import dev.bucketlens.ingest.ShadowTrial;
import java.io.PrintStream;
import java.time.Clock;

/** The upload function, put together: the upload path, and the process that it runs in. */
public final class UploadWiring {
  private final BatchIngest ingest;
  private final Host host;

  UploadWiring(BatchIngest ingest, Host host) {
    this.ingest = ingest;
    this.host = host;
  }

  /** From the environment, in a process of its own. */
  static UploadWiring inLambda() {
    Logs logs = Logs.toStandardOutput();
    App app = App.startForUploads();
    EmfMeter meter = new EmfMeter(System.out, Clock.systemUTC());
    Priming priming = new Priming(app);
    BatchIngest ingest = ingest(app, meter);
    return new UploadWiring(
        ingest,
        new Host(
            logs,
            meter,
            app::awaitConnections,
            () -> HeldUpProcess.endSoonIf(ingest),
            Snapshot.register(System.getenv(), priming::forUploads)));
  }

  /**
   * In a process that runs {@code app} already.
   *
   * @param metrics takes a line of JSON for each invocation
   */
  public static UploadWiring around(App app, PrintStream metrics) {
    EmfMeter meter = new EmfMeter(metrics, Clock.systemUTC());
    return new UploadWiring(ingest(app, meter), Host.other(meter));
  }

  private static BatchIngest ingest(App app, EmfMeter meter) {
    Settings settings = app.settings();
    return new BatchIngest(
        app.s3(),
        app.results(),
        new ClassifierScorer(
            app.classifier(),
            app.model(),
            settings.options(),
            settings.classifier().limits().maxBytes(),
            meter),
        app.shadow().map(shadow -> trial(app, shadow, meter)),
        IngestSettings.of(settings.bucket(), settings.classifier().interpreters())
            .withReviews(settings.reviews()),
        meter,
        Clock.systemUTC());
  }

  private static ShadowTrial trial(App app, ShadowModel shadow, EmfMeter meter) {
    return new ShadowTrial(shadow, new ShadowSample(shadow.percent()), app.results(), meter);
  }

  BatchIngest ingest() {
    return ingest;
  }

  Host host() {
    return host;
  }
}
