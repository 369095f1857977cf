package dev.bucketlens.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How records of the table's stream are told to EventBridge, and what is said of those that are
 * not.
 */
class EventsHandlerTest {
  private final Deque<String> answers = new ArrayDeque<>();
  private final List<JsonNode> requests = new ArrayList<>();
  private final List<String> authorizations = new ArrayList<>();
  private final List<JsonNode> letters = new ArrayList<>();
  private boolean queueFails;
  private HttpServer aws;
  private EventsHandler handler;

  @BeforeEach
  void start() throws IOException {
    aws = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    aws.createContext("/", this::answer);
    aws.start();
    String endpoint = "http://127.0.0.1:" + aws.getAddress().getPort();
    handler =
        new EventsHandler(
            Map.of(
                "AWS_REGION",
                "us-east-1",
                "AWS_ENDPOINT_URL_EVENTBRIDGE",
                endpoint,
                "EVENTS_DEAD_LETTERS",
                endpoint + "/000000000000/dead"));
  }

  @AfterEach
  void stop() {
    aws.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = new JsonMapper().readTree(exchange.getRequestBody());
      authorizations.add(exchange.getRequestHeaders().getFirst("authorization"));
      switch (exchange.getRequestHeaders().getFirst("x-amz-target")) {
        case "AWSEvents.PutEvents" -> {
          requests.add(request);
          String answer = answers.isEmpty() ? taken(request.get("Entries").size()) : answers.pop();
          send(exchange, answer.contains("Entries") ? 200 : 500, answer);
        }
        case "AmazonSQS.SendMessage" -> {
          assertThat(request.get("QueueUrl").asText()).endsWith("/000000000000/dead");
          letters.add(new JsonMapper().readTree(request.get("MessageBody").asText()));
          send(exchange, queueFails ? 500 : 200, "{\"MessageId\":\"m\"}");
        }
        default -> send(exchange, 400, "{}");
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String answer) throws IOException {
    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Test
  void records_shouldBeToldTenAtATime_inTheirOrder() throws Exception {
    assertThat(failures(records(1, 25))).isEmpty();

    assertThat(requests).extracting(it -> it.get("Entries").size()).containsExactly(10, 10, 5);
    assertThat(keys()).isEqualTo(IntStream.rangeClosed(1, 25).mapToObj(i -> i + ".jpg").toList());
    assertThat(authorizations.getFirst())
        .startsWith("AWS4-HMAC-SHA256 Credential=local/")
        .contains("/us-east-1/events/aws4_request");
  }

  @Test
  void answer_shouldNameTheFirstRecordThatWasNotTaken() throws Exception {
    answers.add(
        """
        {"FailedEntryCount":2,"Entries":[{"EventId":"a"},
         {"ErrorCode":"ThrottlingException","ErrorMessage":"Rate exceeded"},{"EventId":"c"},
         {"ErrorCode":"InternalFailure","ErrorMessage":"Oops"}]}\
        """);

    assertThat(failures(records(1, 4))).containsExactly("2");
  }

  @Test
  void answer_shouldNameTheFirstRecordOfACallThatFailed() throws Exception {
    answers.add(taken(10));
    answers.add("{\"__type\":\"InternalException\"}");

    assertThat(failures(records(1, 25))).containsExactly("11");
    assertThat(requests).as("nothing behind a failure is told").hasSize(2);
  }

  @Test
  void answer_shouldNameTheFirstRecord_whenEventBridgeIsThrottled() throws Exception {
    answers.add("{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}");

    assertThat(failures(records(1, 3))).containsExactly("1");
    assertThat(failures(records(1, 3))).as("the stream delivers it again").isEmpty();
    assertThat(keys()).containsExactly("1.jpg", "2.jpg", "3.jpg", "1.jpg", "2.jpg", "3.jpg");
  }

  @Test
  void record_shouldBeADeadLetter_andHoldUpNone_whenItCannotBeRead() throws Exception {
    String poison =
        Stream.of(
                record(3).replace("\"CLASSIFIED\"", "\"LOST\""),
                record(4).replace("{\"S\":\"2026-11-20T09:30:15.123Z\"}", "{\"S\":\"yesterday\"}"),
                record(5).replace("{\"N\":\"7\"}", "{\"S\":\"seven\"}"),
                record(6).replace("{\"N\":\"7\"}", "{\"N\":7}"),
                record(7).replace("{\"L\":[", "{\"B\":["),
                record(8).replace("\"size\"", "\"length\""),
                record(9)
                    .replace(
                        "\"NewImage\":{",
                        "\"NewImage\":{\"review\":{\"M\":{}},\"reviewState\":{\"S\":\"DONE\"},"),
                "{\"dynamodb\":{\"SequenceNumber\":\"10\"}}")
            .collect(Collectors.joining(","));

    assertThat(failures(records(1, 2) + "," + poison + "," + record(11))).isEmpty();

    assertThat(keys()).containsExactly("1.jpg", "2.jpg", "11.jpg");
    assertThat(letters)
        .extracting(it -> it.get("sequenceNumber").asText())
        .containsExactly("3", "4", "5", "6", "7", "8", "9", "10");
    assertThat(letters).allSatisfy(it -> assertThat(it.get("reason").asText()).isNotBlank());
    assertThat(letters.getFirst().get("reason").asText()).contains("LOST");
    assertThat(letters.getFirst().at("/keys/image/S").asText()).isEqualTo("s3://photos/3.jpg");
    assertThat(letters.getFirst().at("/stream").asText()).contains(":table/results/stream/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"SS\":[\"holiday\"]}",
        "{\"NS\":[\"1\",\"2\"]}",
        "{\"B\":\"AAEC\"}",
        "{\"BS\":[\"AAEC\"]}",
        "{\"M\":{\"tags\":{\"L\":[{\"BOOL\":true},{\"NULL\":true}]}}}"
      })
  void record_shouldBeTold_whenAnotherProgramAddedAnAttribute(String added) throws Exception {
    String decorated = record(1).replace("\"NewImage\":{", "\"NewImage\":{\"mine\":" + added + ",");

    assertThat(failures(decorated)).isEmpty();
    assertThat(letters).isEmpty();
    assertThat(keys()).containsExactly("1.jpg");
  }

  @Test
  void answer_shouldNameTheRecordThatCannotBeRead_whenTheQueueFails() throws Exception {
    queueFails = true;
    String unreadable = record(2).replace("\"CLASSIFIED\"", "\"LOST\"");

    assertThat(failures(record(1) + "," + unreadable + "," + record(3))).containsExactly("2");
    assertThat(keys()).as("nothing overtakes it").containsExactly("1.jpg");
  }

  @Test
  void record_shouldBeADeadLetterOnce_whenTheOneBeforeItFails() throws Exception {
    answers.add("{}");
    String unreadable = record(2).replace("\"CLASSIFIED\"", "\"LOST\"");

    assertThat(failures(record(1) + "," + unreadable)).containsExactly("1");
    assertThat(letters).isEmpty();
    assertThat(failures(record(1) + "," + unreadable)).isEmpty();
    assertThat(letters).hasSize(1);
  }

  @Test
  void records_shouldBeToldInMoreCalls_whenTheyAreMoreBytesThanOneTakes() throws Exception {
    String large = "ü".repeat(50_000);
    String records =
        IntStream.rangeClosed(1, 5)
            .mapToObj(i -> record(i).replace("\"cat\"", "\"" + large + "\""))
            .collect(Collectors.joining(","));

    assertThat(failures(records)).isEmpty();
    assertThat(requests).extracting(it -> it.get("Entries").size()).containsExactly(2, 2, 1);
    assertThat(keys()).containsExactly("1.jpg", "2.jpg", "3.jpg", "4.jpg", "5.jpg");
  }

  @Test
  void record_shouldBeADeadLetter_whenNoCallIsLargeEnoughForIt() throws Exception {
    String large = record(2).replace("\"cat\"", "\"" + "x".repeat(262_144) + "\"");

    assertThat(failures(record(1) + "," + large + "," + record(3))).isEmpty();
    assertThat(keys()).containsExactly("1.jpg", "3.jpg");
    assertThat(letters.getFirst().get("reason").asText()).contains("262144");
  }

  @Test
  void event_shouldStaySmall_whenTheItemIsLarge() throws Exception {
    String score = "{\"M\":{\"label\":{\"S\":\"cat\"},\"score\":{\"N\":\"0.9\"}}}";
    String scores = String.join(",", Collections.nCopies(1000, score));
    String warning = "{\"S\":\"" + "The profile was not used. ".repeat(1000) + "\"}";

    assertThat(
            failures(
                record(1)
                    .replace(score, scores)
                    .replace(
                        "\"NewImage\":{", "\"NewImage\":{\"warnings\":{\"L\":[" + warning + "]},")))
        .isEmpty();
    assertThat(requests.getFirst().at("/Entries/0/Detail").asText()).hasSizeLessThan(1000);
  }

  @Test
  void nothing_shouldBeSent_whenNothingChanged() throws Exception {
    String unchanged =
        record(1).replace("\"NewImage\"", "\"OldImage\":" + image(1) + ",\"NewImage\"");

    assertThat(failures(unchanged)).isEmpty();
    assertThat(requests).isEmpty();
  }

  /** Of all events that were sent, in their order. */
  private List<String> keys() throws IOException {
    List<String> keys = new ArrayList<>();
    for (JsonNode request : requests) {
      for (JsonNode entry : request.get("Entries")) {
        keys.add(new JsonMapper().readTree(entry.get("Detail").asText()).get("key").asText());
      }
    }
    return keys;
  }

  private List<String> failures(String records) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(
            ("{\"Records\":[" + records + "]}").getBytes(StandardCharsets.UTF_8)),
        answer,
        null);
    return new JsonMapper()
        .readTree(answer.toByteArray())
        .get("batchItemFailures")
        .findValuesAsText("itemIdentifier");
  }

