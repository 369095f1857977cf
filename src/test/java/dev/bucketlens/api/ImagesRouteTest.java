package dev.bucketlens.api;

import static dev.bucketlens.api.ApiFixture.classified;
import static dev.bucketlens.api.ApiFixture.json;
import static dev.bucketlens.api.ApiFixture.keys;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.results.Attempt;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.Provenance;
import dev.bucketlens.results.Verdict;
import dev.bucketlens.results.WriteCondition;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the table, one image and lists of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ImagesRouteTest {
  @AutoClose private final ApiFixture fixture = ApiFixture.start(80);

  @BeforeEach
  void empty() {
    fixture.table.clear();
  }

  @Test
  void find_shouldShowAllThatIsKnown_whenTheImageIsClassified() {
    fixture.put("photos/cat.jpg", classified("tabby cat", 0.75f));

    Map<String, Object> image = json(fixture.get("/images/images/photos/cat.jpg"));

    assertThat(image)
        .containsEntry("image", "s3://images/photos/cat.jpg")
        .containsEntry("bucket", "images")
        .containsEntry("key", "photos/cat.jpg")
        .containsEntry("status", "CLASSIFIED")
        .containsEntry("label", "tabby cat")
        .containsEntry("score", 0.75)
        .containsEntry("model", Map.of("name", "m", "hash", "0123456789ab"))
        .containsEntry("width", 640)
        .containsEntry("eTag", "e1")
        .doesNotContainKeys("preview", "rejection", "versionId");
    assertThat(image.get("scores"))
        .isEqualTo(
            List.of(
                Map.of("label", "tabby cat", "score", 0.75),
                Map.of("label", "lynx", "score", 0.0625)));
  }

  @Test
  void find_shouldTellTheReason_whenTheImageIsRejected() {
    fixture.put("bad.jpg", new Verdict.Rejected("TRUNCATED", "The file ends early."));

    assertThat(json(fixture.get("/images/images/bad.jpg")))
        .containsEntry("status", "REJECTED")
        .containsEntry("rejection", "TRUNCATED")
        .containsEntry("reason", "The file ends early.")
        .doesNotContainKey("scores");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"été (1).jpg", "a+b.jpg", "100%25.jpg", "../up.jpg", "a//b.jpg", "🐱/🐶", "a/"})
  void find_shouldTakeTheKeyAsItIs_whateverItHolds(String key) {
    fixture.put(key, classified("tabby cat", 0.75f));

    ApiResponse response = fixture.get("/images/images/" + key);

    assertThat(response.status()).as(response.body()).isEqualTo(200);
    assertThat(json(response)).containsEntry("key", key);
  }

  @Test
  void find_shouldAnswer404_whenTheTableHasNoSuchImage() {
    assertThat(fixture.get("/images/images/none.jpg").status()).isEqualTo(404);
  }

  @Test
  void list_shouldFilterAndOrder() {
    fixture.put("cats/1.jpg", classified("tabby cat", 0.9f));
    fixture.put("cats/2.jpg", classified("tabby cat", 0.5f));
    fixture.put("dogs/1.jpg", classified("beagle", 0.7f));
    fixture.put("bad.jpg", new Verdict.Rejected("EMPTY", "The file is empty."));

    assertThat(keysOf()).containsExactly("bad.jpg", "dogs/1.jpg", "cats/2.jpg", "cats/1.jpg");
    assertThat(keysOf("label", "tabby cat")).containsExactly("cats/1.jpg", "cats/2.jpg");
    assertThat(keysOf("label", "tabby cat", "minScore", "0.6")).containsExactly("cats/1.jpg");
    assertThat(keysOf("minScore", "0.6")).containsExactly("dogs/1.jpg", "cats/1.jpg");
    assertThat(keysOf("status", "REJECTED")).containsExactly("bad.jpg");
    assertThat(keysOf("prefix", "cats/")).containsExactly("cats/2.jpg", "cats/1.jpg");
    assertThat(keysOf("prefix", "s3://images/dogs")).containsExactly("dogs/1.jpg");
    assertThat(keysOf("prefix", "s3://other/")).isEmpty();
    assertThat(keysOf("day", "2020-01-01")).isEmpty();
  }

  /** Neither a repeat nor a gap, although the list grows at its head between two pages. */
  @Test
  void list_shouldWalkThroughAllPages_whileOthersWrite() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      fixture.put("old-" + i, classified("tabby cat", 0.5f));
      expected.addFirst("old-" + i);
    }

    List<String> seen = new ArrayList<>();
    ApiResponse page = fixture.get("/images", "limit", "3");
    for (int i = 0; json(page).containsKey("cursor") && i < 50; i++) {
      seen.addAll(keys(page));
      fixture.put("new-" + i, classified("tabby cat", 0.5f));
      String cursor = json(page).get("cursor").toString();
      page = fixture.get("/images", "limit", "2", "cursor", cursor);
    }
    seen.addAll(keys(page));

    assertThat(seen).containsExactlyElementsOf(expected);
  }

  @Test
  void list_shouldRefuseACursor_whenItIsFromAnotherQueryOrChanged() {
    for (int i = 0; i < 3; i++) {
      fixture.put("image-" + i, classified("tabby cat", 0.5f));
    }
    String cursor =
        json(fixture.get("/images", "limit", "1", "label", "tabby cat")).get("cursor").toString();
    char other = cursor.charAt(30) == 'A' ? 'B' : 'A';
    String forged = cursor.substring(0, 30) + other + cursor.substring(31);

    assertThat(fixture.get("/images", "label", "tabby cat", "cursor", cursor).status())
        .isEqualTo(200);
    for (ApiResponse refused :
        List.of(
            fixture.get("/images", "label", "beagle", "cursor", cursor),
            fixture.get("/images", "cursor", cursor),
            fixture.get("/images", "label", "tabby cat", "minScore", "0.1", "cursor", cursor),
            fixture.get("/images", "label", "tabby cat", "cursor", forged))) {
      assertThat(refused.status()).isEqualTo(400);
      assertThat(json(refused)).containsEntry("code", "INVALID_CURSOR");
    }
  }

  @Test
  void list_shouldAnswer304_untilSomethingIsNew() {
    fixture.put("one.jpg", classified("tabby cat", 0.5f));
    ApiResponse first = fixture.get("/images", "previews", "true");
    Map<String, String> known = Map.of("if-none-match", first.headers().get("etag"));
    String[] query = {"previews", "true"};

    ApiResponse same = fixture.send("GET", "/images", query, known, new byte[0]);
    fixture.put("two.jpg", classified("beagle", 0.5f));
    ApiResponse changed = fixture.send("GET", "/images", query, known, new byte[0]);

    assertThat(same.status()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(changed.status()).isEqualTo(200);
    assertThat(keys(changed)).containsExactly("two.jpg", "one.jpg");
  }

  @Test
  void list_shouldGivePreviews_onlyForTheDeploymentsOwnBucket() {
    fixture.put("a b.jpg", classified("tabby cat", 0.5f));
    fixture.store.put(
        fixture.result("s3://foreign/b.jpg", classified("beagle", 0.5f)),
        new WriteCondition.Newest());

    List<?> images = (List<?>) json(fixture.get("/images", "previews", "true")).get("images");

    Map<?, ?> foreign = (Map<?, ?>) images.get(0);
    Map<?, ?> own = (Map<?, ?>) images.get(1);
    assertThat(foreign.containsKey("preview")).isFalse();
    URI preview = URI.create(own.get("preview").toString());
    assertThat(preview.getPath()).isEqualTo("/images/a b.jpg");
    assertThat(preview.getQuery()).contains("X-Amz-Expires=600", "X-Amz-Signature=");
  }

  @Test
  void list_shouldGivePreviews_onlyOfWhatWasClassified() {
    fixture.put("letter.jpg", new Verdict.Rejected("NOT_AN_IMAGE", "No."));
    fixture.put("cat.jpg", classified("tabby cat", 0.5f));

    assertThat((List<?>) json(fixture.get("/images", "previews", "true")).get("images"))
        .map(item -> ((Map<?, ?>) item).containsKey("preview"))
        .containsExactly(true, false);
    assertThat(json(fixture.get("/images/images/letter.jpg", "previews", "true")))
        .doesNotContainKey("preview");
  }

  @Test
  void list_shouldGiveNoPreviews_whenTheDeploymentShowsNone() {
    fixture.put("cat.jpg", classified("tabby cat", 0.5f));
    BucketSettings closed =
        new BucketSettings("images", "uploads/", "", 1000, Duration.ofMinutes(5), false, false);
    Api api = fixture.deployed(new Access.Open(), closed, Clock.systemUTC());

    ApiResponse response =
        api.handle(
            new ApiRequest("GET", "/images", Map.of("previews", "true"), Map.of(), new byte[0]));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).contains("cat.jpg").doesNotContain("preview");
  }

  @Test
  void find_shouldTellWhereItComesFrom() {
    ImageResult plain = fixture.result("s3://images/uploads/0.jpg", classified("tabby cat", 0.5f));
    fixture.store.put(
        new ImageResult(
                plain.image(),
                plain.version().from(new Provenance("ann", "été (1).jpg", "upload-1")),
                plain.model(),
                plain.classifiedAt(),
                plain.verdict())
            .by(new Attempt("request-1", "1")),
        new WriteCondition.Newest());

    assertThat(json(fixture.get("/images/images/uploads/0.jpg")))
        .containsEntry("uploadedBy", "ann")
        .containsEntry("uploadRequestId", "upload-1")
        .containsEntry("requestId", "request-1")
        .containsEntry("fileName", "été (1).jpg");
  }

  @Test
  void list_shouldRefuseACursor_whenItIsFromAnotherStack() {
    fixture.put("one.jpg", classified("tabby cat", 0.5f));
    fixture.put("two.jpg", classified("tabby cat", 0.5f));
    Api other =
        new Api(
            new ApiServices(
                fixture.classifier,
                ApiFixture.MODEL,
                fixture.store,
                fixture.fetcher,
                fixture.fetcher,
                fixture.signer,
                Clock.systemUTC()),
            new ApiSettings(
                new Access.Open(), ApiFixture.BUCKET_SETTINGS, null, "its own secret", 1000, 5));
    String cursor = json(fixture.get("/images", "limit", "1")).get("cursor").toString();

    ApiResponse response =
        other.handle(
            new ApiRequest(
                "GET", "/images", Map.of("limit", "1", "cursor", cursor), Map.of(), new byte[0]));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("INVALID_CURSOR");
  }

  @Test
  void getImage_shouldTellTheDamageThatWasTolerated() {
    String warning = "The JPEG ends early; the rest of it was classified.";
    fixture.put("cut.jpg", new Verdict.Classified(List.of(), 640, 480, List.of(warning)));
    fixture.put("whole.jpg", classified("lynx", 0.5f));

    assertThat(json(fixture.get("/images/images/cut.jpg")))
        .containsEntry("warnings", List.of(warning));
    assertThat(json(fixture.get("/images/images/whole.jpg"))).doesNotContainKey("warnings");
  }

  private List<String> keysOf(String... query) {
    return keys(fixture.get("/images", query));
  }
}
