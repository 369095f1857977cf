package dev.bucketlens.nativelib;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * The part of a 64-bit little-endian ELF file that tells which symbol versions it needs of other
 * libraries: the section {@code .gnu.version_r}.
 *
 * @see <a href="https://refspecs.linuxfoundation.org/LSB_5.0.0/LSB-Core-generic/symversion.html">
 *     Linux Standard Base, symbol versioning</a>
 */
record ElfFile(ByteBuffer bytes) {

  private static final int MAGIC = 0x464C457F;
  private static final int VERSION_NEEDS = 0x6FFFFFFE;

  static ElfFile read(Path file) throws IOException {
    ElfFile elf = new ElfFile(ByteBuffer.wrap(Files.readAllBytes(file)));
    elf.bytes.order(ByteOrder.LITTLE_ENDIAN);
    if (elf.bytes.getInt(0) != MAGIC) {
      throw new IOException(file + " is no ELF file");
    }
    return elf;
  }

  /** Returns names such as {@code GLIBC_2.34}. */
  Set<String> neededVersions() {
    long sections = bytes.getLong(40);
    int sectionBytes = bytes.getShort(58);
    Set<String> versions = new TreeSet<>();
    for (int i = 0; i < bytes.getShort(60); i++) {
      int section = (int) sections + i * sectionBytes;
      if (bytes.getInt(section + 4) == VERSION_NEEDS) {
        int strings = (int) sections + bytes.getInt(section + 40) * sectionBytes;
        addNeeds((int) bytes.getLong(section + 24), (int) bytes.getLong(strings + 24), versions);
      }
    }
    return versions;
  }

  /** One entry for each library needed, and behind each a chain of its versions. */
  private void addNeeds(int start, int strings, Set<String> versions) {
    int need = start;
    int next;
    do {
      int version = need + bytes.getInt(need + 8);
      for (int i = 0; i < bytes.getShort(need + 2); i++) {
        versions.add(text(strings + bytes.getInt(version + 8)));
        version += bytes.getInt(version + 12);
      }
      next = bytes.getInt(need + 12);
      need += next;
    } while (next != 0);
  }

  private String text(int start) {
    int end = start;
    while (bytes.get(end) != 0) {
      end++;
    }
    return StandardCharsets.UTF_8.decode(bytes.slice(start, end - start)).toString();
  }
}
