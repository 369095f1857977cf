package dev.bucketlens.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bucketlens.testing.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelHashTest {

  private static final LiteRt LIBRARY = LiteRt.load();

  @TempDir private Path folder;

  private Path model;
  private Path packaged;

  @BeforeEach
  void copyModel() throws IOException {
    model = Files.copy(TestModels.file("float"), folder.resolve("model.tflite"));
    packaged = folder.resolve("model.tflite.sha256");
  }

  @Test
  void hash_shouldBeTheOneBesideTheModel_whenThePackageHasIt() throws Exception {
    ModelHash.main(new String[] {folder.toString()});
    String checksum = Files.readString(packaged).substring(64);
    Files.writeString(packaged, "0123456789ab".repeat(5) + "cdef" + checksum);

    assertThat(hash(model)).isEqualTo("0123456789ab");
  }

  @Test
  void hash_shouldBeTheModelsOwn_whenTheModelWasSwappedInThePackage() throws Exception {
    ModelHash.main(new String[] {folder.toString()});
    Path other = TestModels.file("int8");
    Files.copy(other, model, StandardCopyOption.REPLACE_EXISTING);

    assertThat(hash(model)).isEqualTo(hash(other));
  }

  @Test
  void open_shouldVerify_whenTheModelWasDamagedInThePackage() throws Exception {
    ModelHash.main(new String[] {folder.toString()});
    byte[] whole = Files.readAllBytes(model);
    Files.write(model, Arrays.copyOf(whole, whole.length / 2));

    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(() -> hash(model))
        .withMessageContaining("the model is damaged at ");
  }

  @Test
  void main_shouldRefuse_whenAModelOfThePackageIsDamaged() throws Exception {
    byte[] whole = Files.readAllBytes(model);
    Files.write(model, Arrays.copyOf(whole, whole.length / 2));

    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(() -> ModelHash.main(new String[] {folder.toString()}))
        .withMessageContaining(model + ": the model is damaged at ");
    assertThat(packaged).doesNotExist();
  }

  @Test
  void open_shouldNameTheFile_whenTheHashBesideTheModelIsNone() throws Exception {
    Files.writeString(packaged, "none");

    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(() -> hash(model))
        .withMessageContaining(
            "model.tflite.sha256 has 'none'; expected the hash that the build writes");
  }

  private static String hash(Path file) throws ModelLoadException {
    try (Model opened = Model.open(LIBRARY, file)) {
      return opened.hash();
    }
  }
}
