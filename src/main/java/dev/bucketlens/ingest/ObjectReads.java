package dev.bucketlens.ingest;

import dev.bucketlens.ingest.IngestMeter.Measure;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The reads of objects that events lead to, with the time that they take told. A small object is
 * read while the table is still being asked: a duplicate reads in vain, and all others wait less.
 * Thread-safe.
 */
final class ObjectReads {
  /**
   * Up to this size, in bytes, an object is read ahead: 12 MP photos, and not what would take
   * longer to send than to ask.
   */
  static final long MOST_READ_AHEAD = 8L * 1024 * 1024;

  private final ObjectReader reader;
  private final IngestMeter meter;

  /** The read of the very content that an event speaks of, whenever it is made. */
  interface Pinned extends AutoCloseable {
    /** S3's answer; a failure of the read is thrown as it was. */
    S3Answer get();

    /** Breaks off a read that nobody waits for. */
    @Override
    default void close() {}
  }

  ObjectReads(ObjectReader reader, IngestMeter meter) {
    this.reader = reader;
    this.meter = meter;
  }

  /** Begins the read if the object is small; otherwise it is made when it is asked for. */
  Pinned beginPinned(ObjectEvent event) {
    Supplier<S3Answer> read = () -> timed(() -> reader.readPinned(event));
    return isReadAhead(event) ? ReadAhead.begin(read) : read::get;
  }

  private boolean isReadAhead(ObjectEvent event) {
    return event.tellsContent()
        && event.size() != ObjectEvent.UNKNOWN_SIZE
        && event.size() <= Math.min(MOST_READ_AHEAD, reader.maxBytes());
  }

  /**
   * Reads what the key shows now.
   *
   * @param knownETag content not to send again; null for none
   */
  S3Answer readCurrent(ObjectEvent event, String knownETag) {
    return timed(() -> reader.readCurrent(event, knownETag));
  }

  private S3Answer timed(Supplier<S3Answer> read) {
    long start = System.nanoTime();
    S3Answer answer = read.get();
    if (answer instanceof S3Answer.Found) {
      meter.record(Measure.DOWNLOAD_TIME, Duration.ofNanos(System.nanoTime() - start));
    }
    return answer;
  }
}
