package dev.bucketlens.contract;

import java.io.Closeable;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket that tells a queue of its changes, and a table. */
interface Cloud extends Closeable {

  S3Client s3();

  DynamoDbClient dynamoDb();

  String bucket();

  String table();

  /**
   * Takes messages from the queue for good, as Lambda's event source hands them over.
   *
   * @param count how many to wait for; {@code s3:TestEvent} does not count
   */
  List<Map<String, Object>> receive(int count) throws Exception;
}
