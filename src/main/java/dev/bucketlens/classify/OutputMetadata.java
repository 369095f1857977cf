package dev.bucketlens.classify;

import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.flatbuffer.FlatBuffer.Table;
import dev.bucketlens.flatbuffer.MalformedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The part of {@link Metadata} that {@code TensorMetadata} of the output holds.
 *
 * @param labels as attached, in the order of the output
 * @param calibration applied to each score
 * @param threshold below which a score means little
 */
record OutputMetadata(
    Optional<List<String>> labels, Optional<Calibration> calibration, Optional<Float> threshold) {

  static final OutputMetadata NONE =
      new OutputMetadata(Optional.empty(), Optional.empty(), Optional.empty());

  private static final int SCORE_TRANSFORMATION = 0;
  private static final int DEFAULT_SCORE = 1;
  private static final int GLOBAL_THRESHOLD = 0;

  OutputMetadata {
    labels = labels.map(List::copyOf);
  }

  static OutputMetadata of(Table tensor, Path model) throws MalformedException, ModelLoadException {
    Optional<String> labels = TensorMetadata.file(tensor, TensorMetadata.AXIS_LABELS);
    Optional<Table> thresholding = TensorMetadata.options(tensor, TensorMetadata.THRESHOLDING);
    return new OutputMetadata(
        labels.isPresent()
            ? Optional.of(AttachedFiles.read(model, labels.get()).withoutBlankEnd())
            : Optional.empty(),
        calibration(tensor, model),
        thresholding.isPresent()
            ? Optional.of(thresholding.get().float32(GLOBAL_THRESHOLD))
            : Optional.empty());
  }

  private static Optional<Calibration> calibration(Table tensor, Path model)
      throws MalformedException, ModelLoadException {
    Optional<Table> options = TensorMetadata.options(tensor, TensorMetadata.CALIBRATION);
    if (options.isEmpty()) {
      return Optional.empty();
    }
    String file =
        TensorMetadata.file(tensor, TensorMetadata.AXIS_CALIBRATION)
            .orElseThrow(() ->
                new ModelLoadException(
                    model, "its metadata asks for score calibration, but names no file of it."));
    return Optional.of(
        Calibration.parse(
            model,
            AttachedFiles.read(model, file),
            transformation(options.get().int8(SCORE_TRANSFORMATION)),
            options.get().float32(DEFAULT_SCORE)));
  }

  private static Calibration.Transformation transformation(int code) throws MalformedException {
    return switch (code) {
      case 0 -> Calibration.Transformation.IDENTITY;
      case 1 -> Calibration.Transformation.LOG;
      case 2 -> Calibration.Transformation.INVERSE_LOGISTIC;
      default -> throw new MalformedException("score transformation " + code + " is unknown");
    };
  }
}
