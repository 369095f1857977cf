package dev.bucketlens.image;

/**
 * Why an image can never be classified. A rejection is final: the same bytes are rejected again, so
 * nobody tries twice.
 */
public enum RejectionCode {
  EMPTY("The file is empty."),
  NOT_AN_IMAGE(
      "The file is not an image of a known format; send JPEG, PNG, WebP, AVIF, GIF, BMP or TIFF."),
  UNSUPPORTED_FORMAT("The image format is not supported."),
  CORRUPT("The image is damaged and cannot be decoded."),
  TRUNCATED("The image file ends before the image does."),
  TOO_MANY_BYTES("The file is larger than the limit."),
  TOO_MANY_PIXELS("The image has more pixels than the limit."),
  TOO_SMALL("The image is too small to classify."),

  /** The model's doing and not the image's; another model may have scores for it. */
  UNSCORABLE("The model gives no usable scores for this image.");

  private final String sentence;

  RejectionCode(String sentence) {
    this.sentence = sentence;
  }

  /** What to tell of a file of {@code bytes} where {@code most} are read. */
  public static String tooManyBytes(long bytes, long most) {
    return "The file has %,d bytes; at most %,d are accepted.".formatted(bytes, most);
  }

  /** Returns what to tell a person when no better sentence is known. */
  public String sentence() {
    return sentence;
  }
}
