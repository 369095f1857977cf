package dev.bucketlens.lambda;

/** A setting is missing or wrong; the message names it, its value, and what was expected. */
public final class SettingException extends RuntimeException {

  private static final long serialVersionUID = 1;

  SettingException(String message) {
    super(message);
  }

  SettingException(String message, Throwable cause) {
    super(message, cause);
  }
}
