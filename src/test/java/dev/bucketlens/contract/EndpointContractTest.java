package dev.bucketlens.contract;

import java.net.URI;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The contract on whatever {@code AWS_ENDPOINT_URL} names, such as moto's server. */
@CloudName("AWS_ENDPOINT_URL")
@EnabledIfEnvironmentVariable(named = "AWS_ENDPOINT_URL", matches = "http.+")
class EndpointContractTest extends UploadContract {

  @Override
  Cloud open() {
    return new EndpointCloud(URI.create(System.getenv("AWS_ENDPOINT_URL")));
  }
}
