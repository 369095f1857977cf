package dev.bucketlens.lambda;

import dev.bucketlens.ingest.BatchIngest;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Handlers of programs wired by a test. */
public final class TestHandlers {
  private TestHandlers() {}

  /** The upload handler of {@code ingest}, without metrics. */
  public static UploadHandler of(BatchIngest ingest) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new UploadHandler(
        new UploadWiring(ingest, Host.other(new EmfMeter(nowhere, Clock.systemUTC()))));
  }
}
