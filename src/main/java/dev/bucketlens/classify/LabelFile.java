package dev.bucketlens.classify;

import dev.bucketlens.engine.FoundFile;
import dev.bucketlens.engine.ModelLoadException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads a file with one label a line, numbered or not. */
final class LabelFile {

  private LabelFile() {}

  /**
   * Returns the labels of a file, each without its number and the space around it, and told apart
   * from others.
   *
   * @throws ModelLoadException if it cannot be read, or is no list of labels
   */
  static LabelList read(Path file) throws ModelLoadException {
    try {
      byte[] content = Files.readAllBytes(file);
      Optional<String> other = FoundFile.name(ByteBuffer.wrap(content));
      if (other.isPresent()) {
        throw new ModelLoadException(file, "expected labels, found %s.".formatted(other.get()));
      }
      List<String> lines = TextLines.of(file, "it", content).withoutBlankEnd();
      if (!lines.isEmpty()) {
        requireLabel(file, lines.getFirst().strip());
      }
      List<String> labels = NumberedLines.mayBe(lines) ? NumberedLines.labels(file, lines) : lines;
      return LabelList.distinct(file, labels.stream().map(String::strip).toList());
    } catch (IOException e) {
      throw new ModelLoadException(
          file, "expected the labels that the manifest names, found no file that can be read.", e);
    }
  }

  private static void requireLabel(Path file, String first) throws ModelLoadException {
    if (first.startsWith("{")
        || (first.startsWith("[") && isJsonList(first.substring(1).strip()))) {
      throw new ModelLoadException(
          file,
          "expected one label a line, found JSON; write the list into the manifest, as its field"
              + " labels.");
    }
    if (first.startsWith("item") && first.substring("item".length()).strip().equals("{")) {
      throw new ModelLoadException(
          file,
          "expected one label a line, found a label map (.pbtxt); write the names of its items, in"
              + " the order of the scores.");
    }
  }

  /** A label may begin with a bracket too, as {@code [unknown]} does. */
  private static boolean isJsonList(String behindBracket) {
    return behindBracket.isEmpty() || behindBracket.startsWith("\"");
  }
}
