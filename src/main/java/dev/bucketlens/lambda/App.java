package dev.bucketlens.lambda;

import dev.bucketlens.classify.Classifier;
import dev.bucketlens.classify.ClassifyOptions;
import dev.bucketlens.classify.InvalidOptionsException;
import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.results.ModelRef;
import dev.bucketlens.results.ResultStore;
import java.time.Clock;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The program, wired: built once per execution environment and shared by its invocations.
 * Thread-safe.
 */
public final class App implements AutoCloseable {

  private final Settings settings;
  private final Classifier classifier;
  private final ModelRef model;
  private final ClientsAhead clients;
  private final ResultStore results;
  private final Optional<ShadowModel> shadow;

  private App(Settings settings, Classifier classifier, ClientsAhead clients) {
    this.settings = settings;
    this.classifier = classifier;
    this.model = new ModelRef(classifier.model().name(), classifier.bundleHash(settings.options()));
    this.clients = clients;
    this.results = new ResultStore(clients.dynamoDb(), settings.table(), Clock.systemUTC());
    this.shadow = settings.shadow().map(second -> new ShadowModel(settings, second));
  }

  /**
   * Starts as Lambda has it: settings from the environment. Reads certificates meanwhile: the first
   * request for a URL waits less.
   *
   * @throws SettingException if a setting is missing or wrong, or the model cannot be used
   */
  static App startForRequests() {
    Settings settings = Settings.from(System.getenv());
    return start(settings, ClientsAhead.startAndReadCertificates(new AwsClients(settings.aws())));
  }

  /** Likewise, and calls S3 and the table meanwhile: the first upload waits less. */
  static App startForUploads() {
    Settings settings = Settings.from(System.getenv());
    return start(
        settings,
        Snapshot.isTaken(System.getenv())
            ? ClientsAhead.start(new AwsClients(settings.aws()))
            : ClientsAhead.startAndCall(settings));
  }

  /**
   * Opens the model and the clients.
   *
   * @throws SettingException if the model cannot be used; the message says why
   */
  public static App start(Settings settings) {
    return start(settings, ClientsAhead.start(new AwsClients(settings.aws())));
  }

  private static App start(Settings settings, ClientsAhead clients) {
    try {
      return new App(settings, open(settings), clients);
    } catch (RuntimeException e) {
      clients.close();
      throw e;
    }
  }

  private static Classifier open(Settings settings) {
    Classifier classifier;
    try (ModelFiles files = ModelFiles.of(settings.model(), new AwsClients(settings.aws()))) {
      classifier = Classifier.open(files.model(), settings.classifier());
    } catch (ModelLoadException e) {
      throw new SettingException(Setting.MODEL.told() + ": " + e.getMessage(), e);
    }
    try {
      checkLabels(classifier, settings.options());
      return classifier;
    } catch (RuntimeException e) {
      classifier.close();
      throw e;
    }
  }

  private static void checkLabels(Classifier classifier, ClassifyOptions options) {
    try {
      classifier.check(options);
    } catch (InvalidOptionsException e) {
      throw Settings.wrongLabels(e);
    }
  }

  /** The settings that this program was started with. */
  public Settings settings() {
    return settings;
  }

  /** The model, ready to run. */
  public Classifier classifier() {
    return classifier;
  }

  /** What this program's results say that they come from. */
  public ModelRef model() {
    return model;
  }

  /** The model on trial, if there is one. */
  Optional<ShadowModel> shadow() {
    return shadow;
  }

  /** The client of the bucket. */
  public S3Client s3() {
    return clients.s3();
  }

  /** Waits a moment for the connections that a start for uploads opens ahead. */
  void awaitConnections() throws InterruptedException {
    clients.awaitCalls();
  }

  /** The table. */
  public ResultStore results() {
    return results;
  }

  @Override
  public void close() {
    shadow.ifPresent(ShadowModel::close);
    classifier.close();
    clients.close();
  }
}
