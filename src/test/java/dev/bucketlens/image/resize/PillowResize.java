package dev.bucketlens.image.resize;

import dev.bucketlens.image.RgbImage;

/**
 * Pillow's resize as its formulas read: whole image in, whole image out, one sum for each sample.
 * What the fast code in C is held to.
 */
final class PillowResize {

  private static final int BITS = ResampleTable.PRECISION_BITS;

  private PillowResize() {}

  /**
   * Resizes an image and turns it upright.
   *
   * @param channels 3, or 1 for gray
   * @param pixels row by row, without gaps
   */
  static RgbImage resize(StoredFraming framing, int channels, byte[] pixels) {
    int width = framing.sourceWidth();
    int height = framing.sourceHeight();
    byte[] resized =
        framing.columnsFirst()
            ? rows(
                framing.rows(),
                columns(framing.columns(), pixels, width, height, channels),
                framing.columns().size(),
                channels)
            : columns(
                framing.columns(),
                rows(framing.rows(), pixels, width, channels),
                width,
                framing.rows().size(),
                channels);
    return upright(framing, channels, resized);
  }

  private static byte[] columns(
      ResampleTable table, byte[] pixels, int width, int height, int channels) {
    byte[] result = new byte[table.size() * height * channels];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < table.size(); x++) {
        for (int channel = 0; channel < channels; channel++) {
          int from = (y * width + table.first(x)) * channels + channel;
          result[(y * table.size() + x) * channels + channel] =
              level(table, x, pixels, from, channels);
        }
      }
    }
    return result;
  }

  private static byte[] rows(ResampleTable table, byte[] pixels, int width, int channels) {
    int stride = width * channels;
    byte[] result = new byte[table.size() * stride];
    for (int y = 0; y < table.size(); y++) {
      for (int at = 0; at < stride; at++) {
        result[y * stride + at] = level(table, y, pixels, table.first(y) * stride + at, stride);
      }
    }
    return result;
  }

  private static byte level(ResampleTable table, int output, byte[] pixels, int from, int step) {
    int sum = 1 << (BITS - 1);
    for (int tap = 0; table.first(output) + tap <= table.last(output); tap++) {
      sum += table.weight(output, tap) * (pixels[from + tap * step] & 0xFF);
    }
    return (byte) Math.clamp(sum >> BITS, 0, 255);
  }

  private static RgbImage upright(StoredFraming framing, int channels, byte[] stored) {
    int width = framing.columns().size();
    int height = framing.rows().size();
    Orientation orientation = framing.orientation();
    int uprightWidth = orientation.swapsAxes() ? height : width;
    byte[] upright = new byte[3 * width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int column = orientation.mirrorsColumns() ? width - 1 - x : x;
        int row = orientation.mirrorsRows() ? height - 1 - y : y;
        int to =
            orientation.swapsAxes() ? column * uprightWidth + row : row * uprightWidth + column;
        for (int i = 0; i < 3; i++) {
          upright[3 * to + i] = stored[(y * width + x) * channels + (channels == 3 ? i : 0)];
        }
      }
    }
    return new RgbImage(uprightWidth, orientation.swapsAxes() ? width : height, upright);
  }
}
