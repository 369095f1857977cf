package dev.bucketlens.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.Score;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ModelRef;
import dev.bucketlens.results.ObjectVersion;
import dev.bucketlens.results.Sequencer;
import dev.bucketlens.results.Verdict;
import dev.bucketlens.results.WriteCondition;
import dev.bucketlens.testing.Browser;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.support.ui.Select;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * The page in a real browser, on the whole local cloud. {@code -Dscreenshots=docs/images} also
 * takes the pictures of the README.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PageTest {

  private static final Path PHOTOS = Path.of("src/local/resources/photos").toAbsolutePath();
  private static final int SEEDED = 60;

  private LocalCloud cloud;
  private Browser browser;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    Browser.assumeInstalled();
    int s3Port = freePort();
    cloud =
        LocalCloud.start(
            Options.from(
                Map.of(
                    "s3.port", String.valueOf(s3Port),
                    "dynamodb.port", String.valueOf(freePort()),
                    "http.port", String.valueOf(freePort()),
                    "data", data.toString(),
                    "fetch.networks", "127.0.0.1/32",
                    "fetch.ports", String.valueOf(s3Port))));
    seed();
    for (String photo : List.of("espresso.jpg", "crab.jpg", "gibbon.jpg", "cat.png")) {
      put("holiday/" + photo, Files.readAllBytes(PHOTOS.resolve(photo)));
    }
    put("holiday/notes.jpg", new byte[] {'h', 'i'});
    cloud.queue().awaitEmpty();
    browser = Browser.start();
  }

  @AfterAll
  void stop() throws IOException {
    if (browser != null) {
      browser.close();
    }
    if (cloud != null) {
      cloud.close();
    }
  }

  @BeforeEach
  void open() {
    browser.offline(false);
    browser.look(1280, 900, false);
    browser.open(cloud.http().toString());
    browser.await("the gallery is filled", () -> browser.all(".card").size() >= 24);
  }

  @Test
  void page_shouldBeOneDocument_thatLoadsNoFile() {
    Object files =
        browser.run(
            """
            return performance.getEntriesByType('resource')
              .filter((it) => it.initiatorType !== 'fetch' && it.name.startsWith(location.origin))
              .map((it) => it.name);
            """);

    assertThat((List<?>) files).isEmpty();
    assertThat(browser.find("h1 img").getDomProperty("naturalWidth")).isNotEqualTo("0");
    assertThat(browser.policyViolations()).isEmpty();
  }

  @Test
  void upload_shouldShowTheFiveBestLabels_andThePhotoInTheGallery() {
    browser.find("#files").sendKeys(PHOTOS.resolve("kitten.jpg").toString());

    browser.await("five bars", () -> browser.all(".job.done .bars li").size() == 5);
    assertThat(browser.texts(".job.done .bars li").getFirst()).matches("(?s).*cat.*\\d %");
    assertThat(browser.find(".job.done .thumb img").getDomProperty("naturalWidth"))
        .isNotEqualTo("0");
    browser.await(
        "the photo in the gallery",
        () -> browser.texts(".card .headline").getFirst().contains("cat"));
    browser.await(
        "its preview from the bucket",
        () -> !"0".equals(browser.find(".card img").getDomProperty("naturalWidth")));
  }

  @Test
  void upload_shouldSendAJpegOfIt_whenOnlyTheBrowserCanShowTheFile(@TempDir Path folder)
      throws IOException {
    Path drawing =
        Files.writeString(
            folder.resolve("my drawing.svg"),
            "<svg xmlns='http://www.w3.org/2000/svg' width='640' height='480'>"
                + "<circle cx='320' cy='240' r='200' fill='orange'/></svg>");

    browser.find("#files").sendKeys(drawing.toString());

    browser.await("five bars", () -> browser.all(".job.done .bars li").size() == 5);
    assertThat(browser.texts(".job.done").getFirst()).contains("my drawing.svg");
    browser.await(
        "the drawing in the gallery",
        () -> browser.texts(".card .when").getFirst().contains("drawing"));
    assertThat(browser.find(".card img").getDomProperty("naturalWidth")).isEqualTo("640");
  }

  @Test
  void upload_shouldTellTheReason_whenTheFileIsNoPicture(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("letter.jpg"), "Dear reader");
    Path empty = Files.createFile(folder.resolve("empty.jpg"));

    browser.find("#files").sendKeys(text + "\n" + empty);

    browser.await("two reasons", () -> browser.all(".job.failed").size() == 2);
    assertThat(browser.texts(".job.failed"))
        .anySatisfy(job -> assertThat(job).contains("letter.jpg", "not an image"))
        .anySatisfy(job -> assertThat(job).contains("empty.jpg", "empty"));
    browser.await(
        "the rejection in the gallery",
        () -> browser.texts(".card.rejected .why").getFirst().contains("not an image"));
    browser.click("#clear");
    assertThat(browser.all(".job")).isEmpty();
  }

  @Test
  void url_shouldBeFetchedAndScored() {
    browser.find("#url").sendKeys(signedUrl("holiday/espresso.jpg"), Keys.ENTER);

    browser.await("bars", () -> !browser.all(".job.done .bars li").isEmpty());
    assertThat(browser.texts(".job.done").getFirst()).contains("espresso.jpg", "espresso");
  }

  @Test
  void url_shouldBeRefusedWithASentence_whenItIsPrivate() {
    browser.find("#url").sendKeys("http://169.254.169.254/latest/", Keys.ENTER);

    browser.await("a refusal", () -> !browser.all(".job.failed").isEmpty());
    assertThat(browser.find(".job.failed .state").getText()).endsWith(".");
  }

  @Test
  void gallery_shouldShowWithoutReload_whatAnotherClientUploads() throws IOException {
    String key = "other client/" + Instant.now().toEpochMilli() + ".webp";

    put(key, Files.readAllBytes(PHOTOS.resolve("red-panda.webp")));

    browser.await(
        "the new photo at the head of the gallery",
        () -> browser.find(".card .when").getDomAttribute("title").equals(key));
  }

  @Test
  void gallery_shouldLoadMore_whenScrolledToItsEnd() {
    browser.await(
        "more than the first page",
        () -> {
          browser.run("scrollTo(0, document.body.scrollHeight)");
          return browser.all(".card").size() > SEEDED;
        });
  }

  @Test
  void filters_shouldNarrowTheGallery() {
    browser.await("labels to choose", () -> browser.all("#label option").size() > 2);
    new Select(browser.find("#label")).selectByValue("espresso");
    browser.await(
        "espresso only",
        () ->
            !browser.all(".card").isEmpty()
                && browser.texts(".card .name").stream().allMatch("espresso"::equals));

    new Select(browser.find("#label")).selectByIndex(0);
    browser.click("label[for=status-rejected]");
    browser.await(
        "rejected only",
        () ->
            !browser.all(".card").isEmpty()
                && browser.all(".card").size() == browser.all(".card.rejected").size());

    browser.click("label[for=status-classified]");
    browser.find("#score").sendKeys(Keys.END);
    browser.await(
        "surest only",
        () ->
            browser.find("#score-text").getText().equals("95 %")
                && browser.texts(".card .percent").stream()
                    .allMatch(text -> Integer.parseInt(text.replace(" %", "")) >= 95));
  }

  @Test
  void detail_shouldShowScoresAndFacts_andStepThroughTheGallery() {
    browser.await("labels to choose", () -> browser.all("#label option").size() > 2);
    new Select(browser.find("#label")).selectByValue("espresso");
    browser.await("espresso only", () -> browser.texts(".card .name").equals(List.of("espresso")));
    browser.click(".card");

    assertThat(browser.find("#detail-title").getText()).isEqualTo("espresso");
    assertThat(browser.all("#detail .bars li")).hasSize(5);
    assertThat(browser.find("#detail .facts").getText())
        .contains("holiday/espresso.jpg", "images", "pixels", "efficientnet-lite0");
    browser.click("#close");
    new Select(browser.find("#label")).selectByIndex(0);
    browser.await("all again", () -> browser.all(".card").size() >= 24);

    browser.click(".card");
    String first = browser.find("#detail .facts").getText();
    browser.press(Keys.ARROW_RIGHT);
    browser.await("the next photo", () -> !browser.find("#detail .facts").getText().equals(first));
  }

  @Test
  void page_shouldStay_andSayASentence_whileTheApiIsDown() {
    browser.offline(true);
    browser.await("the sentence", () -> browser.find("#notice").isDisplayed());
    assertThat(browser.find("#notice").getText()).contains("cannot be reached");
    assertThat(browser.all(".card")).isNotEmpty();
    assertThat(browser.find("#main").isDisplayed()).isTrue();

    browser.offline(false);
    browser.await("no sentence", () -> !browser.find("#notice").isDisplayed());
  }

  @Test
  void page_shouldBeUsableByKeyboardAlone() {
    browser.press(Keys.TAB, Keys.ENTER);
    browser.tabTo("#label");
    browser.tabTo("#score");
    browser.tabTo("[name=status]");
    browser.tabTo(".card");
    browser.press(Keys.ENTER);
    browser.await("the detail", () -> browser.find("#detail").isDisplayed());

    browser.press(Keys.ESCAPE);
    browser.await("the gallery", () -> !browser.find("#detail").isDisplayed());
    assertThat(browser.run("return document.activeElement.className")).asString().contains("card");

    browser.open(cloud.http().toString());
    browser.tabTo("#files");
    browser.tabTo("#url");
    browser.tabTo("#url-form button");
  }

  @ParameterizedTest
  @CsvSource({"1280, 900, false", "1280, 900, true", "390, 844, false", "390, 844, true"})
  void page_shouldHaveNoAccessibilityViolation(int width, int height, boolean dark) {
    browser.look(width, height, dark);
    browser.find("#files").sendKeys(PHOTOS.resolve("chameleon.jpg").toString());
    browser.await("bars", () -> browser.all(".job.done .bars li").size() == 5);
    assertThat(browser.accessibilityViolations()).isEmpty();
    Object overflow = browser.run("return document.documentElement.scrollWidth - innerWidth");
    assertThat(((Number) overflow).intValue()).isNotPositive();

    browser.run("document.querySelector('.card').click()");
    browser.await("the detail", () -> browser.find("#detail").isDisplayed());
    assertThat(browser.accessibilityViolations()).isEmpty();
    assertThat(browser.policyViolations()).isEmpty();
    screenshot(width, dark);
  }

  /** Light on a desktop and dark on a phone, with fresh uploads in view. */
  private void screenshot(int width, boolean dark) {
    String folder = System.getProperty("screenshots", "");
    boolean phone = width < 600;
    if (folder.isBlank() || phone != dark) {
      return;
    }
    browser.press(Keys.ESCAPE);
    for (String photo : List.of("red-panda.webp", "kitten.jpg")) {
      browser.find("#files").sendKeys(PHOTOS.resolve(photo).toString());
    }
    browser.await("bars of all", () -> browser.all(".job.done .bars li").size() == 15);
    browser.await(
        "all in the gallery",
        () -> browser.texts(".card .name").subList(0, 3).contains("red panda"));
    browser.look(width, phone ? 844 : 1120, dark);
    browser.run("document.activeElement.blur(); scrollTo(0, 0)");
    browser.screenshot(Path.of(folder, phone ? "phone-dark.png" : "desktop-light.png"));
  }

  private void put(String key, byte[] bytes) {
    cloud
        .app()
        .s3()
        .putObject(r -> r.bucket(LocalCloud.BUCKET).key(key), RequestBody.fromBytes(bytes));
  }

  @Test
  void download_shouldTakeTheWholeListThatTheFiltersLeave() {
    cloud
        .app()
        .results()
        .put(older("two\r\nlines.jpg", Instant.now()), new WriteCondition.Newest());
    browser.run(
        "URL.createObjectURL = (file) => { file.text().then((it) => { window.saved = it; });"
            + " return '#'; };");

    browser.click("#download");

    browser.await("the file", () -> browser.run("return window.saved") != null);
    String csv = (String) browser.run("return window.saved");
    assertThat(csv.lines().filter(line -> line.startsWith("s3://"))).hasSizeGreaterThan(SEEDED);
    assertThat(csv.lines().filter(line -> line.startsWith("image,"))).hasSize(1);
    long photos = csv.lines().filter(line -> line.matches("\"?s3://.*")).count();
    assertThat(browser.find("#download-progress").getText()).isEqualTo(photos + " photos");
  }

  /** Older results, so that the gallery has more than a page. */
  private void seed() {
    Instant start = Instant.now().minusSeconds(3600);
    for (int i = 0; i < SEEDED; i++) {
      String key = String.format(Locale.ROOT, "%02d.jpg", i);
      cloud.app().results().put(older(key, start.plusSeconds(i)), new WriteCondition.Newest());
    }
  }

  private static ImageResult older(String key, Instant at) {
    return new ImageResult(
        "s3://archive/" + key,
        new ObjectVersion(new Sequencer("0A"), "etag", null, 1000),
        new ModelRef("earlier", "0123456789ab"),
        at,
        new Verdict.Classified(List.of(new Score("beagle", 0.5f)), 400, 300));
  }

  private String signedUrl(String key) {
    try (S3Presigner presigner =
        S3Presigner.builder()
            .region(cloud.app().settings().aws().region())
            .endpointOverride(cloud.s3())
            .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
            .build()) {
      return presigner
          .presignGetObject(r ->
              r.signatureDuration(Duration.ofMinutes(5))
                  .getObjectRequest(get -> get.bucket(LocalCloud.BUCKET).key(key)))
          .url()
          .toString();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
