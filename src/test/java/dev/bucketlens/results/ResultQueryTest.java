package dev.bucketlens.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bucketlens.Score;
import dev.bucketlens.testing.TestTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResultQueryTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @AutoClose private static final TestTable table = TestTable.start();
  private final ResultStore store = table.store(Clock.fixed(NOW, ZoneOffset.UTC));

  @BeforeEach
  void clear() {
    table.clear();
  }

  @Test
  void query_shouldGiveNewestFirstAcrossDays_whenNothingIsAsked() {
    put("a", Duration.ofDays(40), "cat", 0.5f);
    put("b", Duration.ofDays(1), "dog", 0.5f);
    put("c", Duration.ofMinutes(1), "cat", 0.5f);
    put("d", Duration.ofMinutes(-14), "ahead of our clock", 0.5f);

    assertThat(all(ResultQuery.newest(10))).containsExactly("d", "c", "b", "a");
  }

  @Test
  void query_shouldGiveEachOnce_whateverThePageSize() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 23; i++) {
      put("k" + i, Duration.ofHours(7L * i), i % 2 == 0 ? "cat" : "dog", 0.5f + i / 100f);
      expected.add("k" + i);
    }

    for (int limit : new int[] {1, 4, 22, 23, 100}) {
      assertThat(all(ResultQuery.newest(limit))).isEqualTo(expected);
    }
  }

  @Test
  void query_shouldGoOnWhereItWas_whenItemsAreWrittenBetweenPages() {
    for (int i = 0; i < 6; i++) {
      put("k" + i, Duration.ofHours(5L * i), "cat", 0.5f);
    }
    ResultPage first = store.query(ResultQuery.newest(3));

    put("new", Duration.ZERO, "cat", 0.5f);
    ResultPage second = store.query(ResultQuery.newest(3).from(first.next().orElseThrow()));

    assertThat(keys(first)).containsExactly("k0", "k1", "k2");
    assertThat(keys(second)).containsExactly("k3", "k4", "k5");
  }

  @Test
  void query_shouldGiveBestScoreFirst_whenALabelIsAsked() {
    put("a", Duration.ofDays(3), "cat", 0.5f);
    put("b", Duration.ofDays(2), "cat", 0.9f);
    put("c", Duration.ofDays(1), "cat", 0.7f);
    put("d", Duration.ofDays(1), "dog", 0.8f);

    assertThat(all(ResultQuery.newest(2).withLabel("cat"))).containsExactly("b", "c", "a");
    assertThat(all(ResultQuery.newest(2).withLabel("cat").withMinScore(0.7f)))
        .containsExactly("b", "c");
    assertThat(all(ResultQuery.newest(2).withLabel("cow"))).isEmpty();
  }

  @Test
  void query_shouldApplyEveryFilter_whenSeveralAreAsked() {
    put("2026/a", Duration.ofHours(1), "cat", 0.9f);
    put("2026/b", Duration.ofHours(2), "cat", 0.4f);
    put("2026/c", Duration.ofHours(3), "dog", 0.9f);
    put("2025/d", Duration.ofHours(4), "cat", 0.9f);
    put("2026/e", Duration.ofHours(30), "cat", 0.9f);

    ResultQuery query =
        ResultQuery.newest(1)
            .withDay(LocalDate.parse("2026-11-20"))
            .withLabel("cat")
            .withMinScore(0.5f)
            .withStatus(Status.CLASSIFIED)
            .withPrefix("s3://images/2026/");

    assertThat(all(query)).containsExactly("2026/a");
    assertThat(all(ResultQuery.newest(5).withPrefix("s3://images/2026/")))
        .containsExactly("2026/a", "2026/b", "2026/c", "2026/e");
  }

  @Test
  void query_shouldHideTombstones_whateverIsAsked() {
    put("a", Duration.ofHours(1), "cat", 0.9f);
    put("b", Duration.ofHours(2), new Verdict.Deleted(NOW));
    put("c", Duration.ofHours(3), new Verdict.Rejected("CORRUPT", "It is damaged."));

    assertThat(all(ResultQuery.newest(5))).containsExactly("a", "c");
    assertThat(all(ResultQuery.newest(5).withDay(LocalDate.parse("2026-11-20"))))
        .containsExactly("a", "c");
    assertThat(all(ResultQuery.newest(5).withStatus(Status.REJECTED))).containsExactly("c");
  }

  /** The first page was empty once, and so were the next thirty: each read met tombstones only. */
  @Test
  void query_shouldGiveTheNewestAtOnce_whenThousandsWereDeletedSince() {
    put("kept", Duration.ofHours(1), "cat", 0.9f);
    for (int i = 0; i < 1000; i++) {
      put("gone" + i, Duration.ofSeconds(i), new Verdict.Deleted(NOW));
    }

    ResultPage page = store.query(ResultQuery.newest(1));

    assertThat(keys(page)).containsExactly("kept");
  }

  @Test
  void query_shouldLetGoOfAnImage_whenItIsDeleted() {
    put("a", Duration.ofHours(1), "cat", 0.9f);
    store.put(
        new ImageResult(
            ImageResult.imageOf("images", "a"),
            new ObjectVersion(new Sequencer("02"), null, null, 0),
            null,
            NOW,
            new Verdict.Deleted(NOW)),
        new WriteCondition.Newest());

    assertThat(all(ResultQuery.newest(5))).isEmpty();
    assertThat(all(ResultQuery.newest(5).withLabel("cat"))).isEmpty();
  }

  @Test
  void query_shouldFindTheFewThatMatch_whenMostDoNot() {
    for (int i = 0; i < 150; i++) {
      put("k" + i, Duration.ofSeconds(i), i == 140 ? "lynx" : "cat", 0.5f);
    }

    ResultPage page =
        store.query(ResultQuery.newest(5).withDay(LocalDate.parse("2026-11-20")).withLabel("lynx"));

    assertThat(keys(page)).containsExactly("k140");
    assertThat(page.next()).isEmpty();
  }

  @Test
  void query_shouldEnd_whenTheTableIsEmpty() {
    ResultPage page = store.query(ResultQuery.newest(10));

    assertThat(page.results()).isEmpty();
    assertThat(page.next()).isEmpty();
  }

  @Test
  void query_shouldRefuse_whenThePageKeyIsAnotherQuerys() {
    put("a", Duration.ofHours(1), "cat", 0.9f);
    put("b", Duration.ofHours(2), "cat", 0.8f);
    PageKey key = store.query(ResultQuery.newest(1).withLabel("cat")).next().orElseThrow();

    assertThatThrownBy(() -> store.query(ResultQuery.newest(1).withLabel("dog").from(key)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the page key belongs to another query");
    assertThatThrownBy(() -> store.query(ResultQuery.newest(1).from(key)))
        .hasMessage("the page key belongs to another query");
  }

  @Test
  void new_shouldNameTheRange_whenTheLimitIsOutside() {
    assertThatThrownBy(() -> ResultQuery.newest(0)).hasMessage("limit is 0; expected 1 to 100");
    assertThatThrownBy(() -> ResultQuery.newest(101)).hasMessage("limit is 101; expected 1 to 100");
    assertThatThrownBy(() -> ResultQuery.newest(1).withMinScore(Float.NaN))
        .hasMessageContaining("minScore is NaN");
    assertThatThrownBy(() -> ResultQuery.newest(1).withStatus(Status.DELETED))
        .hasMessage(
            "status is DELETED; expected CLASSIFIED or REJECTED, tombstones are in no index");
  }

  private List<String> all(ResultQuery query) {
    List<String> found = new ArrayList<>();
    Optional<PageKey> next = Optional.empty();
    do {
      ResultPage page = store.query(query.from(next.orElse(null)));
      assertThat(page.results()).hasSizeLessThanOrEqualTo(query.limit());
      found.addAll(keys(page));
      next = page.next();
    } while (next.isPresent());
    return found;
  }

  private static List<String> keys(ResultPage page) {
    return page.results().stream().map(r -> r.image().substring("s3://images/".length())).toList();
  }

  private void put(String key, Duration ago, String label, float score) {
    put(key, ago, new Verdict.Classified(List.of(new Score(label, score)), 64, 48));
  }

  private void put(String key, Duration ago, Verdict verdict) {
    store.put(
        new ImageResult(
            ImageResult.imageOf("images", key),
            new ObjectVersion(new Sequencer("01"), "etag", null, 10),
            new ModelRef("tiny", "m1"),
            NOW.minus(ago),
            verdict),
        new WriteCondition.Newest());
  }
}
