package dev.bucketlens.image;

/** What happens when the photo's shape is not the model's. */
public sealed interface Aspect {

  /** The whole photo, its width and height scaled separately. */
  record Stretch() implements Aspect {}

  /**
   * The centre of the photo in the model's shape.
   *
   * @param fraction how much of the largest such part is kept, above 0 and up to 1; 0.875 is the
   *     usual evaluation crop for ImageNet
   */
  record CenterCrop(double fraction) implements Aspect {

    public CenterCrop {
      if (!(fraction > 0 && fraction <= 1)) {
        throw new IllegalArgumentException(
            "centerCrop fraction is %s: set it above 0 and up to 1".formatted(fraction));
      }
    }
  }

  /**
   * The whole photo, scaled by one factor, centred on bars.
   *
   * @param rgb the bars' colour as 0xRRGGBB
   */
  record Letterbox(int rgb) implements Aspect {

    public Letterbox {
      PixelRequest.requireRgb("letterbox", rgb);
    }
  }
}
