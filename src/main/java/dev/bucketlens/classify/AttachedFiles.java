package dev.bucketlens.classify;

import dev.bucketlens.engine.ModelLoadException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The files that TFLite Metadata names: a zip archive behind the model, in the same file. A zip's
 * directory stands at its end, so that the model before it is of no concern to the reader.
 */
final class AttachedFiles {

  /** Far above any list of labels; a small archive can unpack to something endless. */
  private static final int MAX_BYTES = 8 << 20;

  private AttachedFiles() {}

  /**
   * Returns the lines of an attached text file.
   *
   * @throws ModelLoadException if the model has no such file, or not a whole one
   */
  static TextLines read(Path model, String name) throws ModelLoadException {
    try (ZipFile archive = new ZipFile(model.toFile())) {
      ZipEntry entry = archive.getEntry(name);
      if (entry == null) {
        throw new ModelLoadException(
            model, "its metadata names the file %s, which is not attached to it.".formatted(name));
      }
      try (InputStream stream = archive.getInputStream(entry)) {
        byte[] content = stream.readNBytes(MAX_BYTES + 1);
        if (content.length > MAX_BYTES) {
          throw new ModelLoadException(
              model, "the attached file %s is larger than %d bytes.".formatted(name, MAX_BYTES));
        }
        return TextLines.of(model, "the attached file " + name, content);
      }
    } catch (IOException e) {
      throw new ModelLoadException(
          model,
          "its metadata names the file %s, but the archive behind the model cannot be read (%s); is the model file whole?"
              .formatted(name, e.getMessage()),
          e);
    }
  }
}
