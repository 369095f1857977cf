package dev.bucketlens.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.testing.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/**
 * How the model fares, at the page: a model of clothes, shown animals, beside one that knows them.
 */
@Timeout(300)
final class WatchPageTest {
  private static final List<String> PHOTOS = List.of("crab.jpg", "gibbon.jpg", "kitten.jpg");

  @RegisterExtension
  private static final RunningCloud cloud =
      new RunningCloud(
          Map.of(
              "model", "model/clothing.tflite",
              "shadow", "model/efficientnet-lite0.tflite",
              "shadow.percent", "100"));

  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    Browser.assumeInstalled();
    for (String photo : PHOTOS) {
      cloud.put("zoo/" + photo, Files.readAllBytes(Path.of("src/local/resources/photos", photo)));
      // One by one: of two batches at once the shadow leaves one out.
      cloud.get().queue().awaitEmpty();
    }
    browser = Browser.start();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  /** By the keyboard alone. */
  private static void open() {
    browser.open(cloud.http().toString());
    browser.await("the gallery", () -> browser.all(".card").size() == PHOTOS.size());
    browser.find("#watch-open").sendKeys(Keys.ENTER);
    browser.await("the view", () -> browser.find("#watch").isDisplayed());
  }

  @Test
  void watch_shouldHoldWhatComesAgainstTheValidation() {
    open();

    assertThat(browser.find("#watch-drift").getText())
        .contains("Expected accuracy of 3 photos: ", "In the validation, of 341 photos: 95 %");
    assertThat(browser.texts("#watch-drift th"))
        .containsExactly(
            "Day", "Photos", "Expected accuracy", "Low scores", "Label", "Now", "Validation");
    assertThat(browser.texts("#watch-drift tbody tr"))
        .anySatisfy(row -> assertThat(row).matches("\\d{4}-\\d\\d-\\d\\d 3 .* %"))
        .anySatisfy(row -> assertThat(row).startsWith("t-shirt ").endsWith(" 23 %"));
  }

  @Test
  void watch_shouldShowWhereTheModelOnTrialDisagrees_withThePhotos() {
    open();

    assertThat(browser.find("#watch-trial").getText())
        .contains("efficientnet-lite0 (", "agrees with clothing (", " on 0.0 % of 3 photos");
    browser.await("the photos", () -> browser.all("#watch-trial img").size() == PHOTOS.size());
    browser.await(
        "that they are shown",
        () ->
            browser.all("#watch-trial img").stream()
                .noneMatch(photo -> "0".equals(photo.getDomProperty("naturalWidth"))));
    assertThat(browser.texts(".disagreements li"))
        .anySatisfy(row ->
            assertThat(row).contains("gibbon.jpg", "model: ", "on trial: ").contains("gibbon"));
    assertThat(browser.find(".disagreements a").getDomProperty("href")).startsWith("http");
  }

  @ParameterizedTest
  @CsvSource({"1280, 900, false", "1280, 900, true", "390, 844, true", "390, 844, false"})
  void watch_shouldBreakNoRuleOfAccessibility_norBeWiderThanTheWindow(
      int width, int height, boolean dark) {
    browser.look(width, height, dark);
    open();
    browser.await("the photos", () -> browser.all("#watch-trial img").size() == PHOTOS.size());

    assertThat(browser.accessibilityViolations()).isEmpty();
    assertThat(browser.policyViolations()).isEmpty();
    assertThat(browser.run("return document.documentElement.scrollWidth <= innerWidth"))
        .isEqualTo(true);
    assertThat(
            browser.run(
                "const it = document.getElementById('watch');"
                    + " return it.scrollWidth <= it.clientWidth"))
        .isEqualTo(true);
    browser.press(Keys.ESCAPE);
    browser.await("the page again", () -> !browser.find("#watch").isDisplayed());
  }
}
