package dev.bucketlens.local;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes events as S3 and SQS write them. */
public final class S3EventJson {

  private static final String REGION = "us-east-1";

  private S3EventJson() {}

  /** The S3 event notification (version 2.1) that tells of {@code change}. */
  public static String notification(ObjectChange change) throws IOException {
    return JSON.std.asString(Map.of("Records", List.of(s3Record(change))));
  }

  /** The event by which Lambda's SQS event source delivers {@code messages} to a function. */
  public static byte[] sqsEvent(List<Message> messages) throws IOException {
    return JSON.std.asBytes(
        Map.of("Records", messages.stream().map(S3EventJson::sqsRecord).toList()));
  }

  private static Map<String, Object> s3Record(ObjectChange change) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("key", URLEncoder.encode(change.key(), StandardCharsets.UTF_8).replace("%2F", "/"));
    if (change.eTag() != null) {
      object.put("size", change.size());
      object.put("eTag", change.eTag());
    }
    if (change.versionId() != null) {
      object.put("versionId", change.versionId());
    }
    object.put("sequencer", change.sequencer());
    Map<String, Object> s3 = new LinkedHashMap<>();
    s3.put("s3SchemaVersion", "1.0");
    s3.put("configurationId", "local");
    s3.put("bucket", bucket(change.bucket()));
    s3.put("object", object);
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("eventVersion", "2.1");
    event.put("eventSource", "aws:s3");
    event.put("awsRegion", REGION);
    event.put("eventTime", change.time().toString());
    event.put("eventName", change.eventName());
    event.put("userIdentity", Map.of("principalId", "local"));
    event.put("requestParameters", Map.of("sourceIPAddress", "127.0.0.1"));
    event.put("responseElements", Map.of());
    event.put("s3", s3);
    return event;
  }

  private static Map<String, Object> bucket(String name) {
    return Map.of(
        "name",
        name,
        "arn",
        "arn:aws:s3:::" + name,
        "ownerIdentity",
        Map.of("principalId", "local"));
  }

  private static Map<String, Object> sqsRecord(Message message) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("messageId", message.id());
    event.put("receiptHandle", message.id());
    event.put("body", message.body());
    event.put(
        "attributes", Map.of("ApproximateReceiveCount", Integer.toString(message.receives())));
    event.put("messageAttributes", Map.of());
    event.put("eventSource", "aws:sqs");
    event.put("eventSourceARN", "arn:aws:sqs:" + REGION + ":000000000000:uploads");
    event.put("awsRegion", REGION);
    return event;
  }
}
