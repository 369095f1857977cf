package dev.bucketlens.lambda;

import static dev.bucketlens.lambda.SettingDefault.NONE;
import static dev.bucketlens.lambda.SettingDefault.OFF;
import static dev.bucketlens.lambda.SettingDefault.ON;
import static dev.bucketlens.lambda.SettingDefault.found;
import static dev.bucketlens.lambda.SettingDefault.value;
import static dev.bucketlens.lambda.SettingType.ADDRESS;
import static dev.bucketlens.lambda.SettingType.LIST;
import static dev.bucketlens.lambda.SettingType.SHARE;
import static dev.bucketlens.lambda.SettingType.SWITCH;
import static dev.bucketlens.lambda.SettingType.TEXT;
import static dev.bucketlens.lambda.SettingType.number;

/**
 * Every environment variable that the program reads: the one table of them. A row is the variable,
 * the parameter of {@code template.yaml} that sets it where there is one, what may be written, the
 * default, and a sentence.
 *
 * <p>{@code mvn -Pimage-template} writes README's tables from it. A test holds that the template
 * says the same of each parameter. {@link Settings} and {@link ApiFunctionSettings} read it.
 */
@SuppressWarnings("ImmutableEnumChecker") // The records that it holds are as immutable as it is.
public enum Setting {
  MODEL(
      "Model",
      TEXT,
      value("model/efficientnet-lite0.tflite"),
      "The model file in the package, such as yours under model/, or one in S3 as"
          + " s3://bucket/path/name.tflite, with its manifest beside it."),
  MODEL_VERSION(
      "ModelVersion",
      TEXT,
      NONE,
      "For a model in S3: the version id or the ETag of its file, and after commas those of its"
          + " manifest and labels."),
  SHADOW_MODEL(
      "ShadowModel",
      TEXT,
      NONE,
      "A second model, named as Model is, that scores a sample of the uploads beside it."),
  SHADOW_MODEL_VERSION(
      "ShadowModelVersion", TEXT, NONE, "For a shadow model in S3: as ModelVersion."),
  SHADOW_PERCENT(
      "ShadowPercent",
      number(0, 100),
      value(10),
      "How many of a hundred uploads the shadow model scores too."),
  MAX_RESULTS(
      "MaxResults",
      number(1, 1000),
      value(5),
      "How many scores are kept for an image, best first."),
  MIN_SCORE(
      "MinScore",
      SHARE,
      found("the model's"),
      "The lowest score that is kept, 0 to 1. Empty leaves it to the model."),
  INCLUDE_LABELS(
      "IncludeLabels",
      LIST,
      NONE,
      "Comma-separated labels; if set, only these are kept. Not together with ExcludeLabels."),
  EXCLUDE_LABELS("ExcludeLabels", LIST, NONE, "Comma-separated labels that are never kept."),
  BUCKET(
      "ExistingBucket",
      TEXT,
      found("a new bucket"),
      "The name of a bucket that exists already; its EventBridge notifications must be on. Empty"
          + " makes a new bucket."),
  MAX_IMAGE_BYTES(
      "MaxImageBytes",
      number(1, Integer.MAX_VALUE),
      value(20 << 20),
      "A larger file is rejected unread."),
  MAX_IMAGE_PIXELS(
      "MaxImagePixels",
      number(1, Integer.MAX_VALUE),
      value(100_000_000),
      "An image that claims more pixels is rejected before any is decoded."),
  API_ACCESS(
      "ApiAccess",
      TEXT,
      value("signin"),
      "Who may call the API and open its page: signin lets in the users of a pool that is made"
          + " here, jwt those of a provider that you have, iam signed requests, public everybody,"
          + " throttled."),
  SIGN_IN_ISSUER(
      "JwtIssuer",
      ADDRESS,
      found("the pool"),
      "For ApiAccess=jwt, the issuer as its tokens name it; it must have OpenID discovery."),
  SIGN_IN_AUDIENCE(
      "JwtAudience",
      TEXT,
      found("the pool's client"),
      "For ApiAccess=jwt, the audience that tokens must name."),
  SIGN_IN_CLIENT(
      "JwtClientId",
      TEXT,
      found("the audience"),
      "For ApiAccess=jwt, the client that the page signs in as, public and with PKCE. Empty means"
          + " that it is called as JwtAudience."),
  PREVIEWS(
      "PublicPreviews",
      SWITCH,
      OFF,
      "For ApiAccess=public, whether everybody may look at the photos, not only at their scores."),
  UPLOADS(
      "PublicUploads",
      SWITCH,
      OFF,
      "For ApiAccess=public, whether everybody may put files into the bucket."),
  KEY_SUFFIX(
      "KeySuffix",
      TEXT,
      NONE,
      "Only keys that end so are scored, such as .jpg. Empty means every key."),
  REVIEW_BELOW(
      "ReviewBelow",
      SHARE,
      found("off"),
      "Images whose best score is less are put in the queue of reviews. Empty puts none."),
  REVIEW_SAMPLE(
      "ReviewSample",
      SHARE,
      found("off"),
      "The share of all images that people are asked about whatever the score, to estimate the"
          + " true accuracy, such as 0.01."),
  CORS_ORIGIN(
      "CorsOrigin",
      ADDRESS,
      NONE,
      "The one origin whose pages may call the API, such as https://photos.example.com."),
  URL_FETCH("UrlFetch", SWITCH, ON, "Whether the API downloads URLs that it is sent."),
  FETCH_ALLOW_HOSTS(
      "UrlAllowHosts",
      LIST,
      found("every host"),
      "Comma-separated hosts; if set, only these and their subdomains are downloaded from."),
  FETCH_DENY_HOSTS(
      "UrlDenyHosts",
      LIST,
      NONE,
      "Comma-separated hosts that, with their subdomains, are never downloaded from."),

