package dev.bucketlens.contract;

import dev.bucketlens.local.LocalS3;
import dev.bucketlens.local.ObjectChange;
import dev.bucketlens.local.S3EventJson;
import dev.bucketlens.testing.TestTable;
import dev.bucketlens.testing.UploadRig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Nested;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The contract on S3Proxy and DynamoDB Local, in every build. */
@CloudName("S3Proxy and DynamoDB Local")
class LocalContractTest {

  @Nested
  class Uploads extends UploadContract {
    @Override
    Cloud open() throws IOException {
      return new LocalPair();
    }
  }

  @Nested
  class Versions extends VersionedContract {
    @Override
    Cloud open() throws IOException {
      return new LocalPair();
    }
  }

  private static final class LocalPair implements Cloud {
    private final BlockingQueue<ObjectChange> queue = new LinkedBlockingQueue<>();
    private final LocalS3 server = LocalS3.inMemory(0, queue::add);
    private final S3Client s3 = UploadRig.user(server.endpoint());
    private final TestTable table = TestTable.start();

    LocalPair() throws IOException {
      s3.createBucket(r -> r.bucket(bucket()));
    }

    @Override
    public S3Client s3() {
      return s3;
    }

    @Override
    public DynamoDbClient dynamoDb() {
      return table.client();
    }

    @Override
    public String bucket() {
      return UploadRig.BUCKET;
    }

    @Override
    public String table() {
      return TestTable.NAME;
    }

    @Override
    public List<Map<String, Object>> receive(int count) throws IOException, InterruptedException {
      List<Map<String, Object>> messages = new ArrayList<>();
      while (messages.size() < count) {
        ObjectChange change = queue.take();
        messages.add(
            Map.of(
                "messageId", change.sequencer(),
                "body", S3EventJson.notification(change),
                "eventSource", "aws:sqs"));
      }
      return messages;
    }

    @Override
    public void close() throws IOException {
      s3.close();
      server.close();
      table.close();
    }
  }
}
