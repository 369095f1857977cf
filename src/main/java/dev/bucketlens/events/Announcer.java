package dev.bucketlens.events;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the bus what the records of the stream say, in their order. It stops at the first record
 * that it could not tell: the stream goes on from there, so that no image's events overtake one
 * another. A record that can never be told is a dead letter at once, and holds up none.
 * Thread-safe.
 */
public final class Announcer {
  private static final Logger LOG = System.getLogger(Announcer.class.getName());

  private final EventBus bus;
  private final DeadLetters deadLetters;

  /** Announces on {@code bus}; what nobody can be told goes to {@code deadLetters}. */
  public Announcer(EventBus bus, DeadLetters deadLetters) {
    this.bus = bus;
    this.deadLetters = deadLetters;
  }

  /**
   * Tells of all records, or of those before the first that fails.
   *
   * @param records as Lambda delivers them
   * @return the sequence number at which to go on; empty if all is told
   */
  public Optional<String> announce(List<Map<?, ?>> records) {
    Call call = new Call();
    for (Map<?, ?> told : records) {
      Optional<String> failed;
      try {
        failed = add(call, StreamRecord.read(told));
      } catch (IllegalArgumentException e) {
        failed = call.send().or(() -> bury(told, e.getMessage()));
      }
      if (failed.isPresent()) {
        return failed;
      }
    }
    return call.send();
  }

  private Optional<String> add(Call call, StreamRecord record) {
    return ImageEvent.of(record)
        .flatMap(event -> call.add(new Announcement(record.sequenceNumber(), event)));
  }

  private Optional<String> bury(Map<?, ?> told, String reason) {
    String number = StreamRecord.sequenceNumber(told);
    try {
      deadLetters.put(told, reason);
      LOG.log(
          Level.ERROR, "Record {0} can never be told and is a dead letter: {1}", number, reason);
      return Optional.empty();
    } catch (IOException e) {
      LOG.log(
          Level.WARNING,
          "Record {0} can never be told, and is no dead letter yet: {1}",
          number,
          e.getMessage());
      return Optional.of(number);
    }
  }

  /** An event with the record that it comes from. */
  private record Announcement(String sequenceNumber, Object image, EventBus.Entry entry) {

    /** An event of a record, unless it is larger than EventBridge takes any. */
    Announcement(String sequenceNumber, ImageEvent event) {
      this(sequenceNumber, event.detail().get("image"), EventBus.Entry.of(event));
      if (entry.size() > EventBus.MOST_BYTES) {
        throw new IllegalArgumentException(
            "The event has %d bytes; EventBridge takes %d"
                .formatted(entry.size(), EventBus.MOST_BYTES));
      }
    }
  }

  /** What is sent at once: as much as EventBridge takes. */
  private final class Call {
    private final List<Announcement> announcements = new ArrayList<>();
    private int bytes;

    /** Adds an announcement, behind what has to be sent first to make room. */
    Optional<String> add(Announcement announcement) {
      int size = announcement.entry().size();
      boolean full =
          announcements.size() == EventBus.MOST_ENTRIES || bytes + size > EventBus.MOST_BYTES;
      Optional<String> failed = full ? send() : Optional.empty();
      announcements.add(announcement);
      bytes += size;
      return failed;
    }

    /** Sends what was added, if anything was; returns the record at which it failed. */
    Optional<String> send() {
      List<Announcement> sent = List.copyOf(announcements);
      announcements.clear();
      bytes = 0;
      if (sent.isEmpty()) {
        return Optional.empty();
      }
      try {
        return firstFailure(sent, bus.put(sent.stream().map(Announcement::entry).toList()));
      } catch (IOException e) {
        return failed(sent.getFirst(), e.getMessage());
      }
    }
  }

  private static Optional<String> firstFailure(List<Announcement> sent, List<String> failures) {
    for (int i = 0; i < sent.size(); i++) {
      if (!failures.get(i).isEmpty()) {
        return failed(sent.get(i), failures.get(i));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> failed(Announcement announcement, String reason) {
    LOG.log(
        Level.WARNING,
        "Record {0} of {1} was not told: {2}",
        announcement.sequenceNumber(),
        announcement.image(),
        reason);
    return Optional.of(announcement.sequenceNumber());
  }
}
