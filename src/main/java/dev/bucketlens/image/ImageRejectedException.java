package dev.bucketlens.image;

import java.util.Objects;

/**
 * The image can never be classified. The message is one sentence for people; it never quotes the
 * file's content.
 */
public final class ImageRejectedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final RejectionCode code;

  /** Rejects with the code's own sentence. */
  public ImageRejectedException(RejectionCode code) {
    this(code, code.sentence());
  }

  /**
   * Rejects with a sentence that says more than the code's own, such as the size that was found.
   */
  public ImageRejectedException(RejectionCode code, String sentence) {
    super(Objects.requireNonNull(sentence, "sentence"));
    this.code = Objects.requireNonNull(code, "code");
  }

  /** Rejects because of another exception, which stays as the cause. */
  public ImageRejectedException(RejectionCode code, String sentence, Throwable cause) {
    super(Objects.requireNonNull(sentence, "sentence"), cause);
    this.code = Objects.requireNonNull(code, "code");
  }

  /** Why, for programs. */
  public RejectionCode code() {
    return code;
  }
}
