package dev.bucketlens.classify;

import dev.bucketlens.engine.ModelLoadException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The lines of a UTF-8 text, without their ends and without a byte order mark. What follows the
 * last line end is a line too, be it empty.
 *
 * @param source what the text is, for messages
 */
record TextLines(String source, List<String> lines) {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  TextLines {
    lines = List.copyOf(lines);
  }

  /**
   * @throws ModelLoadException if the content is not UTF-8; the message names {@code file}
   */
  static TextLines of(Path file, String source, byte[] content) throws ModelLoadException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      String unmarked = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
      return new TextLines(source, List.of(unmarked.split("\r\n|\r|\n", -1)));
    } catch (CharacterCodingException e) {
      throw new ModelLoadException(file, source + " is not UTF-8 text; save it as UTF-8.", e);
    }
  }

  /** Returns the lines without the blank ones at the end, which editors like to leave. */
  List<String> withoutBlankEnd() {
    int end = lines.size();
    while (end > 0 && lines.get(end - 1).isBlank()) {
      end--;
    }
    return lines.subList(0, end);
  }
}
