package dev.bucketlens.image.colour;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.image.input.ByteReader;
import java.util.Optional;

/**
 * An embedded colour profile of the matrix kind, which is what cameras and phones write: Display
 * P3, Adobe RGB and their like.
 *
 * @param toXyz from linear red, green, blue to XYZ under D50, row by row
 * @param curves from 8-bit values to linear light, for red, green and blue
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one decode; never compared
public record IccProfile(double[] toXyz, float[][] curves) {

  private static final int TAG_TABLE = 128;
  private static final int MAX_TAGS = 100;
  private static final String[] COLORANTS = {"rXYZ", "gXYZ", "bXYZ"};
  private static final String[] CURVES = {"rTRC", "gTRC", "bTRC"};

  /**
   * Reads a profile.
   *
   * @param profile may be hostile, broken or of another kind (gray, CMYK, lookup tables): then
   *     empty, and the pixels are taken as sRGB, as they are where there is no profile
   */
  public static Optional<IccProfile> read(byte[] profile) {
    if (!ByteReader.matches(profile, 16, profile.length, "RGB XYZ ")) {
      return Optional.empty();
    }
    try {
      double[] matrix = new double[9];
      float[][] curves = new float[3][];
      for (int i = 0; i < 3; i++) {
        ByteReader colorant = tag(profile, COLORANTS[i]).skip(8);
        for (int row = 0; row < 3; row++) {
          matrix[3 * row + i] = IccCurve.fixed(colorant);
        }
        curves[i] = IccCurve.read(tag(profile, CURVES[i]));
      }
      return Optional.of(new IccProfile(matrix, curves));
    } catch (ImageRejectedException e) {
      return Optional.empty();
    }
  }

  private static ByteReader tag(byte[] profile, String name) throws ImageRejectedException {
    ByteReader reader = ByteReader.bigEndian(profile).seek(TAG_TABLE);
    int tags = reader.i32();
    for (int i = 0; i < tags && i < MAX_TAGS; i++) {
      boolean found = reader.at(name);
      long offset = reader.skip(4).u32();
      reader.skip(4);
      if (found) {
        return reader.seek(offset);
      }
    }
    throw new ImageRejectedException(RejectionCode.CORRUPT);
  }
}
