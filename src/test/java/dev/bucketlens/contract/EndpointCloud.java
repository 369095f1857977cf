package dev.bucketlens.contract;

import dev.bucketlens.results.TableDefinition;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** S3 that notifies SQS behind one endpoint, and DynamoDB; with names that are new each time. */
final class EndpointCloud implements Cloud {
  private static final int SECONDS_TO_WAIT = 2;

  /** LocalStack tells the same sequencer of every event (seen in 4.4 and 4.14): as good as none. */
  private static final Pattern CONSTANT_SEQUENCER =
      Pattern.compile(",\\s*\"sequencer\":\\s*\"0055AED6DCD90281E5\"");

  private final String name = "bucketlens-" + UUID.randomUUID();
  private final S3Client s3;
  private final SqsClient sqs;
  private final DynamoDbClient dynamoDb;
  private final String queue;

  EndpointCloud(URI endpoint, URI tableEndpoint) {
    AwsCredentialsProvider credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
    s3 =
        S3Client.builder()
            .endpointOverride(endpoint)
            .forcePathStyle(true)
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    sqs =
        SqsClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    dynamoDb =
        DynamoDbClient.builder()
            .endpointOverride(tableEndpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    dynamoDb.createTable(TableDefinition.createTable(name));
    queue = sqs.createQueue(r -> r.queueName(name)).queueUrl();
    s3.createBucket(r -> r.bucket(name));
    notifyQueue();
  }

  private void notifyQueue() {
    String arn =
        sqs.getQueueAttributes(r -> r.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    QueueConfiguration all =
        QueueConfiguration.builder()
            .queueArn(arn)
            .events(Event.S3_OBJECT_CREATED, Event.S3_OBJECT_REMOVED)
            .build();
    NotificationConfiguration notifications =
        NotificationConfiguration.builder().queueConfigurations(all).build();
    s3.putBucketNotificationConfiguration(
        r -> r.bucket(name).notificationConfiguration(notifications));
  }

  @Override
  public S3Client s3() {
    return s3;
  }

  @Override
  public DynamoDbClient dynamoDb() {
    return dynamoDb;
  }

  @Override
  public String bucket() {
    return name;
  }

  @Override
  public String table() {
    return name;
  }

  @Override
  public List<Map<String, Object>> receive(int count) {
    List<Map<String, Object>> received = new ArrayList<>();
    while (received.size() < count) {
      for (Message message :
          sqs.receiveMessage(
                  r -> r.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(SECONDS_TO_WAIT))
              .messages()) {
        sqs.deleteMessage(r -> r.queueUrl(queue).receiptHandle(message.receiptHandle()));
        if (!message.body().contains("s3:TestEvent")) {
          received.add(
              Map.of(
                  "messageId", message.messageId(),
                  "body", CONSTANT_SEQUENCER.matcher(message.body()).replaceAll(""),
                  "eventSource", "aws:sqs"));
        }
      }
    }
    return received;
  }

  @Override
  public void close() {
    s3.close();
    sqs.close();
    dynamoDb.close();
  }
}
