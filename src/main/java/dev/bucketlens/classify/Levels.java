package dev.bucketlens.classify;

import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.engine.Quantization;
import dev.bucketlens.engine.TensorSpec;
import dev.bucketlens.engine.TensorType;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * What becomes of the 256 levels of a pixel in an input tensor, checked before any photo is: a
 * normalisation that is not the model's makes all photos look alike to it, and says so nowhere.
 */
final class Levels {

  private static final int COUNT = 256;

  /** One level in so many may be lost. */
  private static final int TOLERATED = 10;

  private final Path source;
  private final TensorSpec tensor;
  private final Normalization normalization;

  /**
   * @param source the file that says the normalisation
   */
  Levels(Path source, TensorSpec tensor, Normalization normalization) {
    this.source = source;
    this.tensor = tensor;
    this.normalization = normalization;
  }

  /**
   * Passes if nearly all levels of each channel are numbers that the tensor holds, and can be told
   * apart there.
   *
   * @throws ModelLoadException otherwise; the message names what to set
   */
  void requireDistinct(int channels) throws ModelLoadException {
    for (int channel = 0; channel < channels; channel++) {
      if (tensor.type() == TensorType.FLOAT32) {
        requireFinite(channel);
      } else {
        requireUnsaturated(channel);
        requireManySteps(channel);
      }
    }
  }

  private void requireFinite(int channel) throws ModelLoadException {
    if (!IntStream.range(0, COUNT)
        .allMatch(level -> Float.isFinite((float) normalization.apply(channel, level)))) {
      throw new ModelLoadException(
          source,
          "range, mean and std turn levels of channel %d into numbers beyond float32; expected those that the model was trained with."
              .formatted(channel));
    }
  }

  private void requireUnsaturated(int channel) throws ModelLoadException {
    Quantization quantization = tensor.quantization();
    float halfStep = quantization.scale() / 2;
    float lowest = quantization.dequantize(tensor.type().minimum());
    float highest = quantization.dequantize(tensor.type().maximum());
    long saturated =
        IntStream.range(0, COUNT)
            .mapToDouble(level -> normalization.apply(channel, level))
            .filter(value -> !(value >= lowest - halfStep && value <= highest + halfStep))
            .count();
    if (saturated * TOLERATED >= COUNT) {
      throw lost(
          "put %d of the 256 levels of channel %d outside %.4g to %.4g, which is all that"
              .formatted(saturated, channel, lowest, highest));
    }
  }

  private void requireManySteps(int channel) throws ModelLoadException {
    long steps =
        IntStream.range(0, COUNT)
            .map(level ->
                tensor.quantization().quantize(normalization.apply(channel, level), tensor.type()))
            .distinct()
            .count();
    if (steps * TOLERATED < COUNT) {
      throw lost(
          "make only %d numbers of the 256 levels of channel %d in what".formatted(steps, channel));
    }
  }

  private ModelLoadException lost(String problem) {
    return new ModelLoadException(
        source,
        "range, mean and std %s the input %s (scale %s, zero point %d) holds: photos would all look alike to the model. Set those that it was trained with or, if it takes the levels 0 to 255 as they are, \"raw\": true in their place."
            .formatted(
                problem, tensor, tensor.quantization().scale(), tensor.quantization().zeroPoint()));
  }
}
