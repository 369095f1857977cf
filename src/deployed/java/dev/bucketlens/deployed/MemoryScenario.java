package dev.bucketlens.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The smallest function, with the heap that Lambda allows it and under the kernel's limit: neither
 * large photos of every format, ten at once, nor any file of the corpus ends its process.
 */
@ExtendWith(Deployed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MemoryScenario {
  private static final Path CORPUS = Path.of("src/test/resources/corpus");

  private final Cloud cloud;
  private final Stack stack;
  private Photos photos;

  MemoryScenario(Cloud cloud) {
    this.cloud = cloud;
    this.stack = cloud.stack("small");
  }

  @BeforeAll
  void create() {
    stack.create(cloud.packaged(), Map.of("MemorySize", "512"));
    photos = new Photos(stack);
  }

  @Test
  void batchOfTen_shouldNotEndTheProcess_whenPhotosAreLarge() throws IOException {
    List<String> keys = new ArrayList<>();
    for (String format : List.of("jpeg", "png", "tiff", "gif", "bmp")) {
      byte[] file = LargePhoto.in(format);
      for (int i = 0; i < 2; i++) {
        keys.add("%s-%d".formatted(format, i));
        photos.put(keys.getLast(), file);
      }
    }

    assertNoneEndsTheProcess(keys);
  }

  @Test
  void corpus_shouldNotEndTheProcess() throws IOException {
    List<String> keys = new ArrayList<>();
    try (Stream<Path> files = Files.walk(CORPUS)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        keys.add("corpus/" + CORPUS.relativize(file));
        photos.put(keys.getLast(), Files.readAllBytes(file));
      }
    }

    assertThat(keys).isNotEmpty();
    assertNoneEndsTheProcess(keys);
  }

  private void assertNoneEndsTheProcess(List<String> keys) {
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
