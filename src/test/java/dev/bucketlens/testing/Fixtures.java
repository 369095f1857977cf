package dev.bucketlens.testing;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The events of the folder {@code events/}. */
public final class Fixtures {
  private Fixtures() {}

  /** The event as Lambda hands it over. */
  public static Map<String, Object> event(String name) {
    try (InputStream in = Fixtures.class.getResourceAsStream("/events/" + name + ".json")) {
      return JSON.std.mapFrom(Objects.requireNonNull(in, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The body of its first SQS message. */
  public static String body(String name) {
    return (String) first(name, "Records").get("body");
  }

  /** Its first task of S3 Batch Operations. */
  public static Map<?, ?> task(String name) {
    return first(name, "tasks");
  }

  private static Map<?, ?> first(String name, String list) {
    return (Map<?, ?>) ((List<?>) event(name).get(list)).getFirst();
  }
}
