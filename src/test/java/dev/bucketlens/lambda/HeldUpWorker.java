package dev.bucketlens.lambda;

import dev.bucketlens.ingest.BatchIngest;
import dev.bucketlens.ingest.IngestSettings;
import dev.bucketlens.local.LocalContext;
import dev.bucketlens.results.ResultStore;
import dev.bucketlens.testing.EchoScorer;
import dev.bucketlens.testing.TestTable;
import dev.bucketlens.testing.UploadRig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A function's process that answers one event, prints the answer and would wait for the next, as
 * Lambda's runtime does. Photos whose content is "stuck" are scored forever, as by native code that
 * nothing interrupts.
 *
 * <p>Arguments: endpoints of S3 and DynamoDB, the event, and the milliseconds that it has.
 */
final class HeldUpWorker {

  private HeldUpWorker() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    EchoScorer scorer = new EchoScorer("m1");
    scorer.before(HeldUpWorker::hangOn);
    Duration patience = Duration.ofSeconds(20);
    ResultStore store =
        new ResultStore(
            UploadRig.dynamoDb(URI.create(args[1]), patience), TestTable.NAME, Clock.systemUTC());
    EmfMeter meter =
        new EmfMeter(new PrintStream(OutputStream.nullOutputStream()), Clock.systemUTC());
    BatchIngest ingest =
        new BatchIngest(
            UploadRig.s3(URI.create(args[0]), patience),
            store,
            scorer,
            Optional.empty(),
            IngestSettings.of(UploadRig.BUCKET, 2),
            meter,
            Clock.systemUTC());
    Host host =
        new Host(Logs.elsewhere(), meter, () -> {}, () -> HeldUpProcess.endSoonIf(ingest), null);
    UploadHandler handler = new UploadHandler(new UploadWiring(ingest, host));
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(args[2].getBytes(StandardCharsets.UTF_8)),
        answer,
        new LocalContext("upload", Duration.ofMillis(Long.parseLong(args[3]))));
    System.out.println(answer.toString(StandardCharsets.UTF_8));
    new CountDownLatch(1).await();
  }

  private static void hangOn(String content) {
    while (content.equals("stuck")) {
      Thread.onSpinWait();
    }
  }
}
