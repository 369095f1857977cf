package dev.bucketlens.engine;

/** LiteRT refused an operation; the message carries what the library itself reported. */
public final class LiteRtException extends RuntimeException {

  LiteRtException(String message) {
    super(message);
  }

  LiteRtException(String message, Throwable cause) {
    super(message, cause);
  }
}
