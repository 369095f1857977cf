package dev.bucketlens.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.bucketlens.classify.Calibration.Transformation;
import dev.bucketlens.engine.ModelLoadException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTest {

  private static final Path MODEL = Path.of("m.tflite");

  /** Worked out by hand from the formula in {@code metadata_schema.fbs}. */
  @ParameterizedTest
  @CsvSource({
    "IDENTITY, 0.5, 0.731059",
    "LOG, 0.5, 0.333333",
    "INVERSE_LOGISTIC, 0.5, 0.5",
    "INVERSE_LOGISTIC, 0.8, 0.941176",
    "LOG, 0, 0",
    "INVERSE_LOGISTIC, 0, 0",
    "INVERSE_LOGISTIC, 1, 1",
  })
  void apply_shouldFollowTheSchema(Transformation transformation, float score, float expected)
      throws ModelLoadException {
    int slope = transformation == Transformation.LOG ? 1 : 2;

    assertThat(parse("1," + slope + ",0", transformation).apply(0, score))
        .isCloseTo(expected, within(1e-6f));
  }

  @Test
  void apply_shouldGiveTheDefault_whenScoreIsBelowTheMinimum() throws ModelLoadException {
    Calibration calibration = parse("1,2,0,0.4", Transformation.IDENTITY);

    assertThat(calibration.apply(0, 0.39f)).isEqualTo(0.05f);
    assertThat(calibration.apply(0, 0.4f)).isNotEqualTo(0.05f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,2", "1,2,3,4,5", "1,2,three", "1;2;3"})
  void parse_shouldNameTheLine_whenItIsMalformed(String line) {
    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(() -> parse(line, Transformation.IDENTITY))
        .withMessage(
            "m.tflite: line 1 of c.csv is \"%s\"; expected scale,slope,offset and perhaps min_score, or nothing."
                .formatted(line));
  }

  private static Calibration parse(String line, Transformation transformation)
      throws ModelLoadException {
    return Calibration.parse(MODEL, new TextLines("c.csv", List.of(line)), transformation, 0.05f);
  }
}
