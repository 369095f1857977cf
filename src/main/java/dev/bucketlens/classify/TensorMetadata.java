package dev.bucketlens.classify;

import dev.bucketlens.flatbuffer.FlatBuffer.Table;
import dev.bucketlens.flatbuffer.MalformedException;
import java.util.Optional;

/** Finds parts of a {@code TensorMetadata} table. */
final class TensorMetadata {

  /** Of the union {@code ProcessUnitOptions}. */
  static final int NORMALIZATION = 1;

  static final int CALIBRATION = 2;
  static final int THRESHOLDING = 3;

  /** Of the enumeration {@code AssociatedFileType}. */
  static final int AXIS_LABELS = 2;

  static final int AXIS_CALIBRATION = 4;

  private static final int PROCESS_UNITS = 4;
  private static final int UNIT_KIND = 0;
  private static final int UNIT_OPTIONS = 1;
  private static final int ASSOCIATED_FILES = 6;
  private static final int FILE_NAME = 0;
  private static final int FILE_KIND = 2;

  private TensorMetadata() {}

  /** Returns the options of the tensor's first process unit of that kind. */
  static Optional<Table> options(Table tensor, int kind) throws MalformedException {
    for (Table unit : tensor.tables(PROCESS_UNITS)) {
      if (unit.int8(UNIT_KIND) == kind) {
        return unit.table(UNIT_OPTIONS);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the name of the tensor's first associated file of that kind; further ones translate.
   */
  static Optional<String> file(Table tensor, int kind) throws MalformedException {
    for (Table file : tensor.tables(ASSOCIATED_FILES)) {
      if (file.int8(FILE_KIND) == kind) {
        return file.string(FILE_NAME);
      }
    }
    return Optional.empty();
  }
}
