package dev.bucketlens.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The smallest function, with the heap that Lambda allows it and under the kernel's limit: large
 * photos of every format, ten at once, do not end its process.
 */
@ExtendWith(Deployed.class)
final class MemoryScenario {

  private final Cloud cloud;

  MemoryScenario(Cloud cloud) {
    this.cloud = cloud;
  }

  @Test
  void batchOfTen_shouldNotEndTheProcess_whenPhotosAreLarge() throws IOException {
    Stack stack = cloud.stack("small").create(cloud.packaged(), Map.of("MemorySize", "512"));
    Photos photos = new Photos(stack);
    List<String> keys = new ArrayList<>();
    for (String format : List.of("jpeg", "png", "tiff", "gif", "bmp")) {
      byte[] file = LargePhoto.in(format);
      for (int i = 0; i < 2; i++) {
        keys.add("%s-%d".formatted(format, i));
        photos.put(keys.getLast(), file);
      }
    }

    for (String key : keys) {
      assertThat(photos.await(key, it -> it.containsKey("status")).get("status").s())
          .as(key)
          .isIn("CLASSIFIED", "REJECTED");
    }
    assertThat(cloud.emulator().says(stack.physical("UploadFunction"), "Runtime exited"))
        .as("a process was ended")
        .isFalse();
  }
}
