package dev.bucketlens.tflite;

import java.util.List;

/** The meaning of {@code TfLiteStatus}. */
final class Status {

  private static final int OK = 0;

  /** In the order of their codes in {@code c_api_types.h}. */
  private static final List<String> NAMES =
      List.of(
          "OK",
          "ERROR",
          "DELEGATE_ERROR",
          "APPLICATION_ERROR",
          "DELEGATE_DATA_NOT_FOUND",
          "DELEGATE_DATA_WRITE_ERROR",
          "DELEGATE_DATA_READ_ERROR",
          "UNRESOLVED_OPS",
          "CANCELLED",
          "OUTPUT_SHAPE_NOT_KNOWN");

  private Status() {}

  /**
   * Passes if {@code code} means success.
   *
   * @throws TfLiteException otherwise, naming the operation, the status and what was reported
   */
  static void check(int code, String operation, ErrorLog errors) {
    if (code != OK) {
      throw new TfLiteException("%s: %s (%s)".formatted(operation, errors.drain(), name(code)));
    }
  }

  static String name(int code) {
    return code >= 0 && code < NAMES.size() ? NAMES.get(code) : "UNKNOWN STATUS " + code;
  }
}
