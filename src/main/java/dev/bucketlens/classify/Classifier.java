package dev.bucketlens.classify;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.tflite.ModelLoadException;
import java.nio.file.Path;
import java.util.Objects;

/** Image bytes in, ranked scores out. Thread-safe; one classifier serves the whole process. */
public final class Classifier implements AutoCloseable {

  private final ModelBundle model;

  private Classifier(ModelBundle model) {
    this.model = model;
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
    Objects.requireNonNull(settings, "settings");
    return new Classifier(ModelBundle.open(tfliteFile));
  }

  public ModelBundle model() {
    return model;
  }

  /**
   * Fails unless {@code options} make sense for this model.
   *
   * @throws InvalidOptionsException if a listed label is none of the model's
   */
  public void check(ClassifyOptions options) {
    Objects.requireNonNull(options, "options");
  }

  /**
   * Classifies one image.
   *
   * @param image the whole file, in any supported format
   * @throws ImageRejectedException if the image can never be classified
   * @throws InvalidOptionsException if a listed label is none of the model's
   */
  public Classification classify(byte[] image, ClassifyOptions options)
      throws ImageRejectedException {
    check(options);
    throw new ImageRejectedException(RejectionCode.NOT_AN_IMAGE);
  }

  @Override
  public void close() {}
}
