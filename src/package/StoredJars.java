import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Stores the classes of jars without compression: {@code StoredJars folder}. The zip that they are
 * deployed in compresses a jar as one then, whose classes share most of their names; and the JVM
 * has nothing to inflate. Run from its source, when the package is made.
 */
final class StoredJars {
  private StoredJars() {}

  /** Writes each jar of a folder anew. Its time stays, and its entries keep their order. */
  public static void main(String[] args) throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of(args[0]), "*.jar")) {
      for (Path jar : jars) {
        Path stored = jar.resolveSibling(jar.getFileName() + ".stored");
        write(jar, stored);
        Files.setLastModifiedTime(stored, Files.getLastModifiedTime(jar));
        Files.move(stored, jar, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static void write(Path jar, Path stored) throws IOException {
    try (ZipFile from = new ZipFile(jar.toFile());
        OutputStream file = Files.newOutputStream(stored);
        ZipOutputStream to = new ZipOutputStream(file)) {
      to.setMethod(ZipOutputStream.STORED);
      for (ZipEntry entry : Collections.list(from.entries())) {
        try (InputStream stream = from.getInputStream(entry)) {
          add(entry, stream.readAllBytes(), to);
        }
      }
    }
  }

  private static void add(ZipEntry entry, byte[] content, ZipOutputStream jar) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry stored = new ZipEntry(entry.getName());
    stored.setTimeLocal(entry.getTimeLocal());
    stored.setSize(content.length);
    stored.setCrc(checksum.getValue());
    jar.putNextEntry(stored);
    jar.write(content);
    jar.closeEntry();
  }
}
