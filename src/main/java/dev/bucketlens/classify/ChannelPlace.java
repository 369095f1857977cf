package dev.bucketlens.classify;

import java.util.Locale;

/** Where a tensor has the channels of an image: the manifest's {@code input.layout}. */
enum ChannelPlace {
  /** Behind height and width: the levels of a pixel lie together, as in TensorFlow. */
  NHWC,

  /** Before height and width: the levels of a channel lie together, as in PyTorch. */
  NCHW;

  /** Returns the manifest's word for it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
