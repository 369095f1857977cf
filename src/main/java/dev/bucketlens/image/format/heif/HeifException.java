package dev.bucketlens.image.format.heif;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;

/** What libheif answered instead of a picture, by the codes of {@code heif_error_code}. */
final class HeifException extends Exception {

  private static final long serialVersionUID = 1;

  private static final int OK = 0;
  private static final int UNSUPPORTED_FILE = 3;
  private static final int UNSUPPORTED_FEATURE = 4;
  private static final int MEMORY = 6;

  private final int code;

  private HeifException(int code) {
    super("libheif's error " + code);
    this.code = code;
  }

  static void check(int code) throws HeifException {
    if (code != OK) {
      throw new HeifException(code);
    }
  }

  ImageRejectedException rejection() {
    return switch (code) {
      case UNSUPPORTED_FILE, UNSUPPORTED_FEATURE ->
          new ImageRejectedException(
              RejectionCode.UNSUPPORTED_FORMAT,
              "The HEIC is of a kind that is not supported; send a still picture compressed by"
                  + " HEVC, or a JPEG.");
      case MEMORY ->
          new ImageRejectedException(
              RejectionCode.TOO_MANY_PIXELS,
              "The HEIC needs more memory than is allowed; send a JPEG.");
      default ->
          new ImageRejectedException(
              RejectionCode.CORRUPT, "The HEIC is damaged or ends early; it cannot be decoded.");
    };
  }
}
