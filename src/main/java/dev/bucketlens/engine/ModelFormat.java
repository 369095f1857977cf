package dev.bucketlens.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/** How a model file starts. What is no model at all is named by that, before anyone reads on. */
final class ModelFormat {

  /** Of its FlatBuffer, behind four bytes that say where the content starts. */
  private static final String IDENTIFIER = "TFL3";

  private static final int IDENTIFIER_END = 8;

  private ModelFormat() {}

  /**
   * Passes if a file starts as a model does.
   *
   * @throws ModelLoadException otherwise; the message says what it is, or what it starts with
   */
  static void require(ByteBuffer bytes, Path file) throws ModelLoadException {
    String start =
        ISO_8859_1.decode(bytes.slice(0, Math.min(bytes.limit(), IDENTIFIER_END))).toString();
    if (start.length() == IDENTIFIER_END && start.endsWith(IDENTIFIER)) {
      return;
    }
    Optional<String> known = FoundFile.name(bytes);
    if (known.isPresent()) {
      throw new ModelLoadException(
          file, "expected a TensorFlow Lite model, found %s.".formatted(known.get()));
    }
    throw new ModelLoadException(
        file,
        "expected a TensorFlow Lite model, which has %s in bytes 5 to 8, found %s; `convert` of model/README.md makes one of a Keras model."
            .formatted(IDENTIFIER, found(start)));
  }

  private static String found(String start) {
    return start.isEmpty()
        ? "an empty file"
        : "one that starts with "
            + HexFormat.ofDelimiter(" ").formatHex(start.getBytes(ISO_8859_1));
  }
}
