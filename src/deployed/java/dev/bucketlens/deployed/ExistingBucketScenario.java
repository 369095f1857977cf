package dev.bucketlens.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.s3.model.EventBridgeConfiguration;

/** A bucket that was there before joins through EventBridge. */
@ExtendWith(Deployed.class)
final class ExistingBucketScenario {
  private static final String BUCKET = "holiday-photos";

  private final Cloud cloud;

  ExistingBucketScenario(Cloud cloud) {
    this.cloud = cloud;
  }

  @Test
  void upload_shouldBecomeAnItem_whenItsKeyHasPrefixAndSuffix() {
    cloud.aws().s3().createBucket(r -> r.bucket(BUCKET));
    cloud
        .aws()
        .s3()
        .putBucketNotificationConfiguration(r ->
            r.bucket(BUCKET)
                .notificationConfiguration(
                    n -> n.eventBridgeConfiguration(EventBridgeConfiguration.builder().build())));
    Stack stack =
        cloud
            .stack("joined")
            .create(
                cloud.packaged(),
                Map.of("ExistingBucket", BUCKET, "KeyPrefix", "2026/", "KeySuffix", ".jpg"));
    Photos photos = new Photos(stack);

    photos.put("2025/espresso.jpg", "espresso.jpg");
    photos.put("2026/espresso.jpeg", "espresso.jpg");
    photos.put("2026/été (1)/espresso.jpg", "espresso.jpg");

    assertThat(photos.awaitLabel("2026/été (1)/espresso.jpg")).isEqualTo("espresso");
    assertThat(photos.item("2025/espresso.jpg")).isEmpty();
    assertThat(photos.item("2026/espresso.jpeg")).isEmpty();
    photos.delete("2026/été (1)/espresso.jpg");
    photos.await("2026/été (1)/espresso.jpg", it -> it.get("status").s().equals("DELETED"));
  }
}
