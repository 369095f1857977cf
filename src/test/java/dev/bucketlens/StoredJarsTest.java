package dev.bucketlens;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the package's build does to its jars: {@code src/package/StoredJars.java}. */
class StoredJarsTest {

  private static final LocalDateTime CLASS_TIME = LocalDateTime.of(2026, 5, 17, 11, 12, 14);
  private static final Instant JAR_TIME = Instant.parse("2026-05-17T12:00:00Z");
  private static final List<String> NAMES = List.of("META-INF/", "META-INF/MANIFEST.MF", "b", "a");

  @TempDir private Path folder;

  @Test
  void main_shouldLeaveEveryEntryAsItWas_whenItStoresThem() throws Exception {
    Path jar = folder.resolve("some.jar");
    writeCompressed(jar);
    String permissions = Files.getPosixFilePermissions(jar).toString();

    storeJars();

    assertThat(folder)
        .isDirectoryContaining(jar::equals)
        .isDirectoryNotContaining(it -> !it.equals(jar));
    assertThat(Files.getPosixFilePermissions(jar)).hasToString(permissions);
    assertThat(Files.getLastModifiedTime(jar).toInstant()).isEqualTo(JAR_TIME);
    try (ZipFile stored = new ZipFile(jar.toFile())) {
      List<? extends ZipEntry> entries = Collections.list(stored.entries());
      assertThat(entries).extracting(ZipEntry::getName).isEqualTo(NAMES);
      assertThat(entries).extracting(ZipEntry::getMethod).containsOnly(ZipEntry.STORED);
      assertThat(entries).extracting(ZipEntry::getTimeLocal).containsOnly(CLASS_TIME);
      for (ZipEntry entry : entries) {
        assertThat(stored.getInputStream(entry)).hasBinaryContent(content(entry.getName()));
      }
    }
  }

  private void storeJars() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "src/package/StoredJars.java",
                folder.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private static void writeCompressed(Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (String name : NAMES) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(CLASS_TIME);
        zip.putNextEntry(entry);
        zip.write(content(name));
      }
    }
    Files.setLastModifiedTime(jar, FileTime.from(JAR_TIME));
  }

  /** A folder has none. */
  private static byte[] content(String name) {
    return name.endsWith("/") ? new byte[0] : name.repeat(1000).getBytes(StandardCharsets.UTF_8);
  }
}
