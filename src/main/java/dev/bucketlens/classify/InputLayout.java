package dev.bucketlens.classify;

import java.util.List;

/**
 * How the levels of an image lie in the input tensor.
 *
 * @param width of the image, in pixels
 * @param height of the image, in pixels
 * @param channels 3, or 1 for a model that sees gray
 * @param place whether the channels of a pixel, or the pixels of a channel, lie together
 * @param shape of the tensor for one image, with every dimension known
 */
record InputLayout(int width, int height, int channels, ChannelPlace place, List<Integer> shape) {

  InputLayout {
    shape = List.copyOf(shape);
  }
}
