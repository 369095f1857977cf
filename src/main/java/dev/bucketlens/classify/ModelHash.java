package dev.bucketlens.classify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * The SHA-256 of a model, and how a package brings it along. To compute it takes a cold start a
 * tenth of a second, so the build writes it beside the model, with a CRC-32 that takes a tenth of
 * that: it tells whether the model is still the one that was packaged, because scores must never be
 * stored under the hash of another.
 */
final class ModelHash {

  private static final String PACKAGED = "[0-9a-f]{64} [0-9a-f]{8}";

  private ModelHash() {}

  /**
   * Writes the hash of each model of a package beside it; called by the build.
   *
   * @param folder one argument, the folder of the models
   */
  public static void main(String[] folder) throws Exception {
    try (DirectoryStream<Path> models = Files.newDirectoryStream(Path.of(folder[0]), "*.tflite")) {
      for (Path model : models) {
        ByteBuffer bytes = ModelFile.map(model).bytes();
        Files.writeString(fileBeside(model), sha256(bytes) + " " + crc32(bytes) + "\n");
      }
    }
  }

  /**
   * Returns the SHA-256 in hexadecimal digits: the packaged one if it is of these bytes, otherwise
   * computed.
   *
   * @throws IOException if there is a file beside the model that cannot be read or holds no hash
   */
  static String of(Path model, ByteBuffer bytes) throws IOException {
    Path file = fileBeside(model);
    if (!Files.exists(file)) {
      return sha256(bytes);
    }
    String packaged = Files.readString(file).strip();
    if (!packaged.matches(PACKAGED)) {
      throw new IOException(
          "%s has '%s'; expected the hash that the build writes: build the package anew, or delete the file."
              .formatted(file.getFileName(), packaged));
    }
    String[] hashAndChecksum = packaged.split(" ", 2);
    return hashAndChecksum[1].equals(crc32(bytes)) ? hashAndChecksum[0] : sha256(bytes);
  }

  private static Path fileBeside(Path model) {
    return model.resolveSibling(model.getFileName() + ".sha256");
  }

  private static String sha256(ByteBuffer bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes.duplicate());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static String crc32(ByteBuffer bytes) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes.duplicate());
    return HexFormat.of().toHexDigits((int) checksum.getValue());
  }
}
