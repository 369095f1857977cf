package dev.bucketlens.classify;

/** The order of the three channels in a colour model's input. */
enum ChannelOrder {
  RGB,
  BGR
}
