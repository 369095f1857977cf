package dev.bucketlens.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A task of S3 Batch Operations, as that service invokes the function; jobs the emulator has not.
 */
@ExtendWith(Deployed.class)
final class BatchScenario {

  private final Cloud cloud;

  BatchScenario(Cloud cloud) {
    this.cloud = cloud;
  }

  @Test
  void task_shouldTellWhatBecameOfTheObject() {
    Photos photos = new Photos(cloud.stack());
    photos.put("backlog/kitten.jpg", "kitten.jpg");
    photos.awaitLabel("backlog/kitten.jpg");

    JsonNode results =
        new Functions(cloud.stack())
            .upload(
                """
                {"invocationSchemaVersion": "1.0", "invocationId": "1", "job": {"id": "2"}, "tasks": [
                  {"taskId": "3", "s3Key": "backlog%2Fkitten.jpg", "s3VersionId": null, "s3BucketArn": "arn:aws:s3:::{}"},
                  {"taskId": "4", "s3Key": "nothing", "s3VersionId": null, "s3BucketArn": "arn:aws:s3:::{}"}]}
                """
                    .replace("{}", photos.bucket()))
            .get("results");

    assertThat(results.get(0).get("resultCode").asText()).isEqualTo("Succeeded");
    assertThat(results.get(0).get("resultString").asText()).startsWith("SKIPPED");
    assertThat(results.get(1).get("resultCode").asText()).isEqualTo("PermanentFailure");
  }
}
