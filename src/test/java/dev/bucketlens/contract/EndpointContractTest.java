package dev.bucketlens.contract;

import java.net.URI;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The contract on whatever {@code AWS_ENDPOINT_URL} names, such as moto's server; the table may be
 * elsewhere, at {@code AWS_ENDPOINT_URL_DYNAMODB}.
 */
@CloudName("AWS_ENDPOINT_URL")
@EnabledIfEnvironmentVariable(
    named = "AWS_ENDPOINT_URL",
    matches = "http.+",
    disabledReason = "it names no endpoint")
class EndpointContractTest {

  @Nested
  class Uploads extends UploadContract {
    @Override
    Cloud open() {
      return openEndpoint();
    }
  }

  @Nested
  class Versions extends VersionedContract {
    @Override
    Cloud open() {
      return openEndpoint();
    }
  }

  private static Cloud openEndpoint() {
    String all = System.getenv("AWS_ENDPOINT_URL");
    String table = System.getenv().getOrDefault("AWS_ENDPOINT_URL_DYNAMODB", all);
    return new EndpointCloud(URI.create(all), URI.create(table));
  }
}
