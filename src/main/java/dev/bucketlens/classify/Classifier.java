package dev.bucketlens.classify;

import dev.bucketlens.engine.Interpreter;
import dev.bucketlens.engine.InterpreterPool;
import dev.bucketlens.engine.InterpreterSettings;
import dev.bucketlens.engine.LiteRt;
import dev.bucketlens.engine.Model;
import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.image.DecodedImage;
import dev.bucketlens.image.ImageDecoder;
import dev.bucketlens.image.ImageFormat;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.PixelRequest;
import dev.bucketlens.image.RejectionCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;

/**
 * Image bytes in, ranked scores out. Thread-safe; one classifier serves the whole process.
 *
 * <p>The model is a {@code .tflite} file that
 *
 * <ul>
 *   <li>takes one image: {@code float32}, {@code uint8} or {@code int8} of shape {@code [1, height,
 *       width, channels]} or {@code [1, channels, height, width]}, with 3 channels or, in gray, 1;
 *       the batch and a single channel may be missing, or all be one list; a batch, height or width
 *       that is left open (-1) is decided when the model is opened;
 *   <li>gives, in its only output or in the one that the manifest names, one score for each label:
 *       {@code float32}, {@code uint8} or {@code int8}, integers with one scale and zero point; a
 *       single score with two labels is the probability of the second.
 * </ul>
 *
 * What the tensors do not say (labels, resizing, normalisation, what the outputs are) is said by
 * the manifest beside the model, {@code <name>.json}, or by TFLite Metadata inside it. What neither
 * says is an error when the model is opened, never a guess.
 */
public final class Classifier implements AutoCloseable {

  private final Model model;
  private final ClassifierSettings settings;
  private final ModelBundle bundle;
  private final InterpreterPool interpreters;
  private final ImageDecoder decoder;
  private final PixelRequest pixels;
  private final Preprocessor preprocessor;
  private final Postprocessor postprocessor;
  private final Ranking ranking;

  private Classifier(Model model, ImageDecoder decoder, ClassifierSettings settings)
      throws ModelLoadException {
    this.model = model;
    this.decoder = decoder;
    this.settings = settings;
    bundle = ModelBundle.of(model);
    pixels = bundle.input().pixelRequest(settings.reducedDecoding());
    preprocessor = new Preprocessor(bundle.input(), bundle.inputTensor());
    postprocessor = new Postprocessor(bundle.output(), bundle.labels());
    ranking = new Ranking(bundle.labels(), bundle.output().threshold());
    interpreters =
        InterpreterPool.open(
            model,
            InterpreterSettings.onThreads(settings.threads()),
            bundle.input().layout().shape(),
            bundle.output().index(),
            settings.interpreters());
    try {
      new Probe(bundle, preprocessor, postprocessor).run(model.file(), interpreters);
    } catch (Throwable e) {
      interpreters.close();
      throw e;
    }
  }

  /** Opens the model with the {@linkplain ClassifierSettings#defaults() usual settings}. */
  public static Classifier open(Path tfliteFile) throws ModelLoadException {
    return open(tfliteFile, ClassifierSettings.defaults());
  }

  /**
   * Loads the model and makes it ready to run.
   *
   * @throws ModelLoadException if the model, or what is said about it, cannot be used
   */
  public static Classifier open(Path tfliteFile, ClassifierSettings settings)
      throws ModelLoadException {
    ImageDecoder decoder = ImageDecoder.open(settings.limits());
    Model model = Model.open(LiteRt.load(), tfliteFile);
    try {
      return new Classifier(model, decoder, settings);
    } catch (Throwable e) {
      model.close();
      throw e;
    }
  }

  /** The model with all that is said about it: labels, input, name, licence. */
  public ModelBundle model() {
    return bundle;
  }

  /**
   * Returns what the verdicts of this classifier are bound to: the first 12 hexadecimal digits of a
   * SHA-256 over model file, manifest, labels, limits, the version of the pipeline, and what is
   * kept. The same photo gets the same verdict under the same hash.
   *
   * @param kept which scores are kept of each photo
   */
  public String bundleHash(ClassifyOptions kept) {
    return BundleHash.of(bundle, settings, kept, decoder.decodes(ImageFormat.HEIC));
  }

  /**
   * Fails unless {@code options} make sense for this model.
   *
   * @throws InvalidOptionsException if a listed label is none of the model's
   */
  public void check(ClassifyOptions options) {
    ranking.check(options);
  }

  /**
   * Classifies one image.
   *
   * @param image the whole file, in any supported format
   * @throws ImageRejectedException if the image can never be classified, or not by this model
   * @throws InvalidOptionsException if a listed label is none of the model's
   * @throws IllegalStateException if the classifier is closed
   */
  public Classification classify(byte[] image, ClassifyOptions options)
      throws ImageRejectedException {
    check(options);
    long start = System.nanoTime();
    DecodedImage decoded = decoder.decode(image, pixels);
    long afterDecoding = System.nanoTime();
    Function<Interpreter, float[]> run = preprocessor.prepare(decoded.pixels());
    long afterPreprocessing = System.nanoTime();
    float[] raw = interpreters.use(run);
    Timings timings =
        new Timings(
            Duration.ofNanos(afterDecoding - start),
            Duration.ofNanos(afterPreprocessing - afterDecoding),
            Duration.ofNanos(System.nanoTime() - afterPreprocessing));
    float[] scores = scores(raw);
    return new Classification(
        ranking.rank(scores, options),
        highest(scores),
        decoded.info(),
        timings,
        decoded.warnings());
  }

  private float[] scores(float[] raw) throws ImageRejectedException {
    try {
      return postprocessor.scores(raw);
    } catch (UnusableScoresException e) {
      throw new ImageRejectedException(
          RejectionCode.UNSCORABLE,
          "The model %s gives %s.".formatted(bundle.name(), e.getMessage()),
          e);
    }
  }

  private static float highest(float[] scores) {
    float highest = scores[0];
    for (float score : scores) {
      highest = Math.max(highest, score);
    }
    return highest;
  }

  /** Waits for the classifications under way, then frees all native memory. */
  @Override
  public void close() {
    interpreters.close();
    model.close();
  }
}
