package dev.bucketlens.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifyOptionsTest {

  private static final ClassifyOptions DEFAULTS = ClassifyOptions.defaults();

  @Test
  void defaults_shouldKeepEverythingDownToTheModelsThreshold() {
    assertThat(DEFAULTS)
        .isEqualTo(
            new ClassifyOptions(
                ClassifyOptions.ALL, ClassifyOptions.MODEL_THRESHOLD, Set.of(), Set.of()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void options_shouldNameMaxResults_whenItIsTooSmall(int maxResults) {
    assertThatExceptionOfType(InvalidOptionsException.class)
        .isThrownBy(() -> DEFAULTS.withMaxResults(maxResults))
        .withMessage("maxResults is %d; it must be at least 1.".formatted(maxResults));
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.1f, 1.1f, Float.NaN, Float.POSITIVE_INFINITY})
  void options_shouldNameMinScore_whenItIsOutOfRange(float minScore) {
    assertThatExceptionOfType(InvalidOptionsException.class)
        .isThrownBy(() -> DEFAULTS.withMinScore(minScore))
        .withMessage("minScore is %s; it must be a number from 0 to 1.".formatted(minScore));
  }

  @Test
  void options_shouldRefuseBothLists() {
    assertThatExceptionOfType(InvalidOptionsException.class)
        .isThrownBy(() -> DEFAULTS.withInclude(Set.of("a")).withExclude(Set.of("b")))
        .withMessageStartingWith("include and exclude are both given;");
  }
}
