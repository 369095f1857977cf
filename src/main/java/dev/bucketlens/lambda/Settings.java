package dev.bucketlens.lambda;

import dev.bucketlens.classify.ClassifierSettings;
import dev.bucketlens.classify.ClassifyOptions;
import dev.bucketlens.classify.InvalidOptionsException;
import dev.bucketlens.image.ImageLimits;
import dev.bucketlens.results.ReviewPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;

/**
 * The settings that uploads and API have in common, read once at start from the variables of {@link
 * Setting}.
 *
 * @param bucket the bucket whose objects are scored; events of others are refused
 * @param table the table of results
 * @param model where the model lies
 * @param shadow a second model on trial
 * @param classifier how images are decoded and inferred
 * @param options which scores are kept, unless a request asks otherwise
 * @param reviews which images people are asked about
 * @param aws where bucket, table and event bus are
 */
public record Settings(
    String bucket,
    String table,
    ModelSource model,
    Optional<ShadowSettings> shadow,
    ClassifierSettings classifier,
    ClassifyOptions options,
    ReviewPolicy reviews,
    AwsSettings aws) {

  /**
   * Reads the settings.
   *
   * @param variables the environment, {@code System.getenv()} on Lambda
   * @throws SettingException if one is missing or wrong
   */
  public static Settings from(Map<String, String> variables) {
    Environment env = new Environment(variables);
    Path root = Path.of(env.text(Setting.LAMBDA_TASK_ROOT));
    return new Settings(
        env.required(Setting.BUCKET, "the name of the bucket whose objects are scored"),
        env.required(Setting.TABLE, "the name of the table of results"),
        ModelSource.of(env, Setting.MODEL, Setting.MODEL_VERSION, root),
        shadow(env, root),
        classifier(env),
        options(env),
        reviews(env),
        aws(env));
  }

  private static Optional<ShadowSettings> shadow(Environment env, Path root) {
    return env.text(Setting.SHADOW_MODEL).isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ShadowSettings(
                ModelSource.of(env, Setting.SHADOW_MODEL, Setting.SHADOW_MODEL_VERSION, root),
                env.integer(Setting.SHADOW_PERCENT)));
  }

  /** One interpreter a processor: the function has its processors to itself. */
  private static ClassifierSettings classifier(Environment env) {
    return new ClassifierSettings(
        Math.toIntExact(
            env.number(Setting.INTERPRETERS, Runtime.getRuntime().availableProcessors())),
        env.integer(Setting.THREADS),
        limits(env),
        env.on(Setting.REDUCED_DECODING));
  }

  private static ImageLimits limits(Environment env) {
    int maxSide = env.integer(Setting.MAX_IMAGE_SIDE);
    return new ImageLimits(
        env.number(Setting.MAX_IMAGE_BYTES),
        env.number(Setting.MAX_IMAGE_PIXELS),
        maxSide,
        Math.toIntExact(env.numberUpTo(maxSide, Setting.MIN_IMAGE_SIDE)),
        env.number(Setting.MAX_IMAGE_MEMORY, memory(env)),
        env.integer(Setting.MAX_IMAGE_SCANS));
  }

  /** Lambda names the function's memory; elsewhere there is nothing to keep within. */
  private static long memory(Environment env) {
    long most = ImageLimits.defaults().maxMemory();
    long function = env.number(Setting.AWS_LAMBDA_FUNCTION_MEMORY_SIZE, 0);
    return function == 0 ? most : FunctionMemory.forOnePhoto(function, most);
  }

  private static ClassifyOptions options(Environment env) {
    try {
      return new ClassifyOptions(
          env.integer(Setting.MAX_RESULTS),
          env.share(Setting.MIN_SCORE, ClassifyOptions.MODEL_THRESHOLD),
          env.list(Setting.INCLUDE_LABELS),
          env.list(Setting.EXCLUDE_LABELS));
    } catch (InvalidOptionsException e) {
      throw wrongLabels(e);
    }
  }

  private static ReviewPolicy reviews(Environment env) {
    return new ReviewPolicy(
        env.share(Setting.REVIEW_BELOW, 0), env.share(Setting.REVIEW_SAMPLE, 0));
  }

  static SettingException wrongLabels(InvalidOptionsException e) {
    return new SettingException(
        "%s, %s: %s"
            .formatted(
                Setting.INCLUDE_LABELS.told(), Setting.EXCLUDE_LABELS.told(), e.getMessage()),
        e);
  }

  /** Where the services of AWS are. */
  static AwsSettings aws(Environment env) {
    return new AwsSettings(
        Region.of(env.required(Setting.AWS_REGION, "an AWS region such as eu-central-1")),
        endpoint(env, Setting.AWS_ENDPOINT_URL_S3),
        endpoint(env, Setting.AWS_ENDPOINT_URL_DYNAMODB),
        endpoint(env, Setting.AWS_ENDPOINT_URL_EVENTBRIDGE),
        env.file(Setting.AWS_CA_BUNDLE).orElse(null));
  }

  /** The SDK reads these too, and fails without a word of why if one is empty. */
  private static URI endpoint(Environment env, Setting setting) {
    env.refuseEmpty(
        setting,
        "a URL, or no such variable; sam local takes it from --env-vars src/local/sam-env.json");
    return env.address(setting).orElse(null);
  }
}
