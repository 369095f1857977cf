package dev.bucketlens.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.bucketlens.ingest.BatchIngest;
import dev.bucketlens.ingest.ClassifierScorer;
import dev.bucketlens.ingest.IngestSettings;
import dev.bucketlens.ingest.Invocation;
import dev.bucketlens.ingest.ShadowSample;
import dev.bucketlens.ingest.ShadowTrial;
import dev.bucketlens.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The function behind the bucket: events of S3 in, whichever way they come, and the answer that
 * their way of coming asks for.
 */
public final class UploadHandler implements RequestStreamHandler {
  private final BatchIngest ingest;
  private final List<Dialect> dialects;
  private final EmfMeter meter;
  private final Logs logs;
  private final Opening connections;
  private final Consumer<BatchIngest> afterwards;

  /** Kept here because the runtime's own reference to it is weak. */
  @SuppressWarnings({"unused", "FieldCanBeLocal"})
  private final Snapshot snapshot;

  /** What a start has begun, and a first event had better wait for. */
  @FunctionalInterface
  private interface Opening {
    void await() throws InterruptedException;
  }

  /** As Lambda starts it: everything from the environment. */
  public UploadHandler() {
    Logs logs = Logs.toStandardOutput();
    App app = App.startForUploads();
    EmfMeter meter = new EmfMeter(System.out, Clock.systemUTC());
    Priming priming = new Priming(app);
    this(
        ingest(app, meter),
        meter,
        logs,
        app::awaitConnections,
        HeldUpProcess::endSoonIf,
        Snapshot.register(System.getenv(), priming::forUploads));
  }

  /** The handler of a program that is wired already, which stays the caller's to close. */
  public UploadHandler(App app) {
    this(app, System.out);
  }

  /**
   * Likewise, with its metrics elsewhere than on standard output.
   *
   * @param metrics takes a line of JSON for each invocation
   */
  public UploadHandler(App app, PrintStream metrics) {
    this(app, new EmfMeter(metrics, Clock.systemUTC()));
  }

  private UploadHandler(App app, EmfMeter meter) {
    this(ingest(app, meter), meter);
  }

  /** A handler in a process that is not its own: it is not ended. */
  UploadHandler(BatchIngest ingest, EmfMeter meter) {
    this(ingest, meter, _ -> {});
  }

  /**
   * A handler over an upload path.
   *
   * @param afterwards told once an answer is written
   */
  UploadHandler(BatchIngest ingest, EmfMeter meter, Consumer<BatchIngest> afterwards) {
    this(ingest, meter, Logs.elsewhere(), () -> {}, afterwards, null);
  }

  private UploadHandler(
      BatchIngest ingest,
      EmfMeter meter,
      Logs logs,
      Opening connections,
      Consumer<BatchIngest> afterwards,
      Snapshot snapshot) {
    this.ingest = ingest;
    this.afterwards = afterwards;
    this.dialects =
        List.of(
            new SqsDialect(ingest, meter),
            new BatchOperationsDialect(ingest),
            new NotificationDialect(ingest));
    this.meter = meter;
    this.logs = logs;
    this.connections = connections;
    this.snapshot = snapshot;
  }

  private static BatchIngest ingest(App app, EmfMeter meter) {
    return new BatchIngest(
        app.s3(),
        app.results(),
        new ClassifierScorer(
            app.classifier(),
            app.model(),
            app.settings().options(),
            app.settings().classifier().limits().maxBytes(),
            meter),
        app.shadow().map(shadow -> trial(app, shadow, meter)),
        IngestSettings.of(app.settings().bucket(), app.settings().classifier().interpreters())
            .withReviews(app.settings().reviews()),
        meter,
        Clock.systemUTC());
  }

  private static ShadowTrial trial(App app, ShadowModel shadow, EmfMeter meter) {
    return new ShadowTrial(shadow, new ShadowSample(shadow.percent()), app.results(), meter);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    logs.begin(context.getAwsRequestId());
    Map<String, Object> event = Json.readObject(input);
    Dialect dialect = dialects.stream().filter(d -> d.speaks(event)).findFirst().orElseThrow();
    try {
      connections.await();
      Invocation invocation =
          new Invocation(context.getAwsRequestId(), context::getRemainingTimeInMillis);
      output.write(Json.writeBytes(dialect.answer(event, invocation)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (InterruptedIOException)
          new InterruptedIOException("Interrupted while events were worked off").initCause(e);
    } finally {
      meter.flush(context.getFunctionName(), context.getAwsRequestId());
      afterwards.accept(ingest);
    }
  }
}
