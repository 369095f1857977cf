package dev.bucketlens.engine;

/** What the elements of a tensor are: all that LiteRT knows, so that a message can name them. */
public enum TensorType {
  NONE(0),
  FLOAT32(1),
  INT32(2),
  UINT8(3),
  INT64(4),
  STRING(5),
  BOOL(6),
  INT16(7),
  COMPLEX64(8),
  INT8(9),
  FLOAT16(10),
  FLOAT64(11),
  COMPLEX128(12),
  UINT64(13),
  RESOURCE(14),
  VARIANT(15),
  UINT32(16),
  UINT16(17),
  INT4(18),
  BFLOAT16(19),
  INT2(20),
  UINT4(21),
  FLOAT8_E4M3FN(22),
  FLOAT8_E5M2(23),
  /** One that a later release has. */
  UNKNOWN(-1);

  private final int code;

  TensorType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** Returns the smallest value that an element of this quantised type can hold. */
  public int minimum() {
    return this == INT8 ? Byte.MIN_VALUE : 0;
  }

  /** Returns the largest value that an element of this quantised type can hold. */
  public int maximum() {
    return this == INT8 ? Byte.MAX_VALUE : 255;
  }

  /** Returns whether elements are integers of 8 bits, which stand for real numbers. */
  public boolean isQuantized() {
    return this == UINT8 || this == INT8;
  }

  /** Returns whether an {@link Interpreter} can be given, and can give, elements of this type. */
  public boolean isSupported() {
    return this == FLOAT32 || isQuantized();
  }

  /** Maps {@code LiteRtElementType}, which has the codes of {@code TfLiteType}. */
  static TensorType ofCode(int code) {
    for (TensorType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    return UNKNOWN;
  }
}
