package dev.bucketlens.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.regions.Region;

/** Stacks beside each other and after each other, under any name. */
@ExtendWith(Deployed.class)
final class AgainScenario {

  private final Cloud cloud;

  AgainScenario(Cloud cloud) {
    this.cloud = cloud;
  }

  @Test
  void stack_shouldBeMadeAgain_besideTheBucketThatItLeft() {
    Stack stack = cloud.stack("Again");
    String first = stack.create(cloud.packaged(), Map.of()).output("Bucket");
    Photos kept = new Photos(stack);
    kept.put("kitten.jpg", "kitten.jpg");
    kept.awaitLabel("kitten.jpg");
    stack.delete();
    assertThat(kept.item("kitten.jpg")).as("table and bucket are kept").containsKey("label");

    stack.create(cloud.packaged(), Map.of());

    assertThat(stack.output("Bucket")).isNotEqualTo(first);
    Photos photos = new Photos(stack);
    photos.put("crab.jpg", "crab.jpg");
    assertThat(photos.awaitLabel("crab.jpg")).isEqualTo("rock crab");
  }

  @Test
  void stack_shouldMoveToAnExistingBucketAndBack() {
    Stack stack = cloud.stack("moves");
    stack.create(cloud.packaged(), Map.of());
    String own = stack.output("Bucket");

    stack.update(cloud.packaged(), Map.of("ExistingBucket", own));
    assertThat(stack.output("Bucket")).isEqualTo(own);
    stack.update(cloud.packaged(), Map.of());

    assertThat(stack.output("Bucket")).isNotEqualTo(own);
  }

  /**
   * Not under the name of the stack that scenarios share: the emulator knows the processes of a
   * function by its name alone, and ends them when one of that name is made in another region.
   */
  @Test
  void stack_shouldWorkInASecondRegion_underTheSameName() {
    Stack first = cloud.stack("regions").create(cloud.packaged(), Map.of());
    try (Aws elsewhere = cloud.aws(Region.EU_CENTRAL_1)) {
      Stack stack = cloud.stack(elsewhere, "regions");
      stack.create(codeIn(elsewhere), Map.of());
      Photos photos = new Photos(stack);

      photos.put("espresso.jpg", "espresso.jpg");

      assertThat(photos.awaitLabel("espresso.jpg")).isEqualTo("espresso");
      assertThat(stack.output("Bucket")).isNotEqualTo(first.output("Bucket"));
    }
  }

  /** A function takes its code from a bucket in its own region. */
  private String codeIn(Aws region) {
    String bucket = "code-" + region.region().id();
    region
        .s3()
        .createBucket(r ->
            r.bucket(bucket)
                .createBucketConfiguration(c -> c.locationConstraint(region.region().id())));
    Code code = Code.of(cloud.packaged());
    code.keys()
        .forEach(key ->
            region
                .s3()
                .copyObject(r ->
                    r.sourceBucket(code.bucket())
                        .sourceKey(key)
                        .destinationBucket(bucket)
                        .destinationKey(key)));
    return cloud.packaged().replace(code.bucket(), bucket);
  }
}
