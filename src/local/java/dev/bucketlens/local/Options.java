package dev.bucketlens.local;

import dev.bucketlens.rescore.Rescoring;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * What a user may choose on the command line, as {@code -Dname=value}.
 *
 * @param s3Port {@code s3.port}, 0 for any free one
 * @param dynamoDbPort {@code dynamodb.port}, likewise
 * @param httpPort {@code http.port}, likewise
 * @param data {@code data}: the folder that objects, table and queue live in
 * @param model {@code model}: the {@code .tflite} file, or one in the local S3, {@code
 *     s3://bucket/name.tflite}
 * @param modelVersion {@code model.version}: for one in S3, its version's id or ETag
 * @param shadow {@code shadow}: a second model on trial
 * @param shadowVersion {@code shadow.version}: as {@code model.version}
 * @param shadowPercent {@code shadow.percent}: how many of a hundred uploads it scores too
 * @param once {@code once}: whether to end after the sample photos
 * @param rescore {@code rescore}: photos a second at which what another model has scored is scored
 *     again after the sample photos; empty for not at all
 * @param fetchNetworks {@code fetch.networks}: private networks that the API may fetch URLs from,
 *     such as {@code 127.0.0.0/8}
 * @param fetchPorts {@code fetch.ports}: the ports it may connect to instead of 80 and 443
 * @param reviewBelow {@code review.below}: images with a lower score are put in the queue of
 *     reviews
 * @param reviewSample {@code review.sample}: the random share of images that is too
 * @param eventsUrl {@code events.url}: where events are posted to; empty for nowhere
 * @param chaos {@code chaos.duplicate}, {@code chaos.reorder}, {@code chaos.fail}
 */
record Options(
    int s3Port,
    int dynamoDbPort,
    int httpPort,
    Path data,
    String model,
    String modelVersion,
    String shadow,
    String shadowVersion,
    String shadowPercent,
    boolean once,
    Optional<Double> rescore,
    String fetchNetworks,
    String fetchPorts,
    String reviewBelow,
    String reviewSample,
    Optional<URI> eventsUrl,
    Chaos chaos) {

  /** Reads the options; an empty value counts as not given. */
  static Options from(Map<String, String> properties) {
    return new Options(
        port(properties, "s3.port", 9000),
        port(properties, "dynamodb.port", 8000),
        port(properties, "http.port", 8080),
        Path.of(text(properties, "data", "target/local")),
        text(properties, "model", "model/efficientnet-lite0.tflite"),
        text(properties, "model.version", ""),
        text(properties, "shadow", ""),
        text(properties, "shadow.version", ""),
        text(properties, "shadow.percent", ""),
        Boolean.parseBoolean(text(properties, "once", "false")),
        rate(properties),
        text(properties, "fetch.networks", ""),
        text(properties, "fetch.ports", ""),
        text(properties, "review.below", "0.5"),
        text(properties, "review.sample", "0"),
        url(properties, "events.url"),
        new Chaos(
            share(properties, "chaos.duplicate"),
            Boolean.parseBoolean(text(properties, "chaos.reorder", "false")),
            share(properties, "chaos.fail"),
            new Random()));
  }

  private static String text(Map<String, String> properties, String name, String fallback) {
    String value = properties.get(name);
    return value == null || value.isBlank() ? fallback : value;
  }

  private static Optional<Double> rate(Map<String, String> properties) {
    return Optional.of(text(properties, "rescore", ""))
        .filter(it -> !it.isEmpty())
        .map(Rescoring::rate);
  }

  private static Optional<URI> url(Map<String, String> properties, String name) {
    String value = text(properties, name, "");
    if (value.isEmpty() || value.matches("https?://[^/?#\\s]+[^\\s]*")) {
      return Optional.of(value).filter(it -> !it.isEmpty()).map(URI::create);
    }
    throw new IllegalArgumentException(
        "-D" + name + "=" + value + ": expected an address such as http://127.0.0.1:9999/hook.");
  }

  private static int port(Map<String, String> properties, String name, int fallback) {
    String value = text(properties, name, Integer.toString(fallback));
    if (value.matches("\\d{1,5}") && Integer.parseInt(value) <= 65535) {
      return Integer.parseInt(value);
    }
    throw new IllegalArgumentException(
        "-D" + name + "=" + value + ": expected a port from 0 to 65535.");
  }

  private static double share(Map<String, String> properties, String name) {
    String value = text(properties, name, "0");
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "-D" + name + "=" + value + ": expected a share from 0 to less than 1, such as 0.2.", e);
    }
  }
}
