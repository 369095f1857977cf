package dev.bucketlens.classify;

/** A caller's {@link ClassifyOptions} make no sense; the message names the option and its range. */
public final class InvalidOptionsException extends IllegalArgumentException {

  InvalidOptionsException(String message) {
    super(message);
  }
}
