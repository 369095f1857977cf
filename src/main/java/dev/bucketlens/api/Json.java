package dev.bucketlens.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON to and from maps and lists. */
final class Json {

  private static final JSON MAPPER =
      JSON.std.with(JSON.Feature.FAIL_ON_DUPLICATE_MAP_KEYS, JSON.Feature.WRITE_NULL_PROPERTIES);

  private Json() {}

  /**
   * Returns a JSON object that keeps the order of its fields.
   *
   * @param namesAndValues names and values by turns; a value may be null
   */
  static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }

  static String write(Object value) {
    try {
      return MAPPER.asString(value);
    } catch (IOException e) {
      throw new UncheckedIOException("JSON of maps, lists and texts cannot fail", e);
    }
  }

  /**
   * Reads one object.
   *
   * @throws ApiException 400 if the text is not exactly one JSON object
   */
  static Map<String, Object> readObject(byte[] json) {
    try (JsonParser parser = MAPPER.createParser(json)) {
      if (MAPPER.anyFrom(parser) instanceof Map<?, ?> object && parser.nextToken() == null) {
        Map<String, Object> copy = new LinkedHashMap<>();
        object.forEach((name, value) -> copy.put(name.toString(), value));
        return copy;
      }
    } catch (IOException e) {
      // The parser's own words quote the input, which a caller's log need not hold.
    }
    throw new ApiException(400, "INVALID_JSON", "The body is not a JSON object.");
  }
}
