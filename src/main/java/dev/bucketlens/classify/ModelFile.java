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

  private static final int HASH_DIGITS = 12;

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

  /**
   * Returns the first 12 hexadecimal digits of the SHA-256: enough to tell any two models apart.
   *
   * @throws ModelLoadException if the package has a hash for it that is none
   */
  String hash() throws ModelLoadException {
    try {
      return ModelHash.of(path, bytes).substring(0, HASH_DIGITS);
    } catch (IOException e) {
      throw new ModelLoadException(path, "its hash cannot be read: " + e.getMessage(), e);
    }
  }
}
