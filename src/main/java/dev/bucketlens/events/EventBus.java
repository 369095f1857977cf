package dev.bucketlens.events;

import dev.bucketlens.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * The default event bus of an account, in the one call that is needed of EventBridge. Thread-safe.
 */
public final class EventBus {
  /** The {@code source} of all events. */
  public static final String SOURCE = "bucketlens";

  /** What EventBridge takes in one call. */
  static final int MOST_ENTRIES = 10;

  /** What EventBridge takes in one call, as it counts: see {@link Entry#size}. */
  static final int MOST_BYTES = 262_144;

  private static final AwsCalls.Operation PUT_EVENTS =
      new AwsCalls.Operation("events", "1.1", "AWSEvents.PutEvents");

  private final AwsCalls calls;
  private final URI endpoint;

  /**
   * The bus of the region of {@code calls}.
   *
   * @param endpoint null for AWS
   */
  public EventBus(AwsCalls calls, URI endpoint) {
    this.calls = calls;
    this.endpoint = endpoint == null ? endpoint(calls.region()) : endpoint;
  }

  private static URI endpoint(Region region) {
    String domain = PartitionMetadata.of(region).dnsSuffix();
    return URI.create("https://%s.%s.%s".formatted(PUT_EVENTS.signingName(), region.id(), domain));
  }

  /** An event as it is sent. */
  record Entry(String detailType, long time, String detail) {

    /** Bytes that EventBridge gives a time, however it is written. */
    private static final int TIME = 14;

    static Entry of(ImageEvent event) {
      return new Entry(
          event.type().detailType(), event.at().getEpochSecond(), Json.write(event.detail()));
    }

    /** Bytes of it, as EventBridge counts them. */
    int size() {
      return TIME + bytes(SOURCE) + bytes(detailType) + bytes(detail);
    }

    private static int bytes(String text) {
      return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private Map<String, Object> told() {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("Source", SOURCE);
      entry.put("DetailType", detailType);
      entry.put("Time", time);
      entry.put("Detail", detail);
      return entry;
    }
  }

  /**
   * Sends events, in order.
   *
   * @param events at most {@value #MOST_ENTRIES}, and together {@value #MOST_BYTES} bytes
   * @return for each event why it was not taken, or an empty text if it was
   * @throws IOException if the call failed as a whole
   */
  List<String> put(List<Entry> events) throws IOException {
    List<Map<String, Object>> entries = events.stream().map(Entry::told).toList();
    Map<String, Object> answer = calls.call(PUT_EVENTS, endpoint, Map.of("Entries", entries));
    if (answer.get("Entries") instanceof List<?> results && results.size() == events.size()) {
      return results.stream().map(EventBus::failure).toList();
    }
    throw new IOException("EventBridge answered for another number of events than were sent");
  }

  private static String failure(Object result) {
    Map<?, ?> entry = (Map<?, ?>) result;
    return entry.get("ErrorCode") == null
        ? ""
        : entry.get("ErrorCode") + ": " + entry.get("ErrorMessage");
  }
}
