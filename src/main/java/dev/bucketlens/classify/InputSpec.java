package dev.bucketlens.classify;

import dev.bucketlens.image.Aspect;
import dev.bucketlens.image.PixelRequest;
import dev.bucketlens.image.ResizeFilter;
import java.util.List;
import java.util.Optional;

/**
 * What happens to a photo before it is a tensor.
 *
 * @param channels 3, or 1 for a model that sees gray
 * @param background what transparent pixels are composed on, as 0xRRGGBB
 * @param normalization empty for a {@code UINT8} model that takes the pixels' levels as they are
 */
record InputSpec(
    int width,
    int height,
    int channels,
    ResizeFilter filter,
    Aspect aspect,
    int background,
    ChannelOrder order,
    Optional<Normalization> normalization) {

  /** Returns the shape of the tensor: one image, rows, columns, channels. */
  List<Integer> shape() {
    return List.of(1, height, width, channels);
  }

  PixelRequest pixelRequest(boolean reducedDecoding) {
    return new PixelRequest(width, height, filter, aspect, background, reducedDecoding);
  }
}
