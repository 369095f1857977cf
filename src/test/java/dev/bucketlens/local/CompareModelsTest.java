package dev.bucketlens.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.testing.PlainImages;
import dev.bucketlens.testing.TestModels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareModelsTest {

  @TempDir private Path folder;

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  @Test
  void run_shouldPrintWhereModelsDisagree() throws IOException {
    Path swapped = folder.resolve("swapped.tflite");
    Files.copy(TestModels.file("metadata"), swapped);
    Files.writeString(
        folder.resolve("swapped.json"),
        "{\"name\": \"swapped\", \"input\": {\"channelOrder\": \"bgr\"}}");
    Path photos = Files.createDirectory(folder.resolve("photos"));
    Files.write(photos.resolve("blue.png"), PlainImages.png(8, 6, 0x0000FF));
    Files.write(photos.resolve("green.png"), PlainImages.png(8, 6, 0x00FF00));

    int status = run(TestModels.file("metadata"), swapped, photos);

    assertThat(status).isZero();
    assertThat(lines()).hasSize(4).startsWith("blue.png: blue 0.999 | red 0.999");
    assertThat(lines().get(1))
        .isEqualTo("2 photos compared, 1 with another first label (50.0 %), 0 that are no images");
    assertThat(lines().get(2)).matches("colours \\([0-9a-f]{12}\\): \\d+\\.\\d ms a photo");
    assertThat(lines().get(3)).startsWith("swapped (");
  }

  @Test
  void run_shouldNameTheFile_whenItIsNoImage() throws IOException {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    Files.write(photos.resolve("blue.png"), PlainImages.png(8, 6, 0x0000FF));
    Files.writeString(photos.resolve("notes.txt"), "no image");

    int status = run(TestModels.file("metadata"), TestModels.file("metadata"), photos);

    assertThat(status).isZero();
    assertThat(lines().getFirst()).startsWith("notes.txt: ");
    assertThat(lines().get(1)).startsWith("1 photos compared, 0 with another first label");
  }

  @Test
  void run_shouldSayWhy_whenAModelIsMissing() {
    int status = run(folder.resolve("no.tflite"), TestModels.file("metadata"), folder);

    assertThat(status).isEqualTo(1);
    assertThat(lines().getFirst()).contains("no.tflite: expected a TensorFlow Lite model");
  }

  private int run(Path first, Path second, Path photos) {
    return CompareModels.run(
        List.of(first.toString(), second.toString(), photos.toString()),
        new PrintStream(output, true, StandardCharsets.UTF_8));
  }

  private List<String> lines() {
    return output.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
