package dev.bucketlens.classify;

import dev.bucketlens.engine.MappedFile;
import dev.bucketlens.engine.ModelLoadException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The bytes of a model file, mapped and not copied: the library maps the same pages.
 *
 * @param path where it is
 * @param bytes its content
 */
record ModelFile(Path path, ByteBuffer bytes) {

  /**
   * @throws ModelLoadException if the file cannot be read, or is too large for a model
   */
  static ModelFile map(Path path) throws ModelLoadException {
    try {
      return new ModelFile(path, MappedFile.of(path));
    } catch (IOException e) {
      throw new ModelLoadException(path, "cannot be read: " + e, e);
    }
  }
}
