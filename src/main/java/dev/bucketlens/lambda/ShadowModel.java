package dev.bucketlens.lambda;

import dev.bucketlens.classify.Classifier;
import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.ingest.ClassifierScorer;
import dev.bucketlens.ingest.PhotoScorer;
import java.util.function.Supplier;

/**
 * The model that scores a sample behind the first one, opened when it is first asked for: no upload
 * waits for it. A model that cannot be opened is not tried again. Of the deployment's lists of
 * labels, which speak of the first model's, it keeps to those that it has. Thread-safe.
 */
final class ShadowModel implements Supplier<PhotoScorer>, AutoCloseable {
  private final Settings settings;
  private final ShadowSettings shadow;
  private Classifier classifier;
  private RuntimeException failure;

  ShadowModel(Settings settings, ShadowSettings shadow) {
    this.settings = settings;
    this.shadow = shadow;
  }

  int percent() {
    return shadow.percent();
  }

  /**
   * The model, ready to run.
   *
   * @throws SettingException if it cannot be used; the message says why
   */
  @Override
  public synchronized PhotoScorer get() {
    if (failure != null) {
      throw failure;
    }
    if (classifier == null) {
      try {
        classifier = open();
      } catch (RuntimeException e) {
        failure = e;
        throw e;
      }
    }
    return new ClassifierScorer(
        classifier,
        settings.options().forLabels(classifier.model().labels()),
        settings.classifier().limits().maxBytes());
  }

  private Classifier open() {
    AwsClients aws = new AwsClients(settings.aws());
    try (ModelFiles files = ModelFiles.of(shadow.model(), aws)) {
      return Classifier.open(files.model(), settings.classifier().withOneInterpreter());
    } catch (ModelLoadException e) {
      throw new SettingException(
          "%s: %s: %s".formatted(Setting.SHADOW_MODEL.told(), shadow.model(), e.getMessage()), e);
    }
  }

  @Override
  public synchronized void close() {
    if (classifier != null) {
      classifier.close();
    }
  }
}
