package dev.bucketlens.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.EventBridgeConfiguration;

/** Versions in a bucket: deleted by a marker, and back again without it. */
@ExtendWith(Deployed.class)
final class VersionedScenario {
  private static final String BUCKET = "versioned-photos";

  private final Cloud cloud;

  VersionedScenario(Cloud cloud) {
    this.cloud = cloud;
  }

  @Test
  void photo_shouldComeBack_whenItsDeleteMarkerIsRemoved() {
    Aws aws = cloud.aws();
    aws.s3().createBucket(r -> r.bucket(BUCKET));
    aws.s3()
        .putBucketVersioning(
            r ->
                r.bucket(BUCKET)
                    .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
    aws.s3()
        .putBucketNotificationConfiguration(
            r ->
                r.bucket(BUCKET)
                    .notificationConfiguration(
                        n ->
                            n.eventBridgeConfiguration(
                                EventBridgeConfiguration.builder().build())));
    Stack stack =
        new Stack(aws, "versions").create(cloud.packaged(), Map.of("ExistingBucket", BUCKET));
    Photos photos = new Photos(stack);
    photos.put("a.jpg", "kitten.jpg");
    photos.await("a.jpg", it -> it.containsKey("label") && it.containsKey("versionId"));
    photos.put("a.jpg", "espresso.jpg");
    photos.await("a.jpg", it -> it.containsKey("label") && it.get("label").s().equals("espresso"));

    String marker = aws.s3().deleteObject(r -> r.bucket(BUCKET).key("a.jpg")).versionId();
    photos.await("a.jpg", it -> it.get("status").s().equals("DELETED"));
    aws.s3().deleteObject(r -> r.bucket(BUCKET).key("a.jpg").versionId(marker));

    assertThat(photos.awaitLabel("a.jpg")).isEqualTo("espresso");
    stack.delete();
  }
}
