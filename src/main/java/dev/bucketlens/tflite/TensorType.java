package dev.bucketlens.tflite;

/** The element types a classifier's tensors may have here. */
public enum TensorType {
  FLOAT32(1, 4),
  UINT8(3, 1),
  INT8(9, 1),
  /**
   * Any other type, such as a string or a 64-bit integer: named in messages, never computed with.
   */
  OTHER(-1, 0);

  private final int code;
  private final int bytes;

  TensorType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** Returns the size of one element in bytes. */
  int bytes() {
    return bytes;
  }

  /** Returns the smallest value that an element of this quantised type can hold. */
  public int minimum() {
    return this == INT8 ? Byte.MIN_VALUE : 0;
  }

  /** Returns the largest value that an element of this quantised type can hold. */
  public int maximum() {
    return this == INT8 ? Byte.MAX_VALUE : 255;
  }

  /** Returns whether elements are integers that stand for real numbers. */
  public boolean isQuantized() {
    return this == UINT8 || this == INT8;
  }

  /** Maps {@code TfLiteType}; a code this build does not know is {@link #OTHER}. */
  static TensorType ofCode(int code) {
    for (TensorType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    return OTHER;
  }
}
