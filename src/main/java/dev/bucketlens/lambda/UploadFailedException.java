package dev.bucketlens.lambda;

/** Part of an event was not done and its caller knows only to deliver all of it again. */
final class UploadFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UploadFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
