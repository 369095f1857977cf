package dev.bucketlens.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.bucketlens.ingest.Invocation;
import dev.bucketlens.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * The function behind the bucket: events of S3 in, whichever way they come, and the answer that
 * their way of coming asks for.
 */
public final class UploadHandler implements RequestStreamHandler {
  private final Host host;
  private final List<Dialect> dialects;

  /** As Lambda starts it: everything from the environment; a wrong setting fails the start. */
  public UploadHandler() {
    this(UploadWiring.inLambda());
  }

  /** Over an upload path that is wired already, which stays the caller's to close. */
  public UploadHandler(UploadWiring wiring) {
    this.host = wiring.host();
    this.dialects =
        List.of(
            new SqsDialect(wiring.ingest(), host.meter()),
            new BatchOperationsDialect(wiring.ingest()),
            new NotificationDialect(wiring.ingest()));
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    host.begin(context);
    try {
      Map<String, Object> event = Json.readObject(input);
      Dialect dialect = dialects.stream().filter(d -> d.speaks(event)).findFirst().orElseThrow();
      host.opening().await();
      Invocation invocation =
          new Invocation(context.getAwsRequestId(), context::getRemainingTimeInMillis);
      output.write(Json.writeBytes(dialect.answer(event, invocation)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (InterruptedIOException)
          new InterruptedIOException("Interrupted while events were worked off").initCause(e);
    } finally {
      host.end(context);
    }
  }
}
