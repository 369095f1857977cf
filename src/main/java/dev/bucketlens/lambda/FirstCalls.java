package dev.bucketlens.lambda;

import dev.bucketlens.results.ImageResult;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * One call to the bucket and one to the table that read nothing and change nothing. They take the
 * cost of a first call (classes, TLS, credentials) before an event has to wait for it.
 *
 * <p>Whether they succeed does not matter: what is wrong will fail the first event, with its
 * reason.
 */
final class FirstCalls {
  private static final Logger LOG = System.getLogger(FirstCalls.class.getName());

  private final String bucket;
  private final Map<String, AttributeValue> noImage;
  private final String table;

  FirstCalls(String bucket, String table) {
    this.bucket = bucket;
    this.table = table;
    this.noImage = Map.of("image", AttributeValue.fromS(ImageResult.imageOf(bucket, "")));
  }

  /** Leaves the connection open for the calls that follow. */
  void keepingConnection(S3Client s3) {
    call(s3, usual());
  }

  /** Likewise. */
  void keepingConnection(DynamoDbClient dynamoDb) {
    call(dynamoDb, usual());
  }

  private static AwsRequestOverrideConfiguration usual() {
    return AwsRequestOverrideConfiguration.builder().build();
  }

  /** Leaves no connection behind. */
  void closingConnections(S3Client s3, DynamoDbClient dynamoDb) {
    closingConnections(dynamoDb);
    call(s3, closing());
  }

  /** Likewise, for a function that does not read the bucket. */
  void closingConnections(DynamoDbClient dynamoDb) {
    call(dynamoDb, closing());
  }

  private static AwsRequestOverrideConfiguration closing() {
    return AwsRequestOverrideConfiguration.builder().putHeader("Connection", "close").build();
  }

  private void call(DynamoDbClient dynamoDb, AwsRequestOverrideConfiguration configuration) {
    attempt(
        "DynamoDB",
        () ->
            dynamoDb.getItem(request ->
                request.tableName(table).key(noImage).overrideConfiguration(configuration)));
  }

  private void call(S3Client s3, AwsRequestOverrideConfiguration configuration) {
    attempt(
        "S3",
        () ->
            s3.headBucket(request -> request.bucket(bucket).overrideConfiguration(configuration)));
  }

  private static void attempt(String service, Runnable call) {
    try {
      call.run();
    } catch (SdkException | IllegalStateException e) { // closed meanwhile
      LOG.log(Level.DEBUG, "The first call to " + service + " failed: " + e.getMessage());
    }
  }
}
