package dev.bucketlens.image.format.jpeg;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.image.input.ByteReader;

/**
 * A JPEG's frame header, the segment that tells its size.
 *
 * @param marker the kind of coding, {@code 0xC0} to {@code 0xCF}
 * @param blocks of 8×8 samples, all components together
 */
record JpegFrame(int marker, int width, int height, int components, long blocks) {

  private static final int SOF0 = 0xC0;
  private static final int SOF2 = 0xC2;
  private static final int SOF15 = 0xCF;

  /** JPEG-LS's. */
  private static final int SOF55 = 0xF7;

  private static final int DHT = 0xC4;
  private static final int JPG = 0xC8;
  private static final int DAC = 0xCC;

  /** Whether the marker starts a frame header, of any kind of coding. */
  static boolean startsWith(int marker) {
    return (marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC)
        || marker == SOF55;
  }

  /** Reads what follows the segment's length. */
  static JpegFrame read(ByteReader reader, int marker) throws ImageRejectedException {
    int precision = reader.u8();
    if (marker > SOF2 || precision != 8) {
      throw rareKind("%s, %d bits".formatted(process(marker), precision));
    }
    int height = reader.u16();
    int width = reader.u16();
    int components = reader.u8();
    if (components != 1 && components != 3 && components != 4) {
      throw rareKind("%d colour components".formatted(components));
    }
    return new JpegFrame(
        marker, width, height, components, blocks(reader, width, height, components));
  }

  static ImageRejectedException rareKind(String kind) {
    return new ImageRejectedException(
        RejectionCode.UNSUPPORTED_FORMAT,
        "The file is a JPEG of a rare kind (%s), which is not supported; send a baseline or progressive JPEG."
            .formatted(kind));
  }

  private static long blocks(ByteReader reader, int width, int height, int components)
      throws ImageRejectedException {
    long blocksPerMcu = 0;
    int maxHorizontal = 1;
    int maxVertical = 1;
    for (int i = 0; i < components; i++) {
      reader.u8();
      int sampling = reader.u8();
      int horizontal = sampling >> 4;
      int vertical = sampling & 0xF;
      if (horizontal < 1 || horizontal > 4 || vertical < 1 || vertical > 4) {
        throw JpegHeader.corrupt("has a sampling factor outside 1 to 4");
      }
      reader.u8();
      blocksPerMcu += (long) horizontal * vertical;
      maxHorizontal = Math.max(maxHorizontal, horizontal);
      maxVertical = Math.max(maxVertical, vertical);
    }
    long columns = (width + 8L * maxHorizontal - 1) / (8L * maxHorizontal);
    long rows = (height + 8L * maxVertical - 1) / (8L * maxVertical);
    return columns * rows * blocksPerMcu;
  }

  private static String process(int marker) {
    return switch (marker & 0xF) {
      case 3, 7, 11, 15 -> "lossless";
      case 5, 6 -> "hierarchical";
      default -> marker > 0xC8 ? "arithmetic coding" : "Huffman coding";
    };
  }

  boolean progressive() {
    return marker == SOF2;
  }
}
