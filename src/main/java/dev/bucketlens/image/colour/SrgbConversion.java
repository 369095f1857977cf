package dev.bucketlens.image.colour;

/**
 * Converts pixels from an embedded profile's colours to sRGB: relative colorimetric, out-of-gamut
 * colours clipped. Made for small results: it runs after the resize, where it costs nothing.
 */
public final class SrgbConversion {

  /**
   * From XYZ under D50 to linear sRGB: the inverse of sRGB's colorants, Bradford-adapted to D50.
   */
  private static final double[] FROM_XYZ = {
    3.1338561, -1.6168667, -0.4906146,
    -0.9787684, 1.9161415, 0.0334540,
    0.0719453, -0.2289914, 1.4052427
  };

  private static final int STEPS = 1 << 14;

  /** A profile that moves no colour further is sRGB by another name; its pixels stay untouched. */
  private static final int UNSEEN = 2;

  private final float[][] curves;
  private final float[] matrix = new float[9];
  private final byte[] encoded = new byte[STEPS + 1];

  public SrgbConversion(IccProfile profile) {
    this.curves = profile.curves();
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        double sum = 0;
        for (int k = 0; k < 3; k++) {
          sum += FROM_XYZ[3 * row + k] * profile.toXyz()[3 * k + column];
        }
        matrix[3 * row + column] = (float) sum;
      }
    }
    for (int i = 0; i <= STEPS; i++) {
      encoded[i] = (byte) Math.round(255 * encode((double) i / STEPS));
    }
  }

  /** IEC 61966-2-1. */
  private static double encode(double linear) {
    return linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
  }

  /** Whether the profile is sRGB, or so near that no eye and no model tells them apart. */
  public boolean changesNothing() {
    byte[] probe = new byte[3];
    for (int colour = 0; colour < 5 * 5 * 5; colour++) {
      int[] wanted = {colour % 5 * 63, colour / 5 % 5 * 63, colour / 25 * 63};
      for (int i = 0; i < 3; i++) {
        probe[i] = (byte) wanted[i];
      }
      convert(probe);
      for (int i = 0; i < 3; i++) {
        if (Math.abs((probe[i] & 0xFF) - wanted[i]) > UNSEEN) {
          return false;
        }
      }
    }
    return true;
  }

  /** Converts RGB pixels in place. */
  public void convert(byte[] rgb) {
    for (int at = 0; at < rgb.length; at += 3) {
      float red = curves[0][rgb[at] & 0xFF];
      float green = curves[1][rgb[at + 1] & 0xFF];
      float blue = curves[2][rgb[at + 2] & 0xFF];
      for (int row = 0; row < 3; row++) {
        float linear =
            matrix[3 * row] * red + matrix[3 * row + 1] * green + matrix[3 * row + 2] * blue;
        rgb[at + row] = encoded[(int) (Math.clamp(linear, 0f, 1f) * STEPS + 0.5f)];
      }
    }
  }
}
