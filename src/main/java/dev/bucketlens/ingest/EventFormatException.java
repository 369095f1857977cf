package dev.bucketlens.ingest;

import dev.bucketlens.json.FieldErrors;

/** An event is of no known shape; the message tells what was found instead, never a payload. */
public final class EventFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  /** AWS adds fields, so that no name is refused. */
  static final FieldErrors<EventFormatException> FIELDS =
      (path, _, expected) ->
          new EventFormatException("event field " + path + " is not " + expected);

  EventFormatException(String message) {
    super(message);
  }

  EventFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
