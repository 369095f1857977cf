package dev.bucketlens.engine;

import java.util.Map;

/** The meaning of {@code LiteRtStatus}, as {@code litert_common.h} declares it. */
final class LiteRtStatus {

  static final int OK = 0;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(OK, "OK"),
          Map.entry(1, "INVALID_ARGUMENT"),
          Map.entry(2, "MEMORY_ALLOCATION_FAILURE"),
          Map.entry(3, "RUNTIME_FAILURE"),
          Map.entry(4, "MISSING_INPUT_TENSOR"),
          Map.entry(5, "UNSUPPORTED"),
          Map.entry(6, "NOT_FOUND"),
          Map.entry(7, "TIMEOUT_EXPIRED"),
          Map.entry(8, "WRONG_VERSION"),
          Map.entry(9, "UNKNOWN"),
          Map.entry(10, "ALREADY_EXISTS"),
          Map.entry(100, "CANCELLED"),
          Map.entry(500, "FILE_IO"),
          Map.entry(501, "INVALID_FLATBUFFER"),
          Map.entry(502, "DYNAMIC_LOADING"),
          Map.entry(503, "SERIALIZATION"),
          Map.entry(504, "COMPILATION"),
          Map.entry(1000, "INDEX_OUT_OF_BOUNDS"),
          Map.entry(1001, "INVALID_IR_TYPE"),
          Map.entry(1002, "INVALID_GRAPH_INVARIANT"));

  private LiteRtStatus() {}

  /** Returns the header's name of a status; its number where this build does not know it. */
  static String name(int code) {
    return NAMES.getOrDefault(code, "STATUS " + code);
  }
}
