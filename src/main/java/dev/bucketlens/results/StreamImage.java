package dev.bucketlens.results;

import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An item as the table's stream delivers it to Lambda, in DynamoDB's JSON: {@code {"S": …}}. */
public final class StreamImage {
  /** Types of what another program put beside a result, which has none of them. */
  private static final Set<String> FOREIGN = Set.of("B", "BS", "NS", "SS");

  private StreamImage() {}

  /**
   * Reads an item.
   *
   * @throws IllegalArgumentException if it is no result
   */
  public static ImageResult read(Map<?, ?> image) {
    try {
      return ItemCodec.fromItem(attributes(image));
    } catch (NullPointerException | ClassCastException | DateTimeException e) {
      throw new IllegalArgumentException(
          "The item lacks an attribute of a result, or has another in its place; it has "
              + image.keySet(),
          e);
    }
  }

  private static Map<String, AttributeValue> attributes(Map<?, ?> image) {
    return image.entrySet().stream()
        .filter(it -> !isForeign(it.getValue()))
        .collect(Collectors.toMap(it -> (String) it.getKey(), it -> attribute(it.getValue())));
  }

  private static boolean isForeign(Object typed) {
    return typed instanceof Map<?, ?> map && FOREIGN.containsAll(map.keySet());
  }

  private static AttributeValue attribute(Object typed) {
    if (typed instanceof Map<?, ?> map && map.size() == 1) {
      Map.Entry<?, ?> entry = map.entrySet().iterator().next();
      return attribute((String) entry.getKey(), entry.getValue());
    }
    throw new IllegalArgumentException("An attribute is no object of one type and its value");
  }

  private static AttributeValue attribute(String type, Object value) {
    return switch (type) {
      case "S" -> AttributeValue.fromS((String) value);
      case "N" -> AttributeValue.fromN((String) value);
      case "BOOL" -> AttributeValue.fromBool((Boolean) value);
      case "NULL" -> AttributeValue.fromNul(true);
      case "M" -> AttributeValue.fromM(attributes((Map<?, ?>) value));
      case "L" ->
          AttributeValue.fromL(
              ((List<?>) value)
                  .stream().filter(it -> !isForeign(it)).map(StreamImage::attribute).toList());
      default ->
          throw new IllegalArgumentException(
              "An attribute is of type " + type + "; expected S, N, BOOL, NULL, M or L");
    };
  }
}
