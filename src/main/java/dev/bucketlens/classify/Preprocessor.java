package dev.bucketlens.classify;

import dev.bucketlens.engine.Interpreter;
import dev.bucketlens.engine.TensorSpec;
import dev.bucketlens.engine.TensorType;
import dev.bucketlens.image.RgbImage;
import java.util.function.Function;

/**
 * Turns pixels into the values of the input tensor. A level can only be one of 256, so what each
 * means is computed once, for each channel, and looked up then. Thread-safe.
 */
final class Preprocessor {

  private static final int LEVELS = 256;

  private final int channels;
  private final boolean planar;

  /** Where the tensor's channels are in an RGB pixel. */
  private final int[] order;

  private final boolean quantized;
  private final float[][] floats;
  private final byte[][] integers;

  Preprocessor(InputSpec input, TensorSpec tensor) {
    channels = input.layout().channels();
    planar = input.layout().place() == ChannelPlace.NCHW;
    order = input.order() == ChannelOrder.RGB ? new int[] {0, 1, 2} : new int[] {2, 1, 0};
    quantized = tensor.type() != TensorType.FLOAT32;
    floats = new float[channels][LEVELS];
    integers = new byte[channels][LEVELS];
    for (int channel = 0; channel < channels; channel++) {
      for (int level = 0; level < LEVELS; level++) {
        fill(input, tensor, channel, level);
      }
    }
  }

  /** Returns what runs the model on this image. */
  Function<Interpreter, float[]> prepare(RgbImage image) {
    byte[] levels = channels == 1 ? gray(image.pixels()) : image.pixels();
    if (quantized) {
      byte[] values = integers(levels);
      return interpreter -> interpreter.run(values);
    }
    float[] values = floats(levels);
    return interpreter -> interpreter.run(values);
  }

  float[] floats(byte[] levels) {
    float[] values = new float[levels.length];
    int step = step();
    for (int channel = 0; channel < channels; channel++) {
      float[] table = floats[channel];
      int to = first(channel, levels.length);
      for (int from = source(channel); from < levels.length; from += channels) {
        values[to] = table[levels[from] & 0xFF];
        to += step;
      }
    }
    return values;
  }

  byte[] integers(byte[] levels) {
    byte[] values = new byte[levels.length];
    int step = step();
    for (int channel = 0; channel < channels; channel++) {
      byte[] table = integers[channel];
      int to = first(channel, levels.length);
      for (int from = source(channel); from < levels.length; from += channels) {
        values[to] = table[levels[from] & 0xFF];
        to += step;
      }
    }
    return values;
  }

  /**
   * What was made gray before the resize stays as it is; bars around it and photos with a profile
   * of their own become gray here. Returns luma as ITU-R 601-2 weighs it, in the fixed point of
   * Pillow's {@code convert("L")}.
   */
  static byte[] gray(byte[] rgb) {
    byte[] luma = new byte[rgb.length / 3];
    for (int to = 0, from = 0; to < luma.length; to++, from += 3) {
      int red = rgb[from] & 0xFF;
      int green = rgb[from + 1] & 0xFF;
      int blue = rgb[from + 2] & 0xFF;
      luma[to] = (byte) ((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16);
    }
    return luma;
  }

  /** Returns where the tensor has the first value of a channel. */
  private int first(int channel, int values) {
    return planar ? channel * (values / channels) : channel;
  }

  /** Returns how far the tensor's next value of the same channel is. */
  private int step() {
    return planar ? 1 : channels;
  }

  private int source(int channel) {
    return channels == 1 ? 0 : order[channel];
  }

  private void fill(InputSpec input, TensorSpec tensor, int channel, int level) {
    if (input.normalization().isEmpty()) {
      floats[channel][level] = level;
      integers[channel][level] = (byte) (level + tensor.type().minimum());
      return;
    }
    double value = input.normalization().get().apply(channel, level);
    floats[channel][level] = (float) value;
    if (quantized) {
      integers[channel][level] = (byte) tensor.quantization().quantize(value, tensor.type());
    }
  }
}
