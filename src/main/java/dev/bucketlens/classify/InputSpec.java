package dev.bucketlens.classify;

import dev.bucketlens.image.Aspect;
import dev.bucketlens.image.PixelRequest;
import dev.bucketlens.image.ResizeFilter;
import java.util.Optional;

/**
 * What happens to a photo before it is a tensor.
 *
 * @param layout of the tensor, and the size of the image in it
 * @param background what transparent pixels are composed on, as 0xRRGGBB
 * @param normalization empty for a model that takes the pixels' levels as they are
 */
record InputSpec(
    InputLayout layout,
    ResizeFilter filter,
    Aspect aspect,
    int background,
    ChannelOrder order,
    Optional<Normalization> normalization) {

  PixelRequest pixelRequest(boolean reducedDecoding) {
    return new PixelRequest(
        layout.width(),
        layout.height(),
        filter,
        aspect,
        background,
        layout.channels() == 1,
        reducedDecoding);
  }
}
