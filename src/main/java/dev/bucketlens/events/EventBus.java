package dev.bucketlens.events;

import dev.bucketlens.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
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
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * The default event bus of an account, in the one call that is needed of EventBridge. It is signed
 * and sent by the parts of the SDK that S3 and DynamoDB bring along anyway: the client of
 * EventBridge is larger than all that this function loads. A call is made once; what failed comes
 * again with the stream. Thread-safe; the HTTP client stays the caller's to close.
 */
public final class EventBus {
  /** The {@code source} of all events. */
  public static final String SOURCE = "bucketlens";

  /** What EventBridge takes in one call. */
  static final int MOST_ENTRIES = 10;

  private static final String SERVICE = "events";

  private final SdkHttpClient http;
  private final AwsCredentialsProvider credentials;
  private final Region region;
  private final URI endpoint;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  /**
   * The bus of a region.
   *
   * @param endpoint null for AWS
   */
  public EventBus(
      SdkHttpClient http, AwsCredentialsProvider credentials, Region region, URI endpoint) {
    this.http = http;
    this.credentials = credentials;
    this.region = region;
    this.endpoint = endpoint == null ? endpoint(region) : endpoint;
  }

  private static URI endpoint(Region region) {
    String domain = PartitionMetadata.of(region).dnsSuffix();
    return URI.create("https://%s.%s.%s".formatted(SERVICE, region.id(), domain));
  }

  /**
   * Sends events, in order.
   *
   * @param events at most {@value #MOST_ENTRIES}
   * @return for each event why it was not taken, or an empty text if it was
   * @throws IOException if the call failed as a whole
   */
  List<String> put(List<ImageEvent> events) throws IOException {
    List<Map<String, Object>> entries = events.stream().map(EventBus::entry).toList();
    Map<String, Object> answer = call(Json.writeBytes(Map.of("Entries", entries)));
    if (answer.get("Entries") instanceof List<?> results && results.size() == events.size()) {
      return results.stream().map(EventBus::failure).toList();
    }
    throw new IOException("EventBridge answered for another number of events than were sent");
  }

  private static Map<String, Object> entry(ImageEvent event) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("Source", SOURCE);
    entry.put("DetailType", event.type().detailType());
    entry.put("Time", event.at().getEpochSecond());
    entry.put("Detail", Json.write(event.detail()));
    return entry;
  }

  private static String failure(Object result) {
    Map<?, ?> entry = (Map<?, ?>) result;
    return entry.get("ErrorCode") == null
        ? ""
        : entry.get("ErrorCode") + ": " + entry.get("ErrorMessage");
  }

  private Map<String, Object> call(byte[] body) throws IOException {
    SignedRequest signed = sign(body);
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
          "EventBridge answered %d: %s".formatted(response.httpResponse().statusCode(), said));
    }
  }

  private SignedRequest sign(byte[] body) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint)
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader("X-Amz-Target", "AWSEvents.PutEvents")
            .build();
    return signer.sign(r ->
        r.identity(credentials.resolveCredentials())
            .request(request)
            .payload(ContentStreamProvider.fromByteArray(body))
            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
            .putProperty(AwsV4HttpSigner.REGION_NAME, region.id()));
  }
}
