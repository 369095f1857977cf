package dev.bucketlens.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.testing.Browser;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The page in a real browser: it is loaded, uploads by a presigned form, and shows what comes. */
@ExtendWith(Deployed.class)
@ResourceLock(Deployed.BROWSER)
final class PageScenario {

  private final Cloud cloud;

  PageScenario(Cloud cloud) {
    this.cloud = cloud;
  }

  @Test
  void page_shouldShowWhatItUploaded_andWhatComesWithoutIt() {
    Photos photos = new Photos(cloud.stack());
    try (Browser browser = Browser.start()) {
      browser.look(1280, 900, false);
      browser.open(new HttpApi(cloud.stack()).address().toString());
      // Until then it may load itself again, and what was found of it is gone.
      browser.await("the page", () -> browser.find("#main").isDisplayed());

      browser
          .find("#files")
          .sendKeys(
              Path.of("src/local/resources/photos/chameleon.jpg").toAbsolutePath().toString());

      browser.await("five bars", () -> browser.all(".job.done .bars li").size() == 5);
      assertThat(browser.texts(".job.done .bars li").getFirst()).contains("chameleon");
      browser.await("the photo in the gallery", () -> isShown(browser, "chameleon"));
      browser.await(
          "its preview from the bucket",
          () -> !"0".equals(browser.find(".card img").getDomProperty("naturalWidth")));

      photos.put("live/espresso.jpg", "espresso.jpg");

      browser.await("the other photo in the gallery", () -> isShown(browser, "espresso"));
      assertThat(browser.policyViolations()).isEmpty();
    }
  }

  private static boolean isShown(Browser browser, String label) {
    return browser.texts(".card .headline").stream().anyMatch(it -> it.contains(label));
  }
}
