package dev.bucketlens.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class SettingsTablesTest {

  @Test
  void readme_shouldHoldTheTablesOfTheSettings() throws IOException {
    String readme = Files.readString(SettingsTables.README);

    assertThat(readme).as("made by mvn -Pimage-template").isEqualTo(SettingsTables.in(readme));
  }

  @Test
  void in_shouldWriteBothTablesAnew() throws IOException {
    String marks =
        """
        <!-- parameters: written by mvn -Pimage-template -->
        | an old row |
        <!-- end of parameters -->
        <!-- variables: written by mvn -Pimage-template -->
        <!-- end of variables -->
        """;

    assertThat(SettingsTables.in(marks))
        .doesNotContain("an old row")
        .contains("\n| `MaxResults` | `5` | 1 to 1,000 | `MAX_RESULTS` | How many scores")
        .contains("\n| `SnapStart` | `on` | `on`, `off` | | Whether functions start")
        .contains("\n| `FETCH_PORTS` | `80,443` | a list | Comma-separated ports");
  }

  @Test
  void in_shouldSayWhichLinesAreMissing_whenATableHasNoMarks() {
    assertThatThrownBy(() -> SettingsTables.in("# Bucketlens"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("README.md has no lines '<!-- parameters:");
  }
}
