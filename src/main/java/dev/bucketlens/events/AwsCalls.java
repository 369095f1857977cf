package dev.bucketlens.events;

import dev.bucketlens.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.Region;

/**
 * Calls of AWS's JSON protocol, signed and sent by the parts of the SDK that S3 and DynamoDB bring
 * along anyway: a client of EventBridge is larger than all that this function loads. A call is made
 * once; what failed comes again with the stream. Thread-safe; the HTTP client stays the caller's to
 * close.
 */
public final class AwsCalls {
  private final SdkHttpClient http;
  private final AwsCredentialsProvider credentials;
  private final Region region;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  /** Calls in {@code region}, as {@code credentials} say. */
  public AwsCalls(SdkHttpClient http, AwsCredentialsProvider credentials, Region region) {
    this.http = http;
    this.credentials = credentials;
    this.region = region;
  }

  Region region() {
    return region;
  }

  /**
   * One operation of one service.
   *
   * @param signingName of the service, such as {@code events}
   * @param version of the protocol, such as {@code 1.1}
   * @param target such as {@code AWSEvents.PutEvents}
   */
  record Operation(String signingName, String version, String target) {}

  /**
   * Makes one call.
   *
   * @return the answer, JSON as maps
   * @throws IOException if no answer came, or one that tells a failure; the message says which
   */
  Map<String, Object> call(Operation operation, URI endpoint, Map<String, ?> input)
      throws IOException {
    SignedRequest signed = sign(operation, endpoint, Json.writeBytes(input));
    HttpExecuteRequest request =
        HttpExecuteRequest.builder()
            .request(signed.request())
            .contentStreamProvider(signed.payload().orElseThrow())
            .build();
    HttpExecuteResponse response = http.prepareRequest(request).call();
    try (InputStream answer = response.responseBody().orElseThrow()) {
      if (response.httpResponse().isSuccessful()) {
        return Json.readObject(answer);
      }
      String said = new String(answer.readNBytes(1000), StandardCharsets.UTF_8);
      throw new IOException(
          "%s answered %d: %s"
              .formatted(operation.target(), response.httpResponse().statusCode(), said));
    }
  }

  private SignedRequest sign(Operation operation, URI endpoint, byte[] body) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint)
            .putHeader("Content-Type", "application/x-amz-json-" + operation.version())
            .putHeader("X-Amz-Target", operation.target())
            .build();
    return signer.sign(r ->
        r.identity(credentials.resolveCredentials())
            .request(request)
            .payload(ContentStreamProvider.fromByteArray(body))
            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, operation.signingName())
            .putProperty(AwsV4HttpSigner.REGION_NAME, region.id()));
  }
}
