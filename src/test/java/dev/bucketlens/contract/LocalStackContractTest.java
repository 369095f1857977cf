package dev.bucketlens.contract;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** The contract on LocalStack, where a Docker engine answers. */
@CloudName("LocalStack")
@EnabledIf("dockerAnswers")
class LocalStackContractTest extends UploadContract {
  /** Of the versions that start without an account. */
  private static final DockerImageName IMAGE = DockerImageName.parse("localstack/localstack:4.9.2");

  private LocalStackContainer container;

  static boolean dockerAnswers() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  @Override
  Cloud open() {
    container = new LocalStackContainer(IMAGE).withServices("s3", "sqs", "dynamodb");
    container.start();
    return new EndpointCloud(container.getEndpoint());
  }

  @AfterAll
  void stopContainer() {
    container.stop();
  }
}
