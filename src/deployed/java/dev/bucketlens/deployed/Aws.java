package dev.bucketlens.deployed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A user's clients: the SDK, and the command line for what the tests have no SDK of. */
final class Aws implements AutoCloseable {

  /** The emulator's own account; only where it enforces rights does it look at the secret. */
  static final AwsBasicCredentials USER = AwsBasicCredentials.create("test", "test");

  private final Tools tools;
  private final URI endpoint;
  private final Region region;
  private final S3Client s3;
  private final DynamoDbClient dynamoDb;
  private final SqsClient sqs;
  private final CloudFormationClient cloudFormation;

  /** As many as were ever busy at once. */
  private final Queue<AwsCommands> idle = new ConcurrentLinkedQueue<>();

  Aws(Tools tools, URI endpoint, Region region) {
    this.tools = tools;
    this.endpoint = endpoint;
    this.region = region;
    this.s3 = at(S3Client.builder()).forcePathStyle(true).httpClient(http()).build();
    this.dynamoDb = at(DynamoDbClient.builder()).httpClient(http()).build();
    this.sqs = at(SqsClient.builder()).httpClient(http()).build();
    this.cloudFormation = at(CloudFormationClient.builder()).httpClient(http()).build();
  }

  private static software.amazon.awssdk.http.SdkHttpClient http() {
    return UrlConnectionHttpClient.create();
  }

  private <B extends AwsClientBuilder<B, ?>> B at(B builder) {
    AwsCredentialsProvider user = StaticCredentialsProvider.create(USER);
    return builder.region(region).endpointOverride(endpoint).credentialsProvider(user);
  }

  S3Client s3() {
    return s3;
  }

  DynamoDbClient dynamoDb() {
    return dynamoDb;
  }

  SqsClient sqs() {
    return sqs;
  }

  CloudFormationClient cloudFormation() {
    return cloudFormation;
  }

  URI endpoint() {
    return endpoint;
  }

  Region region() {
    return region;
  }

  /** Has a bucket keep all versions from now on. */
  void keepVersions(String bucket) {
    s3.putBucketVersioning(r ->
        r.bucket(bucket).versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
  }

  /**
   * Lays a template where CloudFormation reads it, as {@code sam deploy} does it: within a command
   * it may have 51,200 bytes.
   *
   * @return its address
   */
  String publish(String key, String template) {
    String bucket = "templates-" + region.id();
    try {
      s3.createBucket(r -> r.bucket(bucket));
    } catch (BucketAlreadyOwnedByYouException e) {
      // By an earlier change, which is what is wanted.
    }
    s3.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString(template));
    return endpoint + "/" + bucket + "/" + key;
  }

  /** Runs {@code aws …} and returns its JSON. */
  JsonNode cli(String... arguments) {
    AwsCommands commands = idle.poll();
    if (commands == null) {
      commands = AwsCommands.start(tools.cli(), environment());
    }
    String printed;
    try {
      printed = commands.run(List.of(arguments));
    } finally {
      idle.add(commands);
    }
    return json(printed);
  }

  /**
   * Runs a command line of the documents, {@code aws …}, as a shell does, and returns its JSON.
   * This version of the command line would read what lies at an address instead of passing it on.
   */
  JsonNode shell(String line) {
    String script =
        """
        PATH='%s':$PATH
        export AWS_CONFIG_FILE=$(mktemp)
        trap 'rm "$AWS_CONFIG_FILE"' EXIT
        printf '[default]\\ncli_follow_urlparam = false\\n' >"$AWS_CONFIG_FILE"
        %s
        """
            .formatted(tools.cli().toAbsolutePath(), line);
    return json(Command.run(environment(), List.of("bash", "-c", script)));
  }

  private static JsonNode json(String printed) {
    try {
      return new JsonMapper().readTree(printed.isBlank() ? "{}" : printed);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("aws printed no JSON: " + printed, e);
    }
  }

  /** Runs {@code sam …} and returns what it printed. */
  String sam(String... arguments) {
    List<String> command = new ArrayList<>(List.of(tools.cli().resolve("sam").toString()));
    command.addAll(List.of(arguments));
    return Command.run(environment(), command);
  }

  private Map<String, String> environment() {
    return Map.of(
        "AWS_ENDPOINT_URL", endpoint.toString(),
        "AWS_ACCESS_KEY_ID", USER.accessKeyId(),
        "AWS_SECRET_ACCESS_KEY", USER.secretAccessKey(),
        "AWS_DEFAULT_REGION", region.id(),
        "AWS_DEFAULT_OUTPUT", "json",
        "AWS_PAGER", "",
        "SAM_CLI_TELEMETRY", "0");
  }

  @Override
  public void close() {
    s3.close();
    dynamoDb.close();
    sqs.close();
    cloudFormation.close();
    idle.forEach(AwsCommands::close);
  }
}
