package dev.bucketlens.ingest;

/** An event is of no known shape; the message tells what was found instead, never a payload. */
public final class EventFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  EventFormatException(String message) {
    super(message);
  }

  EventFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
