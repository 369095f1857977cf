package dev.bucketlens.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The main job: an object in the bucket is an item in the table. */
@ExtendWith(Deployed.class)
final class UploadScenario {

  private final Photos photos;

  UploadScenario(Cloud cloud) {
    this.photos = new Photos(cloud.stack());
  }

  @Test
  void upload_shouldBecomeAnItem_whenItsKeyIsOdd() {
    String key = "my photos/été + 100% (1) ?&=é.jpg";

    photos.put(key, "kitten.jpg");

    assertThat(photos.awaitLabel(key)).isEqualTo("tabby cat");
  }

  @Test
  void upload_shouldKeepItsVerdict_whenTheSameContentComesAgain() {
    photos.put("twice/crab.jpg", "crab.jpg");
    Map<String, AttributeValue> first =
        photos.await("twice/crab.jpg", it -> it.containsKey("label"));

    photos.put("twice/crab.jpg", "crab.jpg");

    Map<String, AttributeValue> second =
        photos.await("twice/crab.jpg", it -> !it.get("sequencer").equals(first.get("sequencer")));
    assertThat(second.get("scores")).isEqualTo(first.get("scores"));
    assertThat(second.get("eTag")).isEqualTo(first.get("eTag"));
  }

  @Test
  void deletion_shouldLeaveATombstone() {
    photos.put("gone/espresso.jpg", "espresso.jpg");
    photos.awaitLabel("gone/espresso.jpg");

    photos.delete("gone/espresso.jpg");

    assertThat(
            photos
                .await("gone/espresso.jpg", it -> !it.get("status").s().equals("CLASSIFIED"))
                .get("status")
                .s())
        .isEqualTo("DELETED");
  }

  @Test
  void upload_shouldBeRejected_whenItIsNoImage() {
    photos.putText("notes.txt", "no image");

    assertThat(photos.await("notes.txt", it -> it.containsKey("rejection")).get("status").s())
        .isEqualTo("REJECTED");
  }
}
