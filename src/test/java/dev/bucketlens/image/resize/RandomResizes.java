package dev.bucketlens.image.resize;

import dev.bucketlens.image.Aspect;
import dev.bucketlens.image.ImageFormat;
import dev.bucketlens.image.ImageInfo;
import dev.bucketlens.image.PixelRequest;
import dev.bucketlens.image.ResizeFilter;
import java.util.SplittableRandom;

/** Makes resizes of every kind: filter, orientation, crop, scale up and down, reduced before. */
final class RandomResizes {

  private static final int MAX_SIDE = 90;

  private final SplittableRandom random;

  RandomResizes(long seed) {
    random = new SplittableRandom(seed);
  }

  /**
   * One resize.
   *
   * @param name what a failed test says
   * @param pixels stored ones, without gaps
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Resize(String name, StoredFraming framing, int channels, byte[] pixels) {

    @Override
    public String toString() {
      return name;
    }
  }

  Resize next() {
    ResizeFilter filter = any(ResizeFilter.values());
    Orientation orientation = any(Orientation.values());
    int reduction = 1 << random.nextInt(4);
    int fullWidth = side() * reduction - random.nextInt(reduction);
    int fullHeight = side() * reduction - random.nextInt(reduction);
    PixelRequest request = new PixelRequest(side(), side(), filter, aspect(), 0, reduction > 1);
    ImageInfo upright =
        orientation.swapsAxes()
            ? new ImageInfo(ImageFormat.JPEG, fullHeight, fullWidth)
            : new ImageInfo(ImageFormat.JPEG, fullWidth, fullHeight);
    int width = (fullWidth + reduction - 1) / reduction;
    int height = (fullHeight + reduction - 1) / reduction;
    StoredFraming framing =
        StoredFraming.of(Framing.of(upright, request), upright, orientation, width, height, filter);
    int channels = random.nextInt(4) == 0 ? 1 : 3;
    String name =
        "%s %s %dx%d/%d of %d channels for %s"
            .formatted(filter, orientation, fullWidth, fullHeight, reduction, channels, request);
    return new Resize(name, framing, channels, pixels(width * height * channels));
  }

  private int side() {
    return 1 + random.nextInt(random.nextInt(8) == 0 ? 4 : MAX_SIDE);
  }

  private Aspect aspect() {
    return switch (random.nextInt(3)) {
      case 0 -> new Aspect.Stretch();
      case 1 -> new Aspect.Letterbox(0);
      default -> new Aspect.CenterCrop(1 - random.nextDouble() * 0.9);
    };
  }

  /** Noise of all levels, or of the two extremes, which cubic filters overshoot. */
  private byte[] pixels(int samples) {
    byte[] pixels = new byte[samples];
    random.nextBytes(pixels);
    if (random.nextInt(3) == 0) {
      for (int i = 0; i < samples; i++) {
        pixels[i] = (byte) (pixels[i] >> 7);
      }
    }
    return pixels;
  }

  private <T> T any(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
