package dev.bucketlens.classify;

/**
 * The operators that score, or that scores are led through, by the codes that the enumeration of
 * this name in {@code schema.fbs} gives them.
 */
enum BuiltinOperator {
  ADD(0),
  AVERAGE_POOL_2D(1),
  CONCATENATION(2),
  CONV_2D(3),
  DEPTHWISE_CONV_2D(4),
  DEQUANTIZE(6),
  FULLY_CONNECTED(9),
  LOGISTIC(14),
  MAX_POOL_2D(17),
  MUL(18),
  RELU(19),
  RELU_N1_TO_1(20),
  RELU6(21),
  RESHAPE(22),
  SOFTMAX(25),
  TANH(28),
  GATHER(36),
  TRANSPOSE(39),
  MEAN(40),
  SUB(41),
  DIV(42),
  SQUEEZE(43),
  STRIDED_SLICE(45),
  EXP(47),
  SPLIT(49),
  LOG_SOFTMAX(50),
  CAST(53),
  MAXIMUM(55),
  MINIMUM(57),
  NEG(59),
  SLICE(65),
  EXPAND_DIMS(70),
  REDUCE_MAX(82),
  PACK(83),
  UNPACK(88),
  SPLIT_V(102),
  QUANTIZE(114),
  RELU_0_TO_1(152),

  /** Any other. */
  OTHER(-1);

  private final int code;

  BuiltinOperator(int code) {
    this.code = code;
  }

  static BuiltinOperator of(int code) {
    for (BuiltinOperator operator : values()) {
      if (operator.code == code) {
        return operator;
      }
    }
    return OTHER;
  }
}
