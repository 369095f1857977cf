package dev.bucketlens.classify;

import dev.bucketlens.engine.InterpreterPool;
import dev.bucketlens.engine.LiteRtException;
import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.engine.TensorSpec;
import dev.bucketlens.image.RgbImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Runs a model on made-up images when it is opened: what it gives for them must be scores, so that
 * a model that was trained to nothing, or whose manifest is wrong about its output, is told of
 * before any photo.
 */
final class Probe {

  private static final int SEED = 1;

  /** How far the sum of a softmax may be from 1; 8 bits round each of its scores. */
  private static final double ROUNDING = 1e-2;

  private final ModelBundle bundle;
  private final Preprocessor preprocessor;
  private final Postprocessor postprocessor;

  Probe(ModelBundle bundle, Preprocessor preprocessor, Postprocessor postprocessor) {
    this.bundle = bundle;
    this.preprocessor = preprocessor;
    this.postprocessor = postprocessor;
  }

  /**
   * Passes if the model gives scores. Where its last operator can give nothing else, one image is
   * enough to see that they are numbers.
   *
   * @throws ModelLoadException otherwise; the message says what it gives
   */
  void run(Path model, InterpreterPool interpreters) throws ModelLoadException {
    requireKnownCount(model, interpreters);
    boolean always = true;
    for (RgbImage image : images()) {
      float[] raw = run(model, interpreters, image);
      requireOneForEachLabel(model, raw);
      try {
        float[] _ = postprocessor.scores(raw);
      } catch (UnusableScoresException e) {
        throw new ModelLoadException(model, unusable(e), e);
      }
      always &= isDistribution(raw);
    }
    OutputType type = bundle.output().type();
    if (always && type != OutputType.PROBABILITIES) {
      throw new ModelLoadException(
          model,
          "output.type is \"%s\", but what it gives are probabilities already: from 0 to 1, with a sum of 1; set it to \"probabilities\"."
              .formatted(type.text()));
    }
  }

  private float[] run(Path model, InterpreterPool interpreters, RgbImage image)
      throws ModelLoadException {
    try {
      return interpreters.use(preprocessor.prepare(image));
    } catch (LiteRtException e) {
      throw new ModelLoadException(
          model, "LiteRT cannot run it on a made-up image (%s).".formatted(e.getMessage()), e);
    }
  }

  /**
   * Where only a run decides how long the output is, LiteRT has room for one number, and may give
   * that without a word.
   */
  private void requireKnownCount(Path model, InterpreterPool interpreters)
      throws ModelLoadException {
    TensorSpec output = bundle.outputTensor();
    long room = interpreters.use(interpreter -> interpreter.output().elements());
    if (room == 1 && TensorChecks.leavesScoresOpen(output)) {
      throw new ModelLoadException(
          model,
          "its output %s leaves open how many scores it has until it has run; convert the model with an output of fixed length."
              .formatted(output));
    }
  }

  private String unusable(UnusableScoresException e) {
    String advice =
        bundle.output().type() == OutputType.PROBABILITIES
            ? "If it ends without a softmax or sigmoid, set output.type to \"logits\" or"
                + " \"sigmoid\"; if it gives NaN, its weights or its range, mean and std are"
                + " wrong."
            : "Its weights, or its range, mean and std, are wrong.";
    return "for a made-up image it gives %s; output.type is \"%s\". %s"
        .formatted(e.getMessage(), bundle.output().type().text(), advice);
  }

  private void requireOneForEachLabel(Path model, float[] raw) throws ModelLoadException {
    int labels = bundle.labels().size();
    boolean binary = raw.length == 1 && labels == 2;
    if (raw.length != labels && !binary) {
      throw new ModelLoadException(
          model,
          "for one image it gives %d numbers; expected one for each of %d labels."
              .formatted(raw.length, labels));
    }
  }

  private static boolean isDistribution(float[] raw) {
    double sum = 0;
    for (float value : raw) {
      if (!(value >= 0 && value <= 1)) {
        return false;
      }
      sum += value;
    }
    return raw.length > 1 && Math.abs(sum - 1) < ROUNDING;
  }

  private List<RgbImage> images() {
    RgbImage noise = image(0);
    new SplittableRandom(SEED).nextBytes(noise.pixels());
    return bundle.lastOperator() != LastOperator.OTHER
        ? List.of(noise)
        : List.of(noise, image(0), image(0xFF));
  }

  private RgbImage image(int level) {
    byte[] pixels = new byte[3 * bundle.width() * bundle.height()];
    Arrays.fill(pixels, (byte) level);
    return new RgbImage(bundle.width(), bundle.height(), pixels);
  }
}
