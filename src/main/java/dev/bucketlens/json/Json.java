package dev.bucketlens.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * JSON text to and from maps, lists, texts, numbers and truth values: the one place that knows the
 * library. A text is one value with nothing behind it, and no name stands twice in an object; what
 * is written keeps the order of its fields, and its nulls.
 */
public final class Json {

  private static final JSON MAPPER =
      JSON.std
          .with(JSON.Feature.FAIL_ON_DUPLICATE_MAP_KEYS)
          .with(JSON.Feature.WRITE_NULL_PROPERTIES);

  private Json() {}

  /**
   * Reads a value of whatever kind.
   *
   * @throws JsonSyntaxException if it is no JSON
   */
  public static Object read(byte[] json) throws JsonSyntaxException {
    try (JsonParser parser = MAPPER.createParser(json)) {
      Object value = MAPPER.anyFrom(parser);
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "expected nothing more behind the object");
      }
      return value;
    } catch (JacksonException e) {
      throw new JsonSyntaxException(e);
    } catch (IOException e) {
      throw new UncheckedIOException("Bytes in memory cannot fail", e);
    }
  }

  /**
   * Reads an object.
   *
   * @throws JsonSyntaxException if it is no JSON object
   */
  public static Map<String, Object> readObject(String json) throws JsonSyntaxException {
    return named(read(json.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Likewise, to the end of the stream.
   *
   * @throws JsonSyntaxException if it is no JSON object
   */
  public static Map<String, Object> readObject(InputStream json) throws IOException {
    return named(read(json.readAllBytes()));
  }

  private static Map<String, Object> named(Object value) throws JsonSyntaxException {
    if (value instanceof Map<?, ?> fields) {
      return Trees.named(fields);
    }
    throw new JsonSyntaxException("expected an object");
  }

  /**
   * Returns a JSON object that keeps the order of its fields.
   *
   * @param namesAndValues names and values by turns; a value may be null
   */
  public static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }

  /** Writes a value as text. */
  public static String write(Object value) {
    try {
      return MAPPER.asString(value);
    } catch (IOException e) {
      throw new UncheckedIOException("JSON of maps, lists and texts cannot fail", e);
    }
  }

  /** Likewise, as bytes of UTF-8. */
  public static byte[] writeBytes(Object value) {
    try {
      return MAPPER.asBytes(value);
    } catch (IOException e) {
      throw new UncheckedIOException("JSON of maps, lists and texts cannot fail", e);
    }
  }
}
