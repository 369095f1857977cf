package dev.bucketlens.classify;

import dev.bucketlens.engine.Model;
import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.engine.TensorSpec;
import dev.bucketlens.engine.TensorType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Checks that a model's tensors are those of a classifier of images. */
final class TensorChecks {

  private TensorChecks() {}

  /**
   * Returns the model's only input.
   *
   * @throws ModelLoadException if it does not take one image
   */
  static TensorSpec input(Model model) throws ModelLoadException {
    List<TensorSpec> inputs = model.inputs();
    if (inputs.size() != 1) {
      throw notAnImage(model, "one for the image alone");
    }
    TensorSpec input = inputs.getFirst();
    if (!input.type().isSupported()) {
      throw notAnImage(
          model,
          input.type() == TensorType.STRING
              ? "pixels, not an encoded file: export the model from behind its decoding"
              : "float32, uint8 or int8: convert the model with one of these as its"
                  + " inference_input_type");
    }
    if (TensorAxes.readings(input.shape(), Optional.empty()).isEmpty()) {
      throw notAnImage(
          model,
          "one image with 1 or 3 channels: [1, height, width, channels] or, with input.layout"
              + " \"nchw\" in the manifest, [1, channels, height, width], in both with or without"
              + " the batch and a single channel; or [1, levels] with input.width and"
              + " input.height");
    }
    return input;
  }

  private static ModelLoadException notAnImage(Model model, String expected) {
    return new ModelLoadException(
        model.file(), "its input is %s; expected %s.".formatted(listed(model.inputs()), expected));
  }

  private static String listed(List<TensorSpec> tensors) {
    return String.join(" and ", tensors.stream().map(TensorSpec::toString).toList());
  }

  /**
   * Passes if the output gives one score for each label.
   *
   * @throws ModelLoadException otherwise
   */
  static void output(Path file, TensorSpec output) throws ModelLoadException {
    if (!output.type().isSupported() || !isScores(output)) {
      throw new ModelLoadException(
          file,
          "its output is %s; expected a score for each label, in float32, uint8 or int8: a list such as [1, labels]."
              .formatted(output));
    }
    if (output.type().isQuantized() && !output.quantization().fits(output.type())) {
      throw badQuantization(
          file, "output", output, "convert the model with float32 as its inference_output_type");
    }
  }

  /**
   * @param advice what to do about it
   */
  static ModelLoadException badQuantization(
      Path file, String which, TensorSpec tensor, String advice) {
    return new ModelLoadException(
        file,
        "its %s %s has scale %s and zero point %d; expected one pair for the whole tensor, with a scale above 0 and a zero point from %d to %d; %s."
            .formatted(
                which,
                tensor,
                tensor.quantization().scale(),
                tensor.quantization().zeroPoint(),
                tensor.type().minimum(),
                tensor.type().maximum(),
                advice));
  }

  /** Returns whether only a run tells how many scores there are; a batch that is open is one. */
  static boolean leavesScoresOpen(TensorSpec output) {
    return output.shape().stream().skip(output.rank() > 1 ? 1 : 0).anyMatch(length -> length < 0);
  }

  /**
   * Some converters leave the sides of a last pooling in the shape: {@code [1, 1, 1, 1001]}, or
   * {@code [1, 1001, 1, 1]} with channels first.
   */
  private static boolean isScores(TensorSpec tensor) {
    long most = tensor.shape().stream().mapToLong(Math::abs).max().orElse(0);
    return most >= 1 && tensor.elements() == most;
  }
}
