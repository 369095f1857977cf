package dev.bucketlens.lambda;

/** A setting is missing or wrong; the message names it, its value, and what was expected. */
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1;

  ConfigException(String message) {
    super(message);
  }

  ConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