  TABLE(TEXT, found("the stack's"), "The table of results."),
  INTERPRETERS(number(1, 64), found("one a processor"), "Photos inferred at once."),
  THREADS(number(1, 64), value(1), "Threads that share one inference."),
  REDUCED_DECODING(
      SWITCH, ON, "Off decodes large photos in full, for exact comparison with Python."),
  MAX_IMAGE_SIDE(number(1, 65535), value(30_000), "Pixels of a side, at most."),
  MIN_IMAGE_SIDE(
      number(1, 65535), value(2), "Pixels of a side, at least; not above MAX_IMAGE_SIDE."),
  MAX_IMAGE_MEMORY(
      number(1, Integer.MAX_VALUE),
      found("a third of what MemorySize has over 256 MiB, 640 MiB at most"),
      "Bytes of memory that a decode may take: by default 85 MiB at 512 MB, 504 MiB at 1,769 MB."),
  MAX_IMAGE_SCANS(number(1, 65535), value(64), "Scans of a progressive JPEG, at most."),
  FETCH_PORTS(LIST, value("80,443"), "Comma-separated ports that URLs may name."),
  FETCH_MAX_BYTES(number(1, 100_000_000), value(10_000_000), "Bytes of one download, at most."),
  FETCH_TIMEOUT_SECONDS(
      number(1, 25), value(10), "Seconds of one download, redirects included, at most."),
  FETCH_ALLOW_NETWORKS(
      LIST, NONE, "Comma-separated private networks that URLs may lead to, such as 10.0.0.0/24."),
  UPLOAD_PREFIX(
      TEXT,
      value("uploads/"),
      "What the keys of the page's uploads begin with; the template puts KeyPrefix before it."),
  SIGN_IN_DOMAIN(
      ADDRESS,
      found("the pool's"),
      "Where Cognito's sign-in page is; without it the issuer is asked for its endpoints."),
  MAX_UPLOAD_BYTES(
      number(1, Integer.MAX_VALUE),
      found("MAX_IMAGE_BYTES"),
      "Bytes of one upload of the page, at most."),
  SIGNATURE_MINUTES(
      number(1, 60), value(5), "Minutes that the addresses of uploads and previews are good."),
  CURSOR_KEY(TEXT, found("the stack's id"), "What the cursors of lists are signed with; a secret."),
  EVENTS_DEAD_LETTERS(
      ADDRESS,
      found("the stack's"),
      "The queue of changes that nobody can be told, with Events=on."),
  AWS_ENDPOINT_URL_S3(ADDRESS, found("AWS"), "Another S3."),
  AWS_ENDPOINT_URL_DYNAMODB(ADDRESS, found("AWS"), "Another DynamoDB."),
  AWS_ENDPOINT_URL_EVENTBRIDGE(ADDRESS, found("AWS"), "Another EventBridge."),
  AWS_CA_BUNDLE(
      TEXT,
      NONE,
      "A file of certificates as PEM, whom the clients of AWS trust beside the JDK's authorities."),

  AWS_REGION(TEXT, found("set by Lambda"), "Where bucket and table are."),
  LAMBDA_TASK_ROOT(
      TEXT, found("set by Lambda"), "The folder of the package, where MODEL's path begins."),
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE(
      number(128, 10240),
      found("set by Lambda"),
      "MB of the function; without it MAX_IMAGE_MEMORY is 640 MiB."),
  AWS_LAMBDA_INITIALIZATION_TYPE(
      TEXT, found("set by Lambda"), "With snap-start, what a first event needs is loaded before.");

  private final String parameter;
  private final SettingType type;
  private final SettingDefault fallback;
  private final String sentence;

  Setting(SettingType type, SettingDefault fallback, String sentence) {
    this("", type, fallback, sentence);
  }

  Setting(String parameter, SettingType type, SettingDefault fallback, String sentence) {
    this.parameter = parameter;
    this.type = type;
    this.fallback = fallback;
    this.sentence = sentence;
  }

  /** The parameter of the template that sets it; empty if there is none. */
  public String parameter() {
    return parameter;
  }

  /** What may be written. */
  public SettingType type() {
    return type;
  }

  /** What counts where nothing is written. */
  public SettingDefault fallback() {
    return fallback;
  }

  /** What it is, for whoever deploys. */
  public String sentence() {
    return sentence;
  }

  /**
   * The variable's name, and the parameter's where there is one: how an error tells a setting.
   * Whoever deploys knows the parameter, and the log of a function that does not start is where the
   * variable is read.
   */
  String told() {
    return parameter.isEmpty() ? name() : name() + " (template parameter " + parameter + ")";
  }
}
