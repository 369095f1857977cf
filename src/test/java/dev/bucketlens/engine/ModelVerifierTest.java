package dev.bucketlens.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bucketlens.testing.TestModels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelVerifierTest {

  private static final Path NAME = Path.of("some.tflite");

  @TempDir private Path folder;

  static Stream<Path> soundModels() throws IOException {
    try (Stream<Path> shipped = Files.list(Path.of("model"));
        Stream<Path> tiny = Files.list(TestModels.file("float").getParent())) {
      return Stream.concat(shipped, tiny)
          .filter(file -> file.toString().endsWith(".tflite"))
          .filter(file -> !file.endsWith("schema-2.tflite"))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("soundModels")
  void verify_shouldPass_whenTheModelIsWhole(Path file) {
    assertThatCode(() -> ModelVerifier.verify(MappedFile.of(file), file))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 100, 1_000, 100_000, 1_000_000, 5_000_000})
  void verify_shouldSayWhereItBreaks_whenTheModelWasCut(int length) throws IOException {
    byte[] whole = Files.readAllBytes(TestModels.shipped("efficientnet-lite0"));

    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(() -> ModelVerifier.verify(ByteBuffer.wrap(Arrays.copyOf(whole, length)), NAME))
        .withMessageMatching(
            "some.tflite: the model is damaged at .+: .+ beyond its %d bytes; was it copied whole\\?"
                .formatted(length));
  }

  @Test
  void verify_shouldNameTheVersion_whenItIsAnother() {
    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(() -> verify(TestModels.file("schema-2")))
        .withMessageContaining("version: 2; expected 3");
  }

  @Test
  void verify_shouldNameTheTensor_whenAnOperatorReadsOneThatIsNotThere() throws Exception {
    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(() -> verify(withInts("float", List.of(0), List.of(77))))
        .withMessageContaining("subgraphs[0].")
        .withMessageContaining(": tensor 77 of ");
  }

  @Test
  void fuzz_shouldEndNoProcess_whenModelsAreDamaged() throws Exception {
    List<Path> models =
        Stream.of("float", "int8", "dynamic", "metadata", "two-signatures")
            .map(TestModels::file)
            .toList();

    ModelFuzz.Outcome outcome = ModelFuzz.run(1_000, folder, models);

    assertThat(outcome.deaths()).isEmpty();
    assertThat(outcome.refused()).isGreaterThan(100);
    assertThat(outcome.run()).isGreaterThan(100);
  }

  private static void verify(Path file) throws Exception {
    verify(MappedFile.of(file));
  }

  private static void verify(ByteBuffer bytes) throws Exception {
    ModelVerifier.verify(bytes, NAME);
  }

  /** Returns a model in which the first list of these numbers has become another. */
  private static ByteBuffer withInts(String model, List<Integer> from, List<Integer> to)
      throws IOException {
    ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(TestModels.file(model))).order(ByteOrder.LITTLE_ENDIAN);
    byte[] wanted = list(from);
    for (int at = 0; at + wanted.length <= bytes.limit(); at += Integer.BYTES) {
      if (bytes.slice(at, wanted.length).equals(ByteBuffer.wrap(wanted))) {
        return bytes.put(at, list(to));
      }
    }
    throw new IllegalArgumentException(model + " has no list " + from);
  }

  private static byte[] list(List<Integer> numbers) {
    ByteBuffer list =
        ByteBuffer.allocate((numbers.size() + 1) * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    list.putInt(numbers.size());
    numbers.forEach(list::putInt);
    return list.array();
  }
}
