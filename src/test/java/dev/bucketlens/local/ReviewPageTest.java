package dev.bucketlens.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bucketlens.Score;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ModelRef;
import dev.bucketlens.results.ObjectVersion;
import dev.bucketlens.results.ReviewPolicy;
import dev.bucketlens.results.Sequencer;
import dev.bucketlens.results.Verdict;
import dev.bucketlens.results.WriteCondition;
import dev.bucketlens.testing.Browser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** Reviewers at the page in a real browser, on the whole local cloud. */
@Timeout(300)
final class ReviewPageTest {
  @RegisterExtension
  private static final RunningCloud cloud = new RunningCloud(Map.of("review.below", "0.5"));

  private static Browser browser;

  @BeforeAll
  static void start() {
    Browser.assumeInstalled();
    browser = Browser.start();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  /** Answers what waits from another test. */
  @BeforeEach
  void answerAll() throws Exception {
    browser.look(1280, 900, false);
    for (JsonNode page = open(); !page.isEmpty(); page = open()) {
      for (JsonNode item : page) {
        say(item.get("image").asText(), item.get("eTag").asText(), "null");
      }
    }
  }

  @Test
  void review_shouldBeWorkedByTheKeyboardAlone() throws Exception {
    ask("a.jpg", "1", "lynx");
    ask("b.jpg", "1", "lynx");
    begin();
    String first = title();

    browser.press("1");
    await("the next", () -> !title().equals(first));
    await("the review", () -> label(first).equals("lynx"));
    browser.press("u");
    await("the photo again", () -> title().equals(first));
    await("that it is taken back", () -> label(first).isEmpty());
    browser.press("2");
    await("the second guess", () -> label(first).equals("otter"));
    String second = title();
    browser.press("/");
    browser.press("ein Hund", Keys.ENTER);
    await("the other label", () -> label(second).equals("ein Hund"));
  }

  @Test
  void undo_shouldBringTheLastPhotoBack_whenNothingWaitsAnyMore() throws Exception {
    ask("last.jpg", "1", "lynx");
    begin();

    browser.click("#review-guesses .guess");
    await("the end", () -> title().equals("Nothing waits for a review"));
    assertThat(progress()).isEqualTo("1 reviewed · 0 waiting");
    browser.press("u");

    await("the photo again", () -> title().equals("last.jpg"));
    assertThat(progress()).isEqualTo("0 reviewed · 1 waiting");
    await("that it is taken back", () -> label("last.jpg").isEmpty());
  }

  @Test
  void photo_shouldComeBackAsItIsNow_whenItChangedMeanwhile() throws Exception {
    ask("changed.jpg", "1", "lynx");
    begin();
    ask("changed.jpg", "2", "badger");

    browser.press("1");
    await("the photo as it is", () -> browser.texts("#review-guesses .name").contains("badger"));
    assertThat(trouble()).startsWith("changed.jpg: ");
    assertThat(progress()).isEqualTo("0 reviewed · 1 waiting");
    assertThat(label("changed.jpg")).isEmpty();
    browser.press("1");
    await("the review", () -> label("changed.jpg").equals("badger"));
    assertThat(trouble()).isEmpty();
  }

  @Test
  void reviewer_shouldBeTold_whatAnotherHadSaid() throws Exception {
    ask("both.jpg", "1", "lynx");
    begin();
    say("s3://archive/both.jpg", "1", "\"wolf\"");

    browser.press("1");

    await("a sentence", () -> trouble().contains("anonymous had said wolf"));
    assertThat(label("both.jpg")).isEqualTo("lynx");
  }

  @Test
  void queue_shouldGoOnBeyondItsFirstPage() throws Exception {
    for (int i = 0; i < 60; i++) {
      ask("many-%02d.jpg".formatted(i), "1", "lynx");
    }
    begin();

    for (int i = 0; i < 60; i++) {
      browser.press("1");
    }

    await("all of them", () -> progress().equals("60 reviewed · 0 waiting"));
    await("the last review", () -> open().isEmpty());
  }

  @Test
  void key_shouldBeOneAnswer_whenItIsHeldDown() throws Exception {
    ask("held.jpg", "1", "lynx");
    ask("next.jpg", "1", "lynx");
    begin();

    browser.press("1");
    browser.run(
        """
        document.getElementById('review').dispatchEvent(
            new KeyboardEvent('keydown', { key: '1', repeat: true, bubbles: true }));
        """);

    assertThat(progress()).isEqualTo("1 reviewed · 1 waiting");
  }

  @Test
  void undo_shouldWork_withCapitalsLocked() throws Exception {
    ask("loud.jpg", "1", "lynx");
    begin();

    browser.press("1");
    browser.press("U");

    await("that it is taken back", () -> progress().equals("0 reviewed · 1 waiting"));
  }

  @Test
  void escape_shouldLeadFromTheSearchToThePhoto_andOnlyThenToTheGallery() throws Exception {
    ask("found.jpg", "1", "lynx");
    begin();

    browser.press("/");
    browser.press("ott", Keys.ESCAPE);
    browser.press("1");
    await("the review", () -> label("found.jpg").equals("lynx"));
    browser.press(Keys.ESCAPE);

    await("the gallery", () -> !browser.find("#review").isDisplayed());
  }

  @Test
  void writtenLabel_shouldBeSpeltAsTheModelDoes_andToldOtherwise() throws Exception {
    ask("spelt.jpg", "1", "lynx");
    ask("misspelt.jpg", "1", "lynx");
    begin();
    String first = title();

    browser.press("/");
    browser.press("OTTER ", Keys.ENTER);
    await("the model's word", () -> label(first).equals("otter"));
    assertThat(trouble()).isEmpty();
    String second = title();
    browser.press("/");
    browser.press("oter", Keys.ENTER);

    await("the word as it is", () -> label(second).equals("oter"));
    assertThat(trouble()).contains("“oter” is none of the model’s labels");
  }

  @Test
  void photo_shouldBeShown_whenItsAddressHasRunOut() throws Exception {
    cloud.put("kitten.jpg", Files.readAllBytes(Path.of("src/local/resources/photos/kitten.jpg")));
    cloud.get().queue().awaitEmpty();
    browser.open(cloud.http().toString());
    browser.await("the page", () -> browser.find("#review-open").isDisplayed());
    browser.run(
        """
        const fresh = window.fetch;
        window.fetch = async (path, request) => {
          const answer = await fresh(path, request);
          return path.includes('review=open')
            ? new Response((await answer.text()).replaceAll('"preview":"', '"preview":"/gone?'))
            : answer;
        };
        """);

    browser.click("#review-open");

    await(
        "the photo",
        () ->
            browser.all("#review-picture img").stream()
                .anyMatch(photo -> !"0".equals(photo.getDomProperty("naturalWidth"))));
  }

  @Test
  void queue_shouldNotSeemEmpty_whileItsNextPageIsOnItsWay() throws Exception {
    ask("quick.jpg", "1", "lynx");
    ask("late.jpg", "1", "lynx");
    browser.open(cloud.http().toString());
    browser.await("the page", () -> browser.find("#review-open").isDisplayed());
    browser.run(
        """
        const all = window.fetch;
        window.fetch = async (path, request) => {
          if (path.includes('cursor')) await new Promise((done) => { window.goOn = done; });
          return all(path.replace('limit=50', 'limit=1'), request);
        };
        """);
    browser.click("#review-open");
    await("guesses", () -> !browser.all("#review-guesses .guess").isEmpty());
    String first = title();

    browser.press("1");
    assertThat(title()).isEqualTo("The next photos are on their way");
    browser.run("window.goOn()");

    await("the other", () -> List.of("quick.jpg", "late.jpg").contains(title()));
    assertThat(title()).isNotEqualTo(first);
  }

  @Test
  void page_shouldAskBeforeItIsLeft_whileAnAnswerIsOnItsWay() throws Exception {
    ask("unsent.jpg", "1", "lynx");
    begin();
    assertThat(isLeftUnasked()).isTrue();
    browser.run("window.fetch = () => new Promise((done) => { window.giveUp = done; })");

    browser.press("1");
    assertThat(isLeftUnasked()).isFalse();
    browser.run("window.giveUp(new Response('{}'))");

    await("that it arrived", ReviewPageTest::isLeftUnasked);
  }

  private static boolean isLeftUnasked() {
    return Boolean.TRUE.equals(
        browser.run("return dispatchEvent(new Event('beforeunload', { cancelable: true }))"));
  }

  @ParameterizedTest
  @CsvSource({"1280, 900, false", "1280, 900, true", "390, 844, false", "390, 844, true"})
  void views_shouldHaveNoAccessibilityViolation(int width, int height, boolean dark)
      throws Exception {
    String content = width + " " + dark;
    ask("seen.jpg", content, "lynx");
    ask("unseen.jpg", content, "lynx");
    browser.look(width, height, dark);
    begin();
    browser.press("2");
    await("a review", () -> progress().startsWith("1 "));

    assertThat(browser.accessibilityViolations()).isEmpty();

    browser.click("#review-quality");
    browser.await("a plot", () -> !browser.all("#quality-body circle").isEmpty());
    assertThat(browser.accessibilityViolations()).isEmpty();
    assertThat(browser.run("return document.documentElement.scrollWidth <= innerWidth"))
        .as("nothing is wider than the window")
        .isEqualTo(true);
  }

  private static void begin() {
    browser.open(cloud.http().toString());
    browser.await("the page", () -> browser.find("#review-open").isDisplayed());
    browser.click("#review-open");
    browser.await("guesses", () -> !browser.all("#review-guesses .guess").isEmpty());
  }

  private static void await(String what, Supplier<Boolean> condition) {
    browser.await(what, condition);
  }

  private static String title() {
    return browser.find("#review-title").getText();
  }

  private static String progress() {
    return browser.find("#review-progress").getText();
  }

  private static String trouble() {
    return browser.find("#review-trouble").getText();
  }

  /** An unsure result, as if the object had just been scored. */
  private static void ask(String key, String version, String label) {
    cloud
        .get()
        .app()
        .results()
        .put(
            new ImageResult(
                    "s3://archive/" + key,
                    new ObjectVersion(
                        new Sequencer(Long.toHexString(System.nanoTime())), version, null, 1000),
                    new ModelRef("lens", "0123456789ab"),
                    Instant.now(),
                    new Verdict.Classified(
                        List.of(new Score(label, 0.4f), new Score("otter", 0.3f)), 400, 300))
                .asked(new ReviewPolicy(0.5f, 0)),
            new WriteCondition.Newest());
  }

  private static JsonNode open() {
    return get("/images?review=open&limit=100").get("images");
  }

  /** What was said of an image; empty if nothing was. */
  private static String label(String key) {
    return get("/images/archive/" + key).at("/review/label").asText();
  }

  private static void say(String image, String eTag, String label) {
    send(
        HttpRequest.newBuilder(cloud.http().resolve("/reviews"))
            .header("content-type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"image\": \"%s\", \"eTag\": \"%s\", \"label\": %s}"
                        .formatted(image, eTag, label))));
  }

  private static JsonNode get(String path) {
    return send(HttpRequest.newBuilder(URI.create(cloud.http() + path)));
  }

  private static JsonNode send(HttpRequest.Builder request) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return new JsonMapper()
          .readTree(client.send(request.build(), BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
