package dev.bucketlens.image.colour;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.input.Budget;
import dev.bucketlens.image.input.ByteReader;

/**
 * An ICC profile out of a file, before LittleCMS sees it (ICC.1:2022, 7).
 *
 * @param bytes never changed
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one decode
record EmbeddedProfile(byte[] bytes) {

  private static final int COLOUR_SPACE = 16;
  private static final int TAG_TABLE = 128;

  /** LittleCMS reads no more. */
  private static final int MAX_TAGS = 100;

  private static final int TAG_BYTES = 12;

  boolean isRgb() {
    return ByteReader.matches(bytes, COLOUR_SPACE, bytes.length, "RGB ");
  }

  boolean isGray() {
    return ByteReader.matches(bytes, COLOUR_SPACE, bytes.length, "GRAY");
  }

  boolean isCmyk() {
    return ByteReader.matches(bytes, COLOUR_SPACE, bytes.length, "CMYK");
  }

  /**
   * Returns the profile without its floating-point transforms, {@code D2B0} to {@code D2B3}: lists
   * of any number of elements, each of which may stand in the file once and be named a thousand
   * times. A profile that has them must have the ordinary ones too.
   */
  EmbeddedProfile withoutElementLists(Budget budget) throws ImageRejectedException {
    byte[] plain = bytes.clone();
    ByteReader reader = ByteReader.bigEndian(bytes, budget).seek(TAG_TABLE);
    int tags = Math.min(reader.i32(), MAX_TAGS);
    for (int i = 0; i < tags; i++) {
      if (reader.at("D2B")) {
        plain[reader.position()] = 'x'; // a private tag, which nothing asks for
      }
      reader.skip(TAG_BYTES);
    }
    return new EmbeddedProfile(plain);
  }
}
