package dev.bucketlens.deployed;

import dev.bucketlens.results.ImageResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.openqa.selenium.support.ui.FluentWait;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The bucket and the table of a stack: a photo is put in the one, its scores are in the other a
 * moment later.
 */
final class Photos {
  private static final Path SAMPLES = Path.of("src/local/resources/photos");

  /**
   * A function starts on a processor that it shares with all the rest, and an event that finds none
   * comes again after half a minute.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Aws aws;
  private final String bucket;
  private final String table;

  Photos(Stack stack) {
    this(stack.aws(), stack.output("Bucket"), stack.output("Table"));
  }

  Photos(Aws aws, String bucket, String table) {
    this.aws = aws;
    this.bucket = bucket;
    this.table = table;
  }

  /** A sample photo's bytes. */
  static byte[] sample(String name) {
    try {
      return Files.readAllBytes(SAMPLES.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a sample photo. */
  void put(String key, String sample) {
    put(key, sample(sample));
  }

  void put(String key, byte[] file) {
    aws.s3().putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(file));
  }

  void putText(String key, String text) {
    aws.s3().putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString(text));
  }

  /** Takes the item away, as if the object had never been scored. */
  void forget(String key) {
    Map<String, AttributeValue> image =
        Map.of("image", AttributeValue.fromS(ImageResult.imageOf(bucket, key)));
    aws.dynamoDb().deleteItem(r -> r.tableName(table).key(image));
  }

  void delete(String key) {
    aws.s3().deleteObject(r -> r.bucket(bucket).key(key));
  }

  /** What the table holds of an object now; empty for nothing. */
  Map<String, AttributeValue> item(String key) {
    Map<String, AttributeValue> image =
        Map.of("image", AttributeValue.fromS(ImageResult.imageOf(bucket, key)));
    return aws.dynamoDb().getItem(r -> r.tableName(table).key(image).consistentRead(true)).item();
  }

  /** The best label of an object, once there is one. */
  String awaitLabel(String key) {
    return await(key, it -> it.containsKey("label")).get("label").s();
  }

  /** The item of an object, once it is as expected. */
  Map<String, AttributeValue> await(String key, Predicate<Map<String, AttributeValue>> expected) {
    return new FluentWait<>(this)
        .withTimeout(PATIENCE)
        .pollingEvery(Duration.ofMillis(100))
        .withMessage(() -> "Not what is expected of %s: %s".formatted(key, item(key)))
        .until(it -> {
          Map<String, AttributeValue> item = it.item(key);
          return expected.test(item) ? item : null;
        });
  }

  String bucket() {
    return bucket;
  }

  String table() {
    return table;
  }
}
