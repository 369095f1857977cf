package dev.bucketlens.classify;

import dev.bucketlens.tflite.ModelLoadException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
    try (FileChannel channel = FileChannel.open(path)) {
      return new ModelFile(path, channel.map(MapMode.READ_ONLY, 0, channel.size()));
    } catch (IOException | IllegalArgumentException e) {
      throw new ModelLoadException(path, "cannot be read: " + e, e);
    }
  }

  /**
   * Returns the first 12 hexadecimal digits of the SHA-256: enough to tell any two models apart.
   *
   * <p>The package has it beside the model, in a file named like it with {@code .sha256} appended:
   * to compute it again would take a cold start a tenth of a second.
   *
   * @throws ModelLoadException if that file is there and does not hold a SHA-256
   */
  String hash() throws ModelLoadException {
    Path file = path.resolveSibling(path.getFileName() + ".sha256");
    return (Files.exists(file) ? read(file) : compute()).substring(0, HASH_DIGITS);
  }

  private String read(Path file) throws ModelLoadException {
    try {
      String hash = Files.readString(file).strip();
      if (!hash.matches("[0-9a-f]{64}")) {
        throw new ModelLoadException(
            path, file.getFileName() + " has '" + hash + "'; expected 64 hexadecimal digits.");
      }
      return hash;
    } catch (IOException e) {
      throw new ModelLoadException(path, file.getFileName() + " cannot be read: " + e, e);
    }
  }

  private String compute() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes.duplicate());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
