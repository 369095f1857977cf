package dev.bucketlens.lambda;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import software.amazon.awssdk.regions.Region;

/**
 * Where bucket, table and event bus are.
 *
 * @param region also signs requests to other endpoints
 * @param s3Endpoint null for AWS; otherwise addressed path-style
 * @param dynamoDbEndpoint null for AWS
 * @param eventBridgeEndpoint null for AWS
 * @param authorities certificates to trust beside the JDK's, as PEM; null for none
 */
public record AwsSettings(
    Region region,
    URI s3Endpoint,
    URI dynamoDbEndpoint,
    URI eventBridgeEndpoint,
    Path authorities) {

  /** A region is always needed. */
  public AwsSettings {
    Objects.requireNonNull(region, "region");
  }

  /** AWS itself. */
  public static AwsSettings of(Region region) {
    return new AwsSettings(region, null, null, null, null);
  }
}
