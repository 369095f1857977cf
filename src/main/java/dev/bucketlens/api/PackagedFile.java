package dev.bucketlens.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Files that come with this room's code. */
final class PackagedFile {

  private PackagedFile() {}

  /** Returns the content of the file {@code name}, which lies beside the classes of this room. */
  static byte[] read(String name) {
    try (InputStream stream = PackagedFile.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("The package lacks " + name + "; build it anew.");
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("The package's " + name + " cannot be read", e);
    }
  }
}
