package dev.bucketlens.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bucketlens.Score;
import dev.bucketlens.testing.TestTable;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ResultStoreTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String REQUEST_ID = "8f5c6f0e-7a2b-4c1d-9e3f-0a1b2c3d4e5f";
  private static final String IMAGE = "s3://images/my photos/été (1).jpg";

  @AutoClose private static final TestTable table = TestTable.start();
  private final ResultStore store = table.store(Clock.systemUTC());

  @BeforeEach
  void clear() {
    table.clear();
  }

  @Test
  void newest_shouldPinItsCondition_asTheTableReadsIt() {
    ImageResult seen = classified("00A1", "m1", "cat", 0.9f, NOON);
    ImageResult result = classified("00A1", "m2", "cat", 0.9f, NOON);
    String newest =
        "attribute_not_exists(image) OR attribute_not_exists(sequencer)"
            + " OR sequencer < :sequencer";
    String noReview =
        " AND (attribute_not_exists(reviewState) OR reviewState <> :done"
            + " OR attribute_not_exists(eTag) OR eTag <> :eTag)";

    assertThat(new WriteCondition.Newest().expression(result).text())
        .isEqualTo("(" + newest + ")" + noReview);
    assertThat(new WriteCondition.Newest(Optional.of(result)).expression(result).text())
        .isEqualTo("(" + newest + ")" + noReview);
    assertThat(new WriteCondition.Newest(Optional.of(seen)).expression(result).text())
        .isEqualTo(
            "(" + newest + " OR (sequencer = :sequencer AND modelHash = :seenHash))" + noReview);
  }

  @Test
  void put_shouldWriteEveryAttribute_whenImageIsClassified() {
    put(classified("00A1", "m1", "cat", 0.9f, NOON));

    assertThat(table.items()).hasSize(1);
    Map<String, AttributeValue> item = table.items().getFirst();
    assertThat(item.get("image").s()).isEqualTo(IMAGE);
    assertThat(item.get("status").s()).isEqualTo("CLASSIFIED");
    assertThat(item.get("label").s()).isEqualTo("cat");
    assertThat(item.get("score").n()).isEqualTo("0.9");
    assertThat(item.get("day").s()).isEqualTo("2026-11-20");
    assertThat(item.get("classifiedAt").s()).isEqualTo("2026-11-20T12:00:00.000Z");
    assertThat(item.get("sequencer").s()).startsWith("00A1000").hasSize(40);
    assertThat(item.get("requestId").s()).isEqualTo(REQUEST_ID);
    assertThat(item.get("attempt").s()).matches("[0-9a-f]{16}");
    assertThat(item).containsKeys("scores", "model", "modelHash", "eTag", "versionId", "size");
    assertThat(item).doesNotContainKeys("expiresAt", "rejection", "reason");
  }

  @Test
  void find_shouldReturnWhatWasPut_forEveryVerdict() {
    for (ImageResult result :
        List.of(
            classified("01", "m1", "cat", 0.1f, NOON),
            result("02", "m1", NOON, new Verdict.Rejected("NOT_AN_IMAGE", "It is text.")),
            result("03", "m1", NOON, new Verdict.Classified(List.of(), 3, 4, List.of("Cut."))),
            deleted("04", NOON))) {
      assertThat(put(result)).isEmpty();
      assertThat(store.find(IMAGE)).contains(result);
    }
  }

  @Test
  void find_shouldBeEmpty_whenImageIsUnknown() {
    assertThat(store.find("s3://images/none.jpg")).isEmpty();
  }

  @Test
  void put_shouldRefuse_whenTheTableKnowsALaterEvent() {
    ImageResult newer = classified("00A2", "m1", "dog", 0.8f, NOON);
    put(newer);

    Optional<Conflict> conflict = put(classified("00A1", "m1", "cat", 0.9f, NOON.plusSeconds(9)));

    assertThat(conflict).contains(Conflict.OTHER_ITEM);
    assertThat(store.find(IMAGE)).contains(newer);
  }

  @Test
  void put_shouldRefuseTheOlder_whenSequencersDifferInLength() {
    ImageResult newer = classified("00A101", "m1", "dog", 0.8f, NOON);
    put(newer);

    assertThat(put(classified("00A1", "m1", "cat", 0.9f, NOON))).contains(Conflict.OTHER_ITEM);
  }

  @Test
  void put_shouldRefuse_whenTheSameEventWasScoredByThisModel() {
    ImageResult first = classified("00A1", "m1", "cat", 0.9f, NOON);
    put(first);

    assertThat(put(classified("00A1", "m1", "cat", 0.9f, NOON.plusSeconds(1))))
        .contains(Conflict.SAME_EVENT);
    assertThat(store.find(IMAGE)).contains(first);
  }

  @Test
  void put_shouldReplace_whenTheSameEventIsScoredByAnotherModelThatSawTheFirst() {
    ImageResult first = classified("00A1", "m1", "cat", 0.9f, NOON);
    put(first);
    ImageResult rescored = classified("00A1", "m2", "lynx", 0.7f, NOON.plusSeconds(1));

    assertThat(put(rescored)).contains(Conflict.SAME_EVENT);
    assertThat(store.put(rescored, new WriteCondition.Newest(Optional.of(first)))).isEmpty();
    assertThat(store.find(IMAGE)).contains(rescored);
  }

  @Test
  void put_shouldRefuse_whenAThirdModelHasReplacedWhatWasSeen() {
    ImageResult first = classified("00A1", "m1", "cat", 0.9f, NOON);
    put(first);
    ImageResult second = classified("00A1", "m2", "lynx", 0.7f, NOON.plusSeconds(1));
    store.put(second, new WriteCondition.Newest(Optional.of(first)));
    ImageResult third = classified("00A1", "m3", "dog", 0.7f, NOON.plusSeconds(2));

    assertThat(store.put(third, new WriteCondition.Newest(Optional.of(first))))
        .contains(Conflict.SAME_EVENT);
    assertThat(store.find(IMAGE)).contains(second);
  }

  @Test
  void put_shouldKeepThePreviousVerdict_asAMapOfItsOwn() {
    ImageResult first = result("01", "m1", NOON, new Verdict.Rejected("TOO_MANY_BYTES", "Large."));
    ObjectVersion version = first.version();
    Verdict cat = new Verdict.Classified(List.of(new Score("cat", 0.5f)), 3, 4);
    ImageResult second =
        new ImageResult(IMAGE, version, new ModelRef("tiny", "m2"), NOON.plusSeconds(1), cat)
            .inPlaceOf(Optional.of(first));
    ImageResult third =
        new ImageResult(IMAGE, version, new ModelRef("tiny", "m3"), NOON.plusSeconds(2), cat)
            .inPlaceOf(Optional.of(second));
    put(third);

    assertThat(second.previous().orElseThrow().best()).isEmpty();
    assertThat(store.find(IMAGE)).contains(third);
    assertThat(table.items().getFirst().get("previous").m())
        .containsEntry("modelHash", AttributeValue.fromS("m2"))
        .containsEntry("status", AttributeValue.fromS("CLASSIFIED"))
        .containsEntry("label", AttributeValue.fromS("cat"))
        .containsEntry("score", AttributeValue.fromN("0.5"))
        .containsEntry("classifiedAt", AttributeValue.fromS("2026-11-20T12:00:01.000Z"));
  }

  @Test
  void put_shouldKeepTheTombstone_whenALateCreateArrives() {
    put(deleted("00A2", NOON));

    assertThat(put(classified("00A1", "m1", "cat", 0.9f, NOON))).contains(Conflict.OTHER_ITEM);
    assertThat(put(classified("00A2", "m1", "cat", 0.9f, NOON))).contains(Conflict.SAME_EVENT);
    assertThat(store.find(IMAGE)).map(ImageResult::status).contains(Status.DELETED);
  }

  @Test
  void put_shouldReviveTheImage_whenItIsCreatedAfterItsRemoval() {
    put(deleted("00A2", NOON));

    assertThat(put(classified("00A3", "m1", "cat", 0.9f, NOON))).isEmpty();
    assertThat(table.items().getFirst()).doesNotContainKey("expiresAt");
  }

  @Test
  void put_shouldFindNoConflict_whenItMeetsItsOwnWrite() {
    ImageResult result = classified("00A1", "m1", "cat", 0.9f, NOON);
    put(result);

    assertThat(put(result)).isEmpty();
  }

  @Test
  void put_shouldRefuse_whenAnotherAttemptOfTheSameInvocationAndTimeWasFirst() {
    ImageResult first = classified("00A1", "m1", "cat", 0.9f, NOON);
    put(first);

    assertThat(put(first.by(Attempt.of(REQUEST_ID)))).contains(Conflict.SAME_EVENT);
    assertThat(store.find(IMAGE)).contains(first);
  }

  @Test
  void addShadow_shouldRefuse_whenAnotherAttemptHasWrittenTheSame() {
    ImageResult first = classified("00A1", "m1", "cat", 0.9f, NOON);
    put(first);
    Shadow shadow = new Shadow(new ModelRef("other", "s1"), Optional.of(new Score("dog", 0.6f)));

    assertThat(store.addShadow(first.by(Attempt.of(REQUEST_ID)), shadow)).isFalse();
    assertThat(store.addShadow(first, shadow)).isTrue();
    assertThat(store.find(IMAGE).orElseThrow().shadow()).contains(shadow);
  }

  @Test
  void newest_shouldRefuse_whenThereIsNoSequencer() {
    ImageResult unordered = classified(null, "m1", "cat", 0.9f, NOON);

    assertThatThrownBy(() -> put(unordered))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no sequencer");
  }

  @Test
  void unchanged_shouldWrite_whenTheItemIsAsItWasSeen() {
    ImageResult unordered = classified(null, "m1", "cat", 0.9f, NOON);
    assertThat(putUnchanged(unordered, Optional.empty())).isEmpty();

    ImageResult again = classified(null, "m2", "dog", 0.9f, NOON.plusSeconds(1));
    assertThat(putUnchanged(again, Optional.of(unordered))).isEmpty();

    ImageResult ordered = classified("00A1", "m2", "dog", 0.9f, NOON.plusSeconds(2));
    assertThat(put(ordered)).isEmpty();
    ImageResult rescored = classified("00A1", "m3", "fox", 0.9f, NOON.plusSeconds(3));
    assertThat(putUnchanged(rescored, Optional.of(ordered))).isEmpty();
    assertThat(store.find(IMAGE)).contains(rescored);
  }

  @Test
  void unchanged_shouldRefuse_whenTheItemHasChangedSince() {
    ImageResult seen = classified("00A1", "m1", "cat", 0.9f, NOON);
    ImageResult since = classified("00A2", "m1", "dog", 0.9f, NOON.plusSeconds(1));
    put(seen);
    put(since);

    ImageResult late = classified("00A1", "m2", "cat", 0.9f, NOON.plusSeconds(2));
    assertThat(putUnchanged(late, Optional.of(seen))).contains(Conflict.OTHER_ITEM);
    assertThat(putUnchanged(late, Optional.empty())).contains(Conflict.OTHER_ITEM);
    assertThat(store.find(IMAGE)).contains(since);
  }

  @Test
  void unchanged_shouldRefuse_whenAnotherAttemptOfTheSameTimeHasWrittenSince() {
    ImageResult seen = classified("00A1", "m1", "cat", 0.9f, NOON);
    put(seen);
    ImageResult since = classified("00A1", "m2", "dog", 0.9f, NOON);
    store.put(since, new WriteCondition.Newest(Optional.of(seen)));

    ImageResult late = classified("00A1", "m3", "fox", 0.9f, NOON);
    assertThat(putUnchanged(late, Optional.of(seen))).contains(Conflict.SAME_EVENT);
    assertThat(store.find(IMAGE)).contains(since);
  }

  /** Items of deployments from before attempts were told apart have none. */
  @Test
  void unchanged_shouldGoByTheTime_whenTheItemHasNoAttempt() {
    ImageResult seen =
        new ImageResult(
            IMAGE,
            new ObjectVersion(new Sequencer("00A1"), "e-m1", null, 1),
            new ModelRef("tiny", "m1"),
            NOON,
            new Verdict.Rejected("NOT_AN_IMAGE", "It is text."));
    put(seen);
    ImageResult next = classified("00A1", "m2", "dog", 0.9f, NOON.plusSeconds(1));

    assertThat(putUnchanged(next, Optional.of(seen))).isEmpty();
    assertThat(putUnchanged(next.by(Attempt.of(REQUEST_ID)), Optional.of(seen)))
        .contains(Conflict.SAME_EVENT);
  }

  @Test
  void put_shouldLeaveTheDayOut_whenTheImageIsGone() {
    put(deleted("00A1", NOON));

    assertThat(table.items().getFirst())
        .containsKeys("expiresAt", "classifiedAt")
        .doesNotContainKey("day");
  }

  /** DynamoDB removes expired tombstones whenever it likes. */
  @Test
  void unchanged_shouldAskForAnotherLook_whenTheItemWasRemovedSince() {
    ImageResult ordered = deleted("00A1", NOON);
    ImageResult unordered = classified(null, "m1", "cat", 0.9f, NOON);
    ImageResult late = classified(null, "m2", "cat", 0.9f, NOON.plusSeconds(1));

    assertThat(putUnchanged(late, Optional.of(ordered))).contains(Conflict.OTHER_ITEM);
    assertThat(putUnchanged(late, Optional.of(unordered))).contains(Conflict.OTHER_ITEM);
    assertThat(table.items()).isEmpty();
  }

  private Optional<Conflict> put(ImageResult result) {
    return store.put(result, new WriteCondition.Newest());
  }

  private Optional<Conflict> putUnchanged(ImageResult result, Optional<ImageResult> seen) {
    return store.put(result, new WriteCondition.Unchanged(seen));
  }

  private static ImageResult classified(
      String sequencer, String hash, String label, float score, Instant at) {
    List<Score> scores = List.of(new Score(label, score), new Score("other", 0.01f));
    return result(sequencer, hash, at, new Verdict.Classified(scores, 640, 480));
  }

  private static ImageResult result(String sequencer, String hash, Instant at, Verdict verdict) {
    return new ImageResult(
            IMAGE,
            new ObjectVersion(
                sequencer == null ? null : new Sequencer(sequencer), "e-" + hash, "v1", 1234),
            new ModelRef("tiny", hash),
            at,
            verdict)
        .by(Attempt.of(REQUEST_ID));
  }

  private static ImageResult deleted(String sequencer, Instant at) {
    return new ImageResult(
            IMAGE,
            new ObjectVersion(new Sequencer(sequencer), null, "v2", 0),
            null,
            at,
            new Verdict.Deleted(at.plusSeconds(60)))
        .by(Attempt.of(REQUEST_ID));
  }
}
