package dev.bucketlens.engine;

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
 * stored under the hash of another. The build verifies a model before it writes its hash, so a
 * packaged model need not be verified again.
 *
 * @param sha256 in hexadecimal digits
 * @param packaged whether the build wrote it for these bytes
 */
record ModelHash(String sha256, boolean packaged) {

  private static final String PACKAGED = "[0-9a-f]{64} [0-9a-f]{8}";

  /** Enough to tell any two models apart. */
  private static final int SHORT_DIGITS = 12;

  /**
   * Verifies each model of a package and writes its hash beside it; called by the build.
   *
   * @param folder one argument, the folder of the models
   */
  public static void main(String[] folder) throws Exception {
    try (DirectoryStream<Path> models = Files.newDirectoryStream(Path.of(folder[0]), "*.tflite")) {
      for (Path model : models) {
        ByteBuffer bytes = MappedFile.of(model);
        ModelFormat.require(bytes, model);
        ModelVerifier.verify(bytes, model);
        Files.writeString(fileBeside(model), sha256(bytes) + " " + crc32(bytes) + "\n");
      }
    }
  }

  /**
   * Returns the hash of a model: the packaged one if it is of these bytes, otherwise computed.
   *
   * @throws ModelLoadException if there is a file beside the model that cannot be read or holds no
   *     hash
   */
  static ModelHash of(Path model, ByteBuffer bytes) throws ModelLoadException {
    Path file = fileBeside(model);
    if (!Files.exists(file)) {
      return new ModelHash(sha256(bytes), false);
    }
    String[] hashAndChecksum = packaged(model, file).split(" ", 2);
    return hashAndChecksum[1].equals(crc32(bytes))
        ? new ModelHash(hashAndChecksum[0], true)
        : new ModelHash(sha256(bytes), false);
  }

  /** Returns the first 12 digits. */
  String shortened() {
    return sha256.substring(0, SHORT_DIGITS);
  }

  private static String packaged(Path model, Path file) throws ModelLoadException {
    try {
      String packaged = Files.readString(file).strip();
      if (packaged.matches(PACKAGED)) {
        return packaged;
      }
      throw new IOException(
          "%s has '%s'; expected the hash that the build writes: build the package anew, or delete the file."
              .formatted(file.getFileName(), packaged));
    } catch (IOException e) {
      throw new ModelLoadException(model, "its hash cannot be read: " + e.getMessage(), e);
    }
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
