package dev.bucketlens.lambda;

import dev.bucketlens.api.Api;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.ingest.EventFormatException;
import dev.bucketlens.ingest.EventReader;
import dev.bucketlens.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** What a function does once before its snapshot is taken: all that a first event would load. */
final class Priming {
  private static final String NOTIFICATION =
      """
      {"Records": [{"eventSource": "aws:s3", "eventName": "ObjectCreated:Put",\
       "s3": {"bucket": {"name": "b"}, "object": {"key": "a+b.jpg", "size": 1, "eTag": "0",\
       "sequencer": "0069203E2B1C4D5E6F"}}}]}\
      """;

  private static final String EVENT_BRIDGE =
      """
      {"source": "aws.s3", "detail-type": "Object Created", "detail": {"bucket": {"name": "b"},\
       "object": {"key": "a b.jpg", "size": 1, "etag": "0", "sequencer": "0069203E2B1C4D5E6F"}}}\
      """;

  private final App app;

  Priming(App app) {
    this.app = app;
  }

  /** Reads an event of each kind, scores a photo, and calls S3 and the table. */
  void forUploads() throws IOException, EventFormatException, ImageRejectedException {
    EventReader reader = new EventReader();
    for (String event : List.of(NOTIFICATION, EVENT_BRIDGE, topic(NOTIFICATION))) {
      reader.read(event);
    }
    app.classifier().classify(photo(), app.settings().options());
    AwsClients own = ownClients();
    try (S3Client s3 = own.s3();
        DynamoDbClient dynamoDb = own.dynamoDb()) {
      calls().closingConnections(s3, dynamoDb);
    }
  }

  /** Answers a request with a photo, and calls the table. */
  void forRequests(Api api) throws IOException {
    String body = Base64.getEncoder().encodeToString(photo());
    Map<String, Object> event =
        Map.of(
            "rawPath",
            "/classify",
            "rawQueryString",
            "",
            "requestContext",
            Map.of("stage", "$default", "http", Map.of("method", "POST")),
            "headers",
            Map.of("content-type", "image/jpeg"),
            "body",
            body,
            "isBase64Encoded",
            true);
    Json.writeBytes(HttpEvent.answer(api.handle(HttpEvent.request(event, "priming"))));
    try (DynamoDbClient dynamoDb = ownClients().dynamoDb()) {
      calls().closingConnections(dynamoDb);
    }
  }

  private AwsClients ownClients() {
    return new AwsClients(app.settings().aws());
  }

  private FirstCalls calls() {
    return new FirstCalls(app.settings().bucket(), app.settings().table());
  }

  private static String topic(String notification) {
    return Json.write(Map.of("Type", "Notification", "Message", notification));
  }

  private static byte[] photo() throws IOException {
    try (InputStream photo = Priming.class.getResourceAsStream("priming.jpg")) {
      return photo.readAllBytes();
    }
  }
}
