package dev.bucketlens.classify;

import dev.bucketlens.engine.Model;
import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.engine.TensorSpec;
import java.nio.file.Path;
import java.util.List;

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
    if (inputs.size() != 1 || !isImage(inputs.getFirst())) {
      throw new ModelLoadException(
          model.file(),
          "expected one input of float32, uint8 or int8 in the shape [1, height, width, 1 or 3], found %s; only classifiers of images can be used."
              .formatted(inputs));
    }
    return inputs.getFirst();
  }

  /**
   * Returns the model's only output.
   *
   * @throws ModelLoadException if it does not give one score for each label
   */
  static TensorSpec output(Model model) throws ModelLoadException {
    List<TensorSpec> outputs = model.outputs();
    if (outputs.size() != 1 || !isScores(outputs.getFirst())) {
      throw new ModelLoadException(
          model.file(),
          "expected one output of float32, uint8 or int8 with a score for each label, found %s; only classifiers of images can be used."
              .formatted(outputs));
    }
    TensorSpec output = outputs.getFirst();
    if (output.type().isQuantized() && !output.quantization().fits(output.type())) {
      throw badQuantization(model.file(), "output", output);
    }
    return output;
  }

  static ModelLoadException badQuantization(Path file, String which, TensorSpec tensor) {
    return new ModelLoadException(
        file,
        "its %s %s has scale %s and zero point %d; expected one pair for the whole tensor, with a scale above 0 and a zero point from %d to %d."
            .formatted(
                which,
                tensor,
                tensor.quantization().scale(),
                tensor.quantization().zeroPoint(),
                tensor.type().minimum(),
                tensor.type().maximum()));
  }

  private static boolean isImage(TensorSpec tensor) {
    return tensor.type().isSupported()
        && tensor.rank() == 4
        && Math.abs(tensor.shape().get(0)) == 1
        && (tensor.shape().get(3) == 1 || tensor.shape().get(3) == 3);
  }

  /** Some converters leave the sides of a last pooling in the shape: {@code [1, 1, 1, 1001]}. */
  private static boolean isScores(TensorSpec tensor) {
    return tensor.type().isSupported()
        && tensor.rank() >= 1
        && tensor.shape().getLast() >= 1
        && tensor.elements() == tensor.shape().getLast();
  }
}