  private static String taken(int count) {
    return "{\"FailedEntryCount\":0,\"Entries\":[%s]}"
        .formatted(String.join(",", Collections.nCopies(count, "{\"EventId\":\"x\"}")));
  }

  private static String records(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(EventsHandlerTest::record)
        .collect(Collectors.joining(","));
  }

  private static String record(int number) {
    return """
    {"eventName":"INSERT","eventSource":"aws:dynamodb",
     "eventSourceARN":"arn:aws:dynamodb:us-east-1:000000000000:table/results/stream/2026-11-20T09:00:00.000",
     "dynamodb":{"Keys":{"image":{"S":"s3://photos/%d.jpg"}},"ApproximateCreationDateTime":1.79577E9,
     "SequenceNumber":"%d","NewImage":%s}}\
    """
        .formatted(number, number, image(number));
  }

  private static String image(int number) {
    return """
    {"image":{"S":"s3://photos/%d.jpg"},"status":{"S":"CLASSIFIED"},"classifiedAt":{"S":"2026-11-20T09:30:15.123Z"},
     "day":{"S":"2026-11-20"},"sequencer":{"S":"0055AED6DCD90281E5"},"eTag":{"S":"e"},"size":{"N":"7"},
     "model":{"S":"lens"},"modelHash":{"S":"0123456789ab"},"width":{"N":"4"},"height":{"N":"3"},
     "label":{"S":"cat"},"score":{"N":"0.9"},
     "scores":{"L":[{"M":{"label":{"S":"cat"},"score":{"N":"0.9"}}}]}}\
    """
        .formatted(number);
  }
}
