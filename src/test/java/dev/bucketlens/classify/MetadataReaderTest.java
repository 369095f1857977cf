package dev.bucketlens.classify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.testing.TestModels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataReaderTest {

  @TempDir private Path folder;

  @Test
  void read_shouldGiveNone_whenModelHasNoMetadata() throws Exception {
    assertThat(MetadataReader.read(ModelFile.map(TestModels.file("float")), 0))
        .isEqualTo(Metadata.NONE);
  }

  @Test
  void read_shouldNameTheFile_whenTheArchiveBehindTheModelIsCutOff() throws IOException {
    byte[] whole = Files.readAllBytes(TestModels.file("metadata"));
    Path cut = Files.write(folder.resolve("cut.tflite"), Arrays.copyOf(whole, whole.length - 8));

    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(() -> MetadataReader.read(ModelFile.map(cut), 0))
        .withMessageContaining(
            "cut.tflite: its metadata names the file labels.txt, but the archive")
        .withMessageContaining("is the model file whole?");
  }

  @Test
  void read_shouldNameTheFile_whenItIsNotAttached() throws IOException {
    byte[] whole = Files.readAllBytes(TestModels.file("metadata"));
    String content = new String(whole, ISO_8859_1);
    Path other =
        Files.write(
            folder.resolve("other.tflite"),
            content.replaceFirst("labels\\.txt", "lebals.txt").getBytes(ISO_8859_1));

    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(() -> MetadataReader.read(ModelFile.map(other), 0))
        .withMessageContaining(
            "its metadata names the file lebals.txt, which is not attached to it.");
  }

  /** Whatever the bytes say, the answer is metadata or a sentence, at once. */
  @Test
  void read_shouldAnswerOrRefuse_whenBytesLie() throws IOException {
    byte[] whole = Files.readAllBytes(TestModels.file("metadata-calibrated"));
    Random random = new Random(20250101);
    int refused = 0;
    for (int i = 0; i < 5000; i++) {
      byte[] lying = whole.clone();
      for (int change = 0; change <= i % 4; change++) {
        lying[random.nextInt(lying.length)] = (byte) random.nextInt(256);
      }
      try {
        MetadataReader.read(
            new ModelFile(TestModels.file("metadata-calibrated"), ByteBuffer.wrap(lying)), 0);
      } catch (ModelLoadException e) {
        assertThat(e.getMessage()).contains("metadata-calibrated.tflite");
        refused++;
      }
    }

    assertThat(refused).isPositive();
  }
}
