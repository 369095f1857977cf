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
 * another. Thread-safe.
 */
public final class Announcer {
  private static final Logger LOG = System.getLogger(Announcer.class.getName());

  private final EventBus bus;

  /** Announces on {@code bus}. */
  public Announcer(EventBus bus) {
    this.bus = bus;
  }

  /** An event with the record that it comes from. */
  private record Announcement(String sequenceNumber, ImageEvent event) {}

  /**
   * Tells of all records, or of those before the first that fails.
   *
   * @param records as Lambda delivers them
   * @return the sequence number at which to go on; empty if all is told
   */
  public Optional<String> announce(List<Map<?, ?>> records) {
    List<Announcement> announcements = new ArrayList<>();
    Optional<String> unreadable = Optional.empty();
    for (Map<?, ?> told : records) {
      try {
        StreamRecord record = StreamRecord.read(told);
        ImageEvent.of(record)
            .ifPresent(it -> announcements.add(new Announcement(record.sequenceNumber(), it)));
      } catch (IllegalArgumentException e) {
        String number = StreamRecord.sequenceNumber(told);
        LOG.log(Level.WARNING, "Record " + number + " cannot be read: " + e.getMessage());
        unreadable = Optional.of(number);
        break;
      }
    }
    Optional<String> failed = send(announcements);
    return failed.isPresent() ? failed : unreadable;
  }

  private Optional<String> send(List<Announcement> announcements) {
    for (int from = 0; from < announcements.size(); from += EventBus.MOST_ENTRIES) {
      int to = Math.min(from + EventBus.MOST_ENTRIES, announcements.size());
      Optional<String> failed = sendOnce(announcements.subList(from, to));
      if (failed.isPresent()) {
        return failed;
      }
    }
    return Optional.empty();
  }

  private Optional<String> sendOnce(List<Announcement> some) {
    List<String> failures;
    try {
      failures = bus.put(some.stream().map(Announcement::event).toList());
    } catch (IOException e) {
      return failed(some.getFirst(), e.getMessage());
    }
    for (int i = 0; i < some.size(); i++) {
      if (!failures.get(i).isEmpty()) {
        return failed(some.get(i), failures.get(i));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> failed(Announcement announcement, String reason) {
    LOG.log(
        Level.WARNING,
        "Record {0} of {1} was not told: {2}",
        announcement.sequenceNumber(),
        announcement.event().detail().get("image"),
        reason);
    return Optional.of(announcement.sequenceNumber());
  }
}
