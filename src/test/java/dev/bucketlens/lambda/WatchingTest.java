package dev.bucketlens.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.jr.ob.JSON;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.ingest.IngestMeter.Count;
import dev.bucketlens.ingest.IngestMeter.Measure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The template's dashboard and alarms, held against what the code writes. */
class WatchingTest {
  private static final JsonNode RESOURCES = read().get("Resources");

  /** What AWS writes by itself: namespace, metric, dimension. */
  private static final Set<String> OF_AWS =
      Set.of(
          "AWS/SQS ApproximateAgeOfOldestMessage QueueName",
          "AWS/SQS ApproximateNumberOfMessagesVisible QueueName",
          "AWS/Lambda Errors FunctionName",
          "AWS/Lambda Throttles FunctionName",
          "AWS/Lambda Duration FunctionName",
          "AWS/Lambda IteratorAge FunctionName",
          "AWS/Lambda Invocations FunctionName",
          "AWS/ApiGateway Count ApiId",
          "AWS/ApiGateway 4xx ApiId",
          "AWS/ApiGateway 5xx ApiId",
          "AWS/ApiGateway Latency ApiId",
          "AWS/DynamoDB ConsumedWriteCapacityUnits TableName",
          "AWS/DynamoDB ConsumedReadCapacityUnits TableName");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final EmfMeter meter =
      new EmfMeter(new PrintStream(out, true, StandardCharsets.UTF_8), Clock.systemUTC());

  @Test
  void line_shouldDeclareEveryMetric_withItsUnitAndOneDimension() throws IOException {
    for (Count count : Count.values()) {
      meter.add(count);
    }
    for (Measure measure : Measure.values()) {
      meter.record(measure, 0.25);
      meter.record(measure, 0.5);
    }
    meter.addRejection("NOT_AN_IMAGE");
    meter.flush("upload", "request-1");

    Map<String, Object> line = JSON.std.mapFrom(out.toString(StandardCharsets.UTF_8));
    Map<?, ?> declared =
        (Map<?, ?>) ((List<?>) ((Map<?, ?>) line.get("_aws")).get("CloudWatchMetrics")).getFirst();
    assertThat(declared.get("Dimensions")).isEqualTo(List.of(List.of("Function")));
    assertThat(line)
        .containsEntry("Function", "upload")
        .containsEntry("requestId", "request-1")
        .containsEntry("TotalTime", List.of(0.25, 0.5))
        .containsEntry("LabelChanged", 1)
        .containsEntry("RejectedNotAnImage", 1)
        .containsEntry("ColdStarts", 1);
    @SuppressWarnings("unchecked") // as JSON has it
    List<Map<String, String>> metrics = (List<Map<String, String>>) declared.get("Metrics");
    assertThat(metrics)
        .contains(
            Map.of("Name", "LabelChanged", "Unit", "Count"),
            Map.of("Name", "TotalTime", "Unit", "Milliseconds"),
            Map.of("Name", "ExpectedAccuracy", "Unit", "None"))
        .allSatisfy(metric -> assertThat(line).containsKey(metric.get("Name")));
  }

  @Test
  void line_shouldHoldNoMoreValuesThanCloudWatchTakes() throws IOException {
    for (int i = 0; i < 250; i++) {
      meter.record(Measure.CONFIDENCE, 0.5);
    }
    meter.flush("upload", "request-1");

    assertThat((List<?>) JSON.std.mapFrom(out.toString(StandardCharsets.UTF_8)).get("Confidence"))
        .hasSize(100);
  }

  @Test
  void coldStart_shouldBeCountedOnce() {
    meter.flush("upload", "request-1");
    meter.flush("upload", "request-2");

    assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
  }

