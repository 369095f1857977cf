package dev.bucketlens.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Versions in a bucket: deleted by a marker, and back again without it. */
@ExtendWith(Deployed.class)
final class VersionedScenario {

  private final Cloud cloud;

  VersionedScenario(Cloud cloud) {
    this.cloud = cloud;
  }

  @Test
  void photo_shouldComeBack_whenItsDeleteMarkerIsRemoved() {
    Aws aws = cloud.aws();
    Stack stack = cloud.stack("versions").create(cloud.packaged(), Map.of());
    Photos photos = new Photos(stack);
    String bucket = photos.bucket();
    aws.keepVersions(bucket);
    photos.put("a.jpg", "kitten.jpg");
    photos.await("a.jpg", it -> it.containsKey("label") && it.containsKey("versionId"));
    photos.put("a.jpg", "espresso.jpg");
    photos.await("a.jpg", it -> it.containsKey("label") && it.get("label").s().equals("espresso"));

    String marker = aws.s3().deleteObject(r -> r.bucket(bucket).key("a.jpg")).versionId();
    photos.await("a.jpg", it -> it.get("status").s().equals("DELETED"));
    aws.s3().deleteObject(r -> r.bucket(bucket).key("a.jpg").versionId(marker));

    assertThat(photos.awaitLabel("a.jpg")).isEqualTo("espresso");
  }
}
