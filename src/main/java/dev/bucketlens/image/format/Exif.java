package dev.bucketlens.image.format;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.input.Budget;
import dev.bucketlens.image.input.ByteReader;
import dev.bucketlens.image.resize.Orientation;
import java.util.Set;

/** Reads the one EXIF tag that changes what a photo shows. */
public final class Exif {

  private static final int ORIENTATION_TAG = 0x0112;

  private static final int SIGNED_BYTE = 6;

  /** The standard's type for it, and its signed twin. */
  private static final Set<Integer> SHORTS = Set.of(3, 8);

  /** What some writers use instead; in big-endian a number's place depends on its size. */
  private static final Set<Integer> LONGS = Set.of(4, 9, 13);

  private static final String PREFIX = "Exif\0\0";

  private Exif() {}

  /**
   * Returns the orientation that an EXIF block asks for.
   *
   * @param block a TIFF structure, with or without the {@code Exif} prefix; may be hostile or
   *     broken, which means upright, as in every viewer
   */
  public static Orientation orientation(byte[] block, Budget budget) {
    try {
      return read(block, budget);
    } catch (ImageRejectedException e) {
      // Broken metadata is no reason to reject a photo that is whole.
      return Orientation.UPRIGHT;
    }
  }

  private static Orientation read(byte[] block, Budget budget) throws ImageRejectedException {
    int start = ByteReader.matches(block, 0, block.length, PREFIX) ? PREFIX.length() : 0;
    boolean littleEndian = ByteReader.matches(block, start, block.length, "II*\0");
    if (!littleEndian && !ByteReader.matches(block, start, block.length, "MM\0*")) {
      return Orientation.UPRIGHT;
    }
    ByteReader reader =
        littleEndian ? ByteReader.littleEndian(block, budget) : ByteReader.bigEndian(block, budget);
    reader.seek(start + 4);
    reader.seek(start + reader.u32());
    int entries = reader.u16();
    for (int i = 0; i < entries; i++) {
      if (reader.u16() == ORIENTATION_TAG) {
        return Orientation.ofExif(number(reader));
      }
      reader.skip(10);
    }
    return Orientation.UPRIGHT;
  }

  /** Returns a field's number; 0, which turns nothing, if it has none or is of another type. */
  private static int number(ByteReader reader) throws ImageRejectedException {
    int type = reader.u16();
    if (reader.u32() == 0) {
      return 0;
    }
    if (LONGS.contains(type)) {
      return reader.i32();
    }
    if (SHORTS.contains(type)) {
      return reader.u16();
    }
    return type == SIGNED_BYTE ? reader.u8() : 0;
  }
}
