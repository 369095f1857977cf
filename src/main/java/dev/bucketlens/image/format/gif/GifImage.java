package dev.bucketlens.image.format.gif;

import dev.bucketlens.image.ImageFormat;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.image.colour.Background;
import dev.bucketlens.image.colour.Rendering;
import dev.bucketlens.image.format.Header;
import dev.bucketlens.image.format.SourceImage;
import dev.bucketlens.image.input.Budget;
import dev.bucketlens.image.input.ByteReader;
import dev.bucketlens.image.resize.Resizer;
import java.util.Arrays;
import java.util.List;

/**
 * GIF, decoded in Java. The first frame in its place on the canvas; what is outside is transparent.
 */
public final class GifImage implements SourceImage {

  private static final int EXTENSION = 0x21;
  private static final int GRAPHIC_CONTROL = 0xF9;
  private static final int IMAGE = 0x2C;

  /** Some writers leave it between blocks. */
  private static final int PADDING = 0;

  private static final int NO_INDEX = -1;

  /** Codes of three bits at least, each of which stands for at most 4,096 pixels. */
  private static final int MAX_PIXELS_PER_BYTE = 3 * 4096;

  private final Budget budget;
  private final ByteReader reader;
  private int canvasWidth;
  private int canvasHeight;
  private byte[] palette = {};
  private int transparentIndex = NO_INDEX;
  private int left;
  private int top;
  private int width;
  private int height;
  private boolean interlaced;

  private GifImage(byte[] file, Budget budget) {
    this.budget = budget;
    this.reader = ByteReader.littleEndian(file, budget);
  }

  /**
   * Reads the header, and no pixels.
   *
   * @throws ImageRejectedException if it is damaged, or of a kind that is not decoded
   */
  public static GifImage open(byte[] file, Budget budget) throws ImageRejectedException {
    GifImage image = new GifImage(file, budget);
    image.readScreen();
    image.seekFirstFrame();
    image.readFrame();
    return image;
  }

  private void readScreen() throws ImageRejectedException {
    reader.seek(6);
    canvasWidth = reader.u16();
    canvasHeight = reader.u16();
    int flags = reader.u8();
    reader.skip(2);
    readPalette(flags);
  }

  private void readPalette(int flags) throws ImageRejectedException {
    if ((flags & 0x80) != 0) {
      palette = reader.bytes(3L << ((flags & 7) + 1));
    }
  }

  private void seekFirstFrame() throws ImageRejectedException {
    while (true) {
      switch (reader.u8()) {
        case IMAGE -> {
          return;
        }
        case EXTENSION -> readExtension();
        case PADDING -> {}
        default ->
            throw new ImageRejectedException(
                RejectionCode.CORRUPT, "The GIF has no frame; it cannot be decoded.");
      }
    }
  }

  private void readExtension() throws ImageRejectedException {
    if (reader.u8() == GRAPHIC_CONTROL && reader.remaining() > 4) {
      int start = reader.position();
      reader.skip(1);
      boolean transparent = (reader.u8() & 1) != 0;
      reader.skip(2);
      transparentIndex = transparent ? reader.u8() : NO_INDEX;
      reader.seek(start);
    }
    int length = reader.u8();
    while (length > 0) {
      length = reader.skip(length).u8();
    }
  }

  private void readFrame() throws ImageRejectedException {
    left = reader.u16();
    top = reader.u16();
    width = reader.u16();
    height = reader.u16();
    int flags = reader.u8();
    interlaced = (flags & 0x40) != 0;
    readPalette(flags);
    if (width == 0 || height == 0) {
      throw new ImageRejectedException(
          RejectionCode.CORRUPT, "The GIF's first frame is empty; it cannot be decoded.");
    }
    // A frame that leaves the canvas makes it larger, as in Pillow.
    canvasWidth = Math.max(canvasWidth, left + width);
    canvasHeight = Math.max(canvasHeight, top + height);
  }

  @Override
  public Header header() {
    return Header.of(ImageFormat.GIF, canvasWidth, canvasHeight);
  }

  @Override
  public long memory(int reduction) {
    return (long) width * height;
  }

  @Override
  public List<String> decode(int reduction, Rendering rendering, Resizer resizer)
      throws ImageRejectedException {
    budget.requireData((long) width * height, MAX_PIXELS_PER_BYTE);
    byte[] indices = new GifLzw(reader).decode(width * height);
    byte[] colours = colours(rendering.background());
    byte[] rgb = new byte[3 * canvasWidth];
    for (int y = 0; y < canvasHeight; y++) {
      if (resizer.wants(y)) {
        rendering.background().fill(rgb, 0, canvasWidth);
        if (y >= top && y < top + height) {
          paint(indices, width * storedRow(y - top), colours, rgb);
        }
        resizer.row(y, rgb);
      }
    }
    return List.of();
  }

  /** Without a palette the indices are levels of gray, as in Pillow. */
  private byte[] colours(Background background) {
    byte[] colours = new byte[3 * 256];
    for (int i = 0; i < 256; i++) {
      if (i == transparentIndex) {
        background.compose(0, 0, 0, 0, colours, 3 * i);
      } else if (palette.length == 0) {
        Arrays.fill(colours, 3 * i, 3 * i + 3, (byte) i);
      } else if (3 * i + 2 < palette.length) {
        System.arraycopy(palette, 3 * i, colours, 3 * i, 3);
      }
    }
    return colours;
  }

  private void paint(byte[] indices, int from, byte[] colours, byte[] rgb) {
    int at = 3 * left;
    for (int x = 0; x < width; x++, at += 3) {
      int colour = 3 * (indices[from + x] & 0xFF);
      rgb[at] = colours[colour];
      rgb[at + 1] = colours[colour + 1];
      rgb[at + 2] = colours[colour + 2];
    }
  }

  /** Interlaced rows come every 8th, then every 8th from 4, every 4th from 2, every 2nd from 1. */
  private int storedRow(int y) {
    if (!interlaced) {
      return y;
    }
    int eighths = (height + 7) / 8;
    if (y % 8 == 0) {
      return y / 8;
    }
    if (y % 8 == 4) {
      return eighths + y / 8;
    }
    int quarters = (height + 3) / 4;
    return y % 4 == 2 ? quarters + y / 4 : (height + 1) / 2 + y / 2;
  }
}
