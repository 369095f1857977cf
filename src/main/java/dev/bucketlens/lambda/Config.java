package dev.bucketlens.lambda;

import dev.bucketlens.classify.ClassifierSettings;
import dev.bucketlens.classify.ClassifyOptions;
import dev.bucketlens.classify.InvalidOptionsException;
import dev.bucketlens.image.ImageLimits;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import software.amazon.awssdk.regions.Region;

/**
 * Every setting of the deployed program, read once at start from environment variables. The README
 * has the table of them.
 *
 * @param bucket the bucket whose objects are scored; events of others are refused
 * @param table the table of results
 * @param model the {@code .tflite} file
 * @param classifier how images are decoded and inferred
 * @param options which scores are kept, unless a request asks otherwise
 * @param aws where bucket and table are
 */
public record Config(
    String bucket,
    String table,
    Path model,
    ClassifierSettings classifier,
    ClassifyOptions options,
    AwsClients aws) {

  static final String DEFAULT_MODEL = "model/efficientnet-lite0.tflite";

  /**
   * Reads the settings.
   *
   * @param variables the environment, {@code System.getenv()} on Lambda
   * @throws ConfigException if one is missing or wrong
   */
  public static Config from(Map<String, String> variables) {
    Environment env = new Environment(variables);
    return new Config(
        env.requiredText("BUCKET", "the name of the bucket whose objects are scored"),
        env.requiredText("TABLE", "the name of the table of results"),
        model(env),
        classifier(env),
        options(env),
        aws(env));
  }

  /** A relative path starts where the package lies, which Lambda names in LAMBDA_TASK_ROOT. */
  private static Path model(Environment env) {
    Path root = Path.of(env.text("LAMBDA_TASK_ROOT").orElse(""));
    return root.resolve(env.text("MODEL").orElse(DEFAULT_MODEL));
  }

  /** One interpreter a processor: the function has its processors to itself. */
  private static ClassifierSettings classifier(Environment env) {
    ClassifierSettings defaults = ClassifierSettings.defaults();
    return new ClassifierSettings(
        env.integer("INTERPRETERS", Runtime.getRuntime().availableProcessors(), 1, 64),
        env.integer("THREADS", defaults.threads(), 1, 64),
        limits(env, defaults.limits()),
        env.on("REDUCED_DECODING", defaults.reducedDecoding()));
  }

  private static ImageLimits limits(Environment env, ImageLimits defaults) {
    int maxSide = env.integer("MAX_IMAGE_SIDE", defaults.maxSide(), 1, 65535);
    return new ImageLimits(
        env.bigInteger("MAX_IMAGE_BYTES", defaults.maxBytes(), 1, Integer.MAX_VALUE),
        env.bigInteger("MAX_IMAGE_PIXELS", defaults.maxPixels(), 1, Integer.MAX_VALUE),
        maxSide,
        env.integer("MIN_IMAGE_SIDE", defaults.minSide(), 1, maxSide),
        env.bigInteger("MAX_IMAGE_MEMORY", memory(env, defaults), 1, Integer.MAX_VALUE),
        env.integer("MAX_IMAGE_SCANS", defaults.maxScans(), 1, 65535));
  }

  /** Lambda names the function's memory; elsewhere there is nothing to keep within. */
  private static long memory(Environment env, ImageLimits defaults) {
    String function = "AWS_LAMBDA_FUNCTION_MEMORY_SIZE";
    return env.text(function).isEmpty()
        ? defaults.maxMemory()
        : FunctionMemory.forOnePhoto(env.integer(function, 0, 128, 10240), defaults.maxMemory());
  }

  private static ClassifyOptions options(Environment env) {
    try {
      return new ClassifyOptions(
          env.integer("MAX_RESULTS", 5, 1, 1000),
          env.share("MIN_SCORE", ClassifyOptions.MODEL_THRESHOLD),
          env.list("INCLUDE_LABELS"),
          env.list("EXCLUDE_LABELS"));
    } catch (InvalidOptionsException e) {
      throw wrongLabels(e);
    }
  }

  static ConfigException wrongLabels(InvalidOptionsException e) {
    return new ConfigException(
        "%s, %s: %s"
            .formatted(
                TemplateParameters.name("INCLUDE_LABELS"),
                TemplateParameters.name("EXCLUDE_LABELS"),
                e.getMessage()),
        e);
  }

  /** Where the services of AWS are. */
  static AwsClients aws(Environment env) {
    return new AwsClients(
        Region.of(env.requiredText("AWS_REGION", "an AWS region such as eu-central-1")),
        endpoint(env, "AWS_ENDPOINT_URL_S3"),
        endpoint(env, "AWS_ENDPOINT_URL_DYNAMODB"),
        endpoint(env, "AWS_ENDPOINT_URL_EVENTBRIDGE"));
  }

  /** The SDK reads these too, and fails without a word of why if one is empty. */
  private static URI endpoint(Environment env, String name) {
    env.refuseEmpty(
        name,
        "a URL, or no such variable; sam local takes it from --env-vars src/local/sam-env.json");
    return env.url(name).orElse(null);
  }
}
