package dev.bucketlens.image.format.avif;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.input.Budget;
import dev.bucketlens.image.input.ByteReader;
import java.util.Map;
import java.util.Set;

/**
 * The boxes of an AVIF (ISO/IEC 14496-12 and 23008-12), as far as they are lists. libavif looks
 * each entry of theirs up among all others, which with a few megabytes of them takes minutes: they
 * are paid for before it sees the file. What is malformed is its to tell.
 */
final class AvifBoxes {

  /** Boxes of boxes. */
  private static final Set<String> CONTAINERS =
      Set.of("moov", "trak", "mdia", "minf", "stbl", "iprp");

  /** A box of boxes behind a version and flags. */
  private static final String META = "meta";

  private static final int VERSION = 4;

  /** Bytes that an entry of a list takes at least. */
  private static final Map<String, Integer> LISTS =
      Map.of("iinf", 20, "iloc", 6, "ipma", 2, "iref", 2, "stsc", 12, "stco", 4, "co64", 8);

  /** Of a box: its size and its type. */
  private static final int HEAD = 8;

  private static final int SIZE_IS_LONG = 1;
  private static final int SIZE_IS_THE_REST = 0;

  private final ByteReader reader;
  private final Budget budget;

  private AvifBoxes(byte[] file, Budget budget) {
    this.reader = ByteReader.bigEndian(file, budget);
    this.budget = budget;
  }

  /** Pays for the lists of a file. */
  static void pay(byte[] file, Budget budget) throws ImageRejectedException {
    new AvifBoxes(file, budget).walk(0, file.length);
  }

  private void walk(long start, long end) throws ImageRejectedException {
    long at = start;
    while (end - at >= HEAD) {
      long size = reader.seek(at).u32();
      int type = reader.position();
      long content = at + HEAD;
      if (size == SIZE_IS_LONG && end - content >= Long.BYTES) {
        size = reader.skip(HEAD - Integer.BYTES).u32() << Integer.SIZE | reader.u32();
        content += Long.BYTES;
      } else if (size == SIZE_IS_THE_REST) {
        size = end - at;
      }
      if (size < content - at || size > end - at) {
        return;
      }
      visit(type, content, at + size);
      at += size;
    }
  }

  private void visit(int type, long content, long end) throws ImageRejectedException {
    reader.seek(type);
    if (reader.at(META)) {
      walk(content + VERSION, end);
    } else if (CONTAINERS.stream().anyMatch(reader::at)) {
      walk(content, end);
    }
    for (Map.Entry<String, Integer> list : LISTS.entrySet()) {
      if (reader.seek(type).at(list.getKey())) {
        budget.list((end - content) / list.getValue());
      }
    }
  }
}
