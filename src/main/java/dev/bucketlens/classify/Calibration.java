package dev.bucketlens.classify;

import dev.bucketlens.engine.ModelLoadException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Score calibration as TFLite Metadata defines it: {@code scale / (1 + e^-(slope * g(score) +
 * offset))} with parameters of each label's own, so that one threshold suits all labels.
 *
 * @param parameters one entry for each label; empty for a label that always gets the default
 * @param transformation g
 * @param defaultScore the score of a label without parameters, or below its minimum
 */
record Calibration(
    List<Optional<Parameters>> parameters, Transformation transformation, float defaultScore) {

  /** What happens to a score before its sigmoid. */
  enum Transformation {
    IDENTITY,
    LOG,
    INVERSE_LOGISTIC;

    private static final double SMALLEST = 1e-16;

    private double apply(double score) {
      return switch (this) {
        case IDENTITY -> score;
        case LOG -> clampedLog(score);
        case INVERSE_LOGISTIC -> clampedLog(score) - clampedLog(1 - score);
      };
    }

    /** The logarithm, continued smoothly below the smallest score as the Task Library does. */
    private static double clampedLog(double value) {
      return value < SMALLEST
          ? 2 * Math.log(SMALLEST) - Math.log(2 * SMALLEST - value)
          : Math.log(value);
    }
  }

  /**
   * The sigmoid of one label.
   *
   * @param minScore uncalibrated scores below it get the default
   */
  record Parameters(float scale, float slope, float offset, float minScore) {}

  Calibration {
    parameters = List.copyOf(parameters);
  }

  /**
   * Reads one line for each label: {@code scale,slope,offset[,min_score]}, or nothing.
   *
   * @throws ModelLoadException if a line is something else; the message names it
   */
  static Calibration parse(
      Path model, TextLines text, Transformation transformation, float defaultScore)
      throws ModelLoadException {
    List<Optional<Parameters>> parameters = new ArrayList<>();
    for (String line : text.lines()) {
      parameters.add(parse(model, text.source(), parameters.size() + 1, line));
    }
    return new Calibration(parameters, transformation, defaultScore);
  }

  /** Returns the calibrated score of the label at {@code index}. */
  float apply(int index, float score) {
    Optional<Parameters> own = parameters.get(index);
    if (own.isEmpty() || score < own.get().minScore()) {
      return defaultScore;
    }
    Parameters p = own.get();
    double sigmoid = Sigmoid.of(transformation.apply(score) * p.slope() + p.offset());
    return (float) Math.clamp(p.scale() * sigmoid, 0, Math.max(p.scale(), 0));
  }

  private static Optional<Parameters> parse(Path model, String source, int number, String line)
      throws ModelLoadException {
    if (line.isBlank()) {
      return Optional.empty();
    }
    String[] values = line.split(",", -1);
    try {
      if (values.length == 3 || values.length == 4) {
        return Optional.of(
            new Parameters(
                Float.parseFloat(values[0]),
                Float.parseFloat(values[1]),
                Float.parseFloat(values[2]),
                values.length == 4 ? Float.parseFloat(values[3]) : Float.NEGATIVE_INFINITY));
      }
    } catch (NumberFormatException e) {
      throw malformed(model, source, number, line, e);
    }
    throw malformed(model, source, number, line, null);
  }

  private static ModelLoadException malformed(
      Path model, String source, int number, String line, NumberFormatException cause) {
    return new ModelLoadException(
        model,
        "line %d of %s is \"%s\"; expected scale,slope,offset and perhaps min_score, or nothing."
            .formatted(number, source, line),
        cause);
  }
}
