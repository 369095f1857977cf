package dev.bucketlens.image.format.tiff;

/**
 * Which sample of a pixel is its alpha (TIFF 6.0, section 18).
 *
 * @param sample from 0; below that if there is none
 * @param multiplied whether the colours are multiplied by it
 */
record TiffAlpha(int sample, boolean multiplied) {

  private static final int ASSOCIATED = 1;
  private static final int UNASSOCIATED = 2;

  /** As the resizer wants to be told. */
  private static final int MULTIPLIED = 1 << 24;

  private static final TiffAlpha NONE = new TiffAlpha(-1, false);

  /**
   * Finds the alpha. Samples that are listed as something else, such as near infrared, are none; a
   * fourth one of RGB that is not listed at all is taken for it, as Pillow does.
   *
   * @param extraSamples the kinds of the last samples of a pixel
   * @param samples of a pixel
   */
  static TiffAlpha of(int[] extraSamples, boolean rgb, int samples) {
    for (int i = 0; i < extraSamples.length; i++) {
      int kind = extraSamples[i];
      if (kind == ASSOCIATED || kind == UNASSOCIATED) {
        return new TiffAlpha(samples - extraSamples.length + i, kind == ASSOCIATED);
      }
    }
    return rgb && samples == 4 && extraSamples.length == 0 ? new TiffAlpha(3, false) : NONE;
  }

  /** Returns a colour that shows through, with how this alpha composes on it. */
  int ground(int rgb) {
    return multiplied ? rgb | MULTIPLIED : rgb;
  }
}
