package dev.bucketlens.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  private static Map<String, String> variables(String... more) {
    Map<String, String> variables =
        new HashMap<>(Map.of("BUCKET", "photos", "TABLE", "results", "AWS_REGION", "eu-central-1"));
    for (int i = 0; i < more.length; i += 2) {
      variables.put(more[i], more[i + 1]);
    }
    return variables;
  }

  @Test
  void from_shouldUseDefaults_whenOptionalVariablesAreEmpty() {
    // SAM hands an empty parameter on as an empty variable.
    Settings settings =
        Settings.from(
            variables(
                "MIN_SCORE", "",
                "INCLUDE_LABELS", "",
                "MODEL", "",
                "LAMBDA_TASK_ROOT", "/var/task"));

    assertThat(settings.model())
        .isEqualTo(new ModelSource.Packaged(Path.of("/var/task/model/efficientnet-lite0.tflite")));
    assertThat(settings.options().maxResults()).isEqualTo(5);
    assertThat(settings.options().include()).isEmpty();
  }

  @Test
  void from_shouldReadLists_whenTheyHaveSpaces() {
    Settings settings = Settings.from(variables("INCLUDE_LABELS", " tabby , espresso,"));

    assertThat(settings.options().include()).containsExactlyInAnyOrder("tabby", "espresso");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MAX_RESULTS     | many   | Environment variable MAX_RESULTS (template parameter MaxResults) is 'many'; expected a whole number from 1 to 1000.
          MAX_RESULTS     | 0      | Environment variable MAX_RESULTS (template parameter MaxResults) is '0'; expected a whole number from 1 to 1000.
          MIN_SCORE       | 50     | Environment variable MIN_SCORE (template parameter MinScore) is '50'; expected a number from 0 to 1.
          MAX_IMAGE_BYTES | -1     | Environment variable MAX_IMAGE_BYTES (template parameter MaxImageBytes) is '-1'; expected a whole number from 1 to 2147483647.
          MIN_IMAGE_SIDE  | 30001  | Environment variable MIN_IMAGE_SIDE is '30001'; expected a whole number from 1 to 30000.
          AWS_CA_BUNDLE | /no/such.pem | Environment variable AWS_CA_BUNDLE is '/no/such.pem'; expected a file that can be read.
          AWS_ENDPOINT_URL_S3 | localhost:9000 | Environment variable AWS_ENDPOINT_URL_S3 is 'localhost:9000'; expected an address such as https://photos.example.com.
          """)
  void from_shouldNameVariableValueAndExpectation_whenOneIsWrong(
      String name, String value, String message) {
    assertThatThrownBy(() -> Settings.from(variables(name, value)))
        .isInstanceOf(SettingException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({"512, 85", "1024, 256", "1769, 504", "3008, 640", "10240, 640"})
  void from_shouldDeriveTheMemoryOfADecode_fromTheFunctions(String megabytes, long expected) {
    Settings settings = Settings.from(variables("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", megabytes));

    assertThat(settings.classifier().limits().maxMemory() >> 20).isEqualTo(expected);
  }

  @Test
  void from_shouldNameTheVariable_whenARequiredOneIsMissing() {
    Map<String, String> variables = variables();
    variables.remove("TABLE");

    assertThatThrownBy(() -> Settings.from(variables))
        .isInstanceOf(SettingException.class)
        .hasMessage(
            "Environment variable TABLE is not set; expected the name of the table of results.");
  }

  @Test
  void from_shouldRefuse_whenLabelsAreBothIncludedAndExcluded() {
    assertThatThrownBy(() -> Settings.from(variables("INCLUDE_LABELS", "a", "EXCLUDE_LABELS", "b")))
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith(
            "INCLUDE_LABELS (template parameter IncludeLabels), EXCLUDE_LABELS (template parameter"
                + " ExcludeLabels): ");
  }
}
