package dev.bucketlens.fetch;

import java.util.Objects;

/** A URL that was not fetched, with a stable code and a sentence for people. */
public final class FetchException extends Exception {

  private static final long serialVersionUID = 1L;

  private final FetchError code;

  /** Creates a refusal or failure; {@code message} is a sentence that names the URL's part. */
  public FetchException(FetchError code, String message) {
    this(code, message, null);
  }

  /** Creates a failure with what caused it. */
  public FetchException(FetchError code, String message, Throwable cause) {
    super(Objects.requireNonNull(message), cause);
    this.code = Objects.requireNonNull(code);
  }

  /** Which rule refused it, or what failed. */
  public FetchError code() {
    return code;
  }
}
