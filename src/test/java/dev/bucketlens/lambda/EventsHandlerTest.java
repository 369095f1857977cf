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
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How records of the table's stream are told to EventBridge, and what is said of those that are
 * not.
 */
class EventsHandlerTest {
  private final Deque<String> answers = new ArrayDeque<>();
  private final List<JsonNode> requests = new ArrayList<>();
  private final List<String> authorizations = new ArrayList<>();
  private HttpServer eventBridge;
  private EventsHandler handler;

  @BeforeEach
  void start() throws IOException {
    eventBridge = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    eventBridge.createContext("/", this::answer);
    eventBridge.start();
    handler =
        new EventsHandler(
            Map.of(
                "AWS_REGION",
                "us-east-1",
                "AWS_ENDPOINT_URL_EVENTBRIDGE",
                "http://127.0.0.1:" + eventBridge.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    eventBridge.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(new JsonMapper().readTree(exchange.getRequestBody()));
      authorizations.add(exchange.getRequestHeaders().getFirst("authorization"));
      String answer =
          answers.isEmpty() ? taken(requests.getLast().get("Entries").size()) : answers.pop();
      byte[] body = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.contains("Entries") ? 200 : 500, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Test
  void records_shouldBeToldTenAtATime_inTheirOrder() throws Exception {
    assertThat(failures(records(1, 25))).isEmpty();

    assertThat(requests).extracting(it -> it.get("Entries").size()).containsExactly(10, 10, 5);
    assertThat(requests.stream().flatMap(it -> it.get("Entries").valueStream()))
        .extracting(it -> new JsonMapper().readTree(it.get("Detail").asText()).get("key").asText())
        .isEqualTo(IntStream.rangeClosed(1, 25).mapToObj(i -> i + ".jpg").toList());
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
  void answer_shouldNameTheRecordThatCannotBeRead_andTellThoseBeforeIt() throws Exception {
    String records = records(1, 2) + "," + record(3).replace("\"CLASSIFIED\"", "\"LOST\"");

    assertThat(failures(records + "," + record(4))).containsExactly("3");
    assertThat(requests.getFirst().get("Entries")).hasSize(2);
  }

  @Test
  void nothing_shouldBeSent_whenNothingChanged() throws Exception {
    String unchanged =
        record(1).replace("\"NewImage\"", "\"OldImage\":" + image(1) + ",\"NewImage\"");

    assertThat(failures(unchanged)).isEmpty();
    assertThat(requests).isEmpty();
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
        .formatted(String.join(",", java.util.Collections.nCopies(count, "{\"EventId\":\"x\"}")));
  }

  private static String records(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(EventsHandlerTest::record)
        .collect(Collectors.joining(","));
  }

  private static String record(int number) {
    return """
    {"eventName":"INSERT","eventSource":"aws:dynamodb","dynamodb":{"ApproximateCreationDateTime":1.79577E9,
     "SequenceNumber":"%d","NewImage":%s}}\
    """
        .formatted(number, image(number));
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
