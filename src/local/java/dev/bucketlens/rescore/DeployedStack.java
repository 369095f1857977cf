package dev.bucketlens.rescore;

import dev.bucketlens.json.Json;
import dev.bucketlens.results.ResultStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/**
 * A stack of the template, as its outputs name its parts; with the credentials, the region and the
 * endpoints that the SDK finds. Thread-safe.
 */
final class DeployedStack implements UploadFunction, AutoCloseable {
  /** Longer than the function's own time-out. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Map<String, Object> GET_MODEL =
      Map.of(
          "rawPath",
          "/model",
          "rawQueryString",
          "",
          "headers",
          Map.of(),
          "requestContext",
          Map.of("stage", "$default", "http", Map.of("method", "GET")));

  private final Map<String, String> outputs;
  private final DynamoDbClient dynamoDb;
  private final LambdaClient lambda;

  /**
   * Reads the stack's outputs.
   *
   * @throws SdkException if there is no such stack, or no right to see it
   */
  DeployedStack(String name) {
    try (CloudFormationClient stacks =
        CloudFormationClient.builder().httpClient(UrlConnectionHttpClient.create()).build()) {
      outputs =
          stacks.describeStacks(r -> r.stackName(name)).stacks().getFirst().outputs().stream()
              .collect(Collectors.toMap(Output::outputKey, Output::outputValue));
    }
    dynamoDb = DynamoDbClient.builder().httpClient(UrlConnectionHttpClient.create()).build();
    lambda =
        LambdaClient.builder()
            .httpClient(UrlConnectionHttpClient.builder().socketTimeout(PATIENCE).build())
            .build();
  }

  ResultStore results() {
    return new ResultStore(dynamoDb, output("Table"), Clock.systemUTC());
  }

  /** The hash of the bundle that is live. */
  String modelHash() throws IOException {
    Map<String, Object> answer =
        Json.readObject(
            new String(
                invoke("ApiFunctionArn", Json.writeBytes(GET_MODEL)), StandardCharsets.UTF_8));
    return (String) Json.readObject((String) answer.get("body")).get("hash");
  }

  @Override
  public byte[] invoke(byte[] event) throws IOException {
    return invoke("UploadFunctionArn", event);
  }

  private byte[] invoke(String output, byte[] event) throws IOException {
    InvokeResponse response;
    try {
      response =
          lambda.invoke(r -> r.functionName(output(output)).payload(SdkBytes.fromByteArray(event)));
    } catch (SdkException e) {
      throw new IOException(e.getMessage(), e);
    }
    if (response.functionError() != null) {
      throw new IOException("The function failed: " + response.payload().asUtf8String());
    }
    return response.payload().asByteArray();
  }

  private String output(String key) {
    String value = outputs.get(key);
    if (value == null) {
      throw new IllegalArgumentException(
          "The stack has no output %s; its outputs are %s. Is it Bucketlens?"
              .formatted(key, outputs.keySet()));
    }
    return value;
  }

  @Override
  public void close() {
    lambda.close();
    dynamoDb.close();
  }
}
