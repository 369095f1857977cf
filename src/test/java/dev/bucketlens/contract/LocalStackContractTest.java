package dev.bucketlens.contract;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** The contract on LocalStack, where a Docker engine answers. */
@CloudName("LocalStack")
@EnabledIf(value = "dockerAnswers", disabledReason = "no Docker engine answers")
class LocalStackContractTest {
  /** The last version that starts without an account; from 2026.03.0 on it asks for a token. */
  private static final DockerImageName IMAGE =
      DockerImageName.parse("localstack/localstack:4.14.0");

  private static LocalStackContainer container;

  static boolean dockerAnswers() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  @BeforeAll
  static void startContainer() {
    container = new LocalStackContainer(IMAGE).withServices("s3", "sqs", "dynamodb");
    container.start();
  }

  @AfterAll
  static void stopContainer() {
    container.stop();
  }

  @Nested
  class Uploads extends UploadContract {
    @Override
    Cloud open() {
      return new EndpointCloud(container.getEndpoint(), container.getEndpoint());
    }
  }

  @Nested
  class Versions extends VersionedContract {
    @Override
    Cloud open() {
      return new EndpointCloud(container.getEndpoint(), container.getEndpoint());
    }
  }
}
