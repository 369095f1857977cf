package dev.bucketlens.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;

/** How a model file starts. What is no model at all is named by that, before anyone reads on. */
final class ModelFormat {

  /** Of its FlatBuffer, behind four bytes that say where the content starts. */
  private static final String IDENTIFIER = "TFL3";

  private static final int IDENTIFIER_END = 8;

  /** What Git has in place of a large file that was never fetched. */
  private static final String LFS_POINTER = "version https://git-lfs.github.com/spec/";

  private ModelFormat() {}

  /**
   * Passes if a file starts as a model does.
   *
   * @throws ModelLoadException otherwise; the message says what it starts with
   */
  static void require(ByteBuffer bytes, Path file) throws ModelLoadException {
    String start = start(bytes, LFS_POINTER.length());
    if (start.startsWith(LFS_POINTER)) {
      throw new ModelLoadException(
          file,
          "expected a TensorFlow Lite model, found a Git LFS pointer, which stands for one; fetch"
              + " the model itself with `git lfs pull`.");
    }
    if (start.length() < IDENTIFIER_END || !start.startsWith(IDENTIFIER, 4)) {
      throw new ModelLoadException(
          file,
          "expected a TensorFlow Lite model, which has %s in bytes 5 to 8, found %s; `convert` of model/README.md makes one of a Keras model."
              .formatted(IDENTIFIER, found(start)));
    }
  }

  private static String found(String start) {
    if (start.isEmpty()) {
      return "an empty file";
    }
    byte[] first =
        start.substring(0, Math.min(start.length(), IDENTIFIER_END)).getBytes(ISO_8859_1);
    return "one that starts with " + HexFormat.ofDelimiter(" ").formatHex(first);
  }

  private static String start(ByteBuffer bytes, int length) {
    return ISO_8859_1.decode(bytes.slice(0, Math.min(bytes.limit(), length))).toString();
  }
}