  @Test
  void dashboard_shouldShowWhatIsWritten_andAllOfIt() {
    Set<String> shown = new TreeSet<>();
    widgets()
        .flatMap(widget -> widget.get("metrics").valueStream())
        .forEach(metric -> {
          if (metric.size() > 1) {
            assertThat(metric.get(3).asText() + metric.get(3).path(1).asText()).isNotEmpty();
            shown.add(
                metric.get(0).asText()
                    + ' '
                    + metric.get(1).asText()
                    + ' '
                    + metric.get(2).asText());
          }
        });

    Set<String> known = new TreeSet<>(OF_AWS);
    known.addAll(written());
    assertThat(shown).isEqualTo(known);
  }

  @Test
  void dashboard_shouldCalculateWithMetricsThatItHas() {
    widgets()
        .forEach(widget -> {
          Set<String> ids = new TreeSet<>();
          List<String> expressions = new ArrayList<>();
          widget
              .get("metrics")
              .forEach(metric -> {
                JsonNode last = metric.get(metric.size() - 1);
                (last.has("expression") ? expressions : ids)
                    .add(last.path(last.has("expression") ? "expression" : "id").asText());
              });
          expressions.forEach(expression ->
              assertThat(ids)
                  .containsAll(
                      Stream.of(expression.replaceAll("\\$\\{.*?}", "1").split("[^A-Za-z]+", -1))
                          .filter(name -> !name.isEmpty())
                          .toList()));
        });
  }

  @Test
  void alarms_shouldRingOnWhatIsWritten_andSayWhy() {
    Set<String> known = new TreeSet<>(OF_AWS);
    known.addAll(written());
    RESOURCES
        .valueStream()
        .filter(resource -> resource.get("Type").asText().equals("AWS::CloudWatch::Alarm"))
        .map(alarm -> alarm.get("Properties"))
        .forEach(alarm -> {
          assertThat(alarm.get("AlarmDescription").asText()).hasSizeGreaterThan(40);
          List<JsonNode> metrics = alarm.findParents("MetricName");
          assertThat(metrics)
              .isNotEmpty()
              .allSatisfy(metric -> assertThat(known).contains(name(metric)));
        });
  }

  @Test
  void operations_shouldTellTheFirstThreeSteps_ofEachAlarm() throws IOException {
    List<String> told =
        Files.readAllLines(Path.of("docs", "operations.md")).stream()
            .filter(line -> line.matches("\\| `\\w+Alarm` \\|( [^|]{3,} \\|){4}"))
            .map(line -> line.split("`", -1)[1])
            .toList();

    assertThat(told)
        .containsExactlyInAnyOrderElementsOf(
            RESOURCES
                .propertyStream()
                .filter(it -> it.getValue().path("Type").asText().equals("AWS::CloudWatch::Alarm"))
                .map(Map.Entry::getKey)
                .toList());
  }

  private static String name(JsonNode metric) {
    return metric.get("Namespace").asText()
        + ' '
        + metric.get("MetricName").asText()
        + ' '
        + metric.at("/Dimensions/0/Name").asText();
  }

  private static Set<String> written() {
    Set<String> names = new TreeSet<>();
    for (Count count : Count.values()) {
      names.add(EmfMeter.name(count));
    }
    for (Measure measure : Measure.values()) {
      names.add(EmfMeter.name(measure));
    }
    for (RejectionCode code : RejectionCode.values()) {
      names.add(EmfMeter.rejection(code.name()));
    }
    names.add(EmfMeter.rejection("ARCHIVED"));
    names.add(EmfMeter.COLD_STARTS);
    Set<String> metrics = new TreeSet<>();
    names.forEach(name -> metrics.add(EmfMeter.NAMESPACE + ' ' + name + ' ' + EmfMeter.DIMENSION));
    return metrics;
  }

  private static Stream<JsonNode> widgets() {
    return RESOURCES
        .at("/Dashboard/Properties/DashboardBody/Fn::ToJsonString/widgets")
        .valueStream()
        .map(widget -> widget.get("properties"));
  }

  private static JsonNode read() {
    try {
      return new YAMLMapper().readTree(Path.of("template.yaml").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
