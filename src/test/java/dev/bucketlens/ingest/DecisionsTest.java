package dev.bucketlens.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.ingest.ObjectEvent.Change;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ModelRef;
import dev.bucketlens.results.ObjectVersion;
import dev.bucketlens.results.Provenance;
import dev.bucketlens.results.Sequencer;
import dev.bucketlens.results.Verdict;
import dev.bucketlens.results.WriteCondition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the table in docs/reliability.md. Its words are given their meaning here. */
class DecisionsTest {
  private static final long MAX_BYTES = 1000;
  private static final String NOT_ASKED = "not asked";
  private static final Sequencer EARLIER = new Sequencer("01");
  private static final Sequencer NOW = new Sequencer("02");
  private static final Sequencer LATER = new Sequencer("03");
  private static final Provenance PROVENANCE = new Provenance("ann", "cat.jpg", "upload-1");
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Verdict SCORES = new Verdict.Classified(List.of(), 1, 1);
  private static final Verdict IN_ARCHIVE = new Verdict.Rejected(Decisions.ARCHIVED, "Archived.");
  private static final Verdict TOMBSTONE = new Verdict.Deleted(NOON);

  private final Decisions decisions = new Decisions("ours", MAX_BYTES);

  record Row(String event, String item, String answer, String done, String condition) {
    static Row of(String line) {
      String[] cells = line.substring(1).split("\\|", -1);
      return new Row(
          cells[0].strip(), cells[1].strip(), cells[2].strip(), cells[3].strip(), cells[4].strip());
    }
  }

  static List<Row> rows() throws IOException {
    String docs = Files.readString(Path.of("docs/reliability.md"));
    String table = docs.substring(docs.indexOf("<!-- decisions -->"));
    return table
        .substring(0, table.indexOf("<!-- end -->"))
        .lines()
        .filter(line -> line.startsWith("|"))
        .skip(2)
        .map(Row::of)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void event_shouldDoWhatTheTableSays(Row row) {
    ObjectEvent event = event(row.event());
    for (Optional<ImageResult> item : items(row.item()).toList()) {
      Step last = follow(event, item, row);

      assertThat(done(last)).isEqualTo(row.done());
      assertThat(condition(last, item)).isEqualTo(row.condition());
    }
  }

  /** The steps to the last, which must ask for what the row says is asked, and nothing else. */
  private Step follow(ObjectEvent event, Optional<ImageResult> item, Row row) {
    Step step = decisions.onEvent(event);
    assertThat(step instanceof Step.Look).isEqualTo(!row.item().equals(NOT_ASKED));
    if (step instanceof Step.Look) {
      step = decisions.onItem(event, item);
    }
    boolean reads = step instanceof Step.ReadPinned || step instanceof Step.ReadCurrent;
    assertThat(reads).isEqualTo(!row.answer().equals(NOT_ASKED));
    if (reads) {
      assertThat(step instanceof Step.ReadPinned).isEqualTo(row.event().equals("created"));
      step = decisions.onAnswer(event, item, answer(row.answer()));
    }
    return step;
  }

  private static ObjectEvent event(String words) {
    return switch (words) {
      case "created" -> event(Change.CREATED, 7, NOW);
      case "created, larger than is read" -> event(Change.CREATED, MAX_BYTES + 1, NOW);
      case "created, without a sequencer" -> event(Change.CREATED, 7, null);
      case "removed, or delete marker" -> event(Change.REMOVED, 0, NOW);
      case "version removed" -> event(Change.VERSION_REMOVED, 0, NOW);
      case "look-up" -> ObjectEvent.lookUp("images", "key", null);
      case "look-up of a version" -> ObjectEvent.lookUp("images", "key", "v1");
      default -> throw new IllegalArgumentException("event: " + words);
    };
  }

  private static ObjectEvent event(Change change, long size, Sequencer sequencer) {
    return new ObjectEvent(change, "images", "key", null, "content", size, sequencer);
  }

  private static Stream<Optional<ImageResult>> items(String words) {
    ImageResult older = item(EARLIER, "other content", "ours", SCORES);
    return switch (words) {
      case NOT_ASKED -> Stream.of(Optional.empty());
      case "nothing, or an older event" ->
          Stream.of(
              Optional.empty(),
              Optional.of(older),
              Optional.of(item(EARLIER, null, null, TOMBSTONE)),
              Optional.of(item(null, "other content", "ours", SCORES)));
      case "a later event" -> Stream.of(Optional.of(item(LATER, "other content", "ours", SCORES)));
      case "this event, by this model" -> Stream.of(Optional.of(item(NOW, "x", "ours", SCORES)));
      case "this event, by another model" ->
          Stream.of(Optional.of(item(NOW, "content", "theirs", SCORES)));
      case "this event, by a model that replaced this one" ->
          Stream.of(
              Optional.of(
                  item(NOW, "content", "theirs", SCORES)
                      .inPlaceOf(Optional.of(item(NOW, "content", "ours", SCORES)))));
      case "this event, as a tombstone" -> Stream.of(Optional.of(item(NOW, null, null, TOMBSTONE)));
      case "the same content, by this model" ->
          Stream.of(
              Optional.of(item(EARLIER, "content", "ours", SCORES)),
              Optional.of(item(null, "content", "ours", SCORES)));
      case "the same content, by another model" ->
          Stream.of(Optional.of(item(EARLIER, "content", "theirs", SCORES)));
      case "the same content, as archived" ->
          Stream.of(Optional.of(item(EARLIER, "content", "ours", IN_ARCHIVE)));
      case "an image" ->
          Stream.of(Optional.of(older), Optional.of(item(null, "content", "theirs", SCORES)));
      case "another version, by another model" ->
          Stream.of(
              Optional.of(
                  item(EARLIER, "content", "theirs", SCORES)
                      .withVersion(new ObjectVersion(EARLIER, "content", "v9", 7))));
      case "no image" ->
          Stream.of(Optional.empty(), Optional.of(item(EARLIER, null, null, TOMBSTONE)));
      default -> throw new IllegalArgumentException("item: " + words);
    };
  }

  private static ImageResult item(Sequencer sequencer, String eTag, String model, Verdict verdict) {
    return new ImageResult(
        "s3://images/key",
        new ObjectVersion(sequencer, eTag, null, 7),
        model == null ? null : new ModelRef("model", model),
        NOON,
        verdict);
  }

  private static S3Answer answer(String words) {
    return switch (words) {
      case "content" -> new S3Answer.Found(new byte[7], "content", null, PROVENANCE);
      case "content of another version" ->
          new S3Answer.Found(new byte[7], "content", "v2", PROVENANCE);
      case "larger than is read" ->
          new S3Answer.TooLarge(MAX_BYTES + 1, "content", null, PROVENANCE);
      case "404, or a delete marker" -> new S3Answer.Gone();
      case "412, replaced since" -> new S3Answer.Replaced();
      case "304, as known" -> new S3Answer.Unchanged();
      case "403, in an archive" -> new S3Answer.Archived();
      default -> throw new IllegalArgumentException("answer: " + words);
    };
  }

  private static String done(Step step) {
    return switch (step) {
      case Step.Classify _ -> "scores, or a rejection";
      case Step.Write(Verdict.Rejected(String code, _), _, _) -> "rejection `" + code + "`";
      case Step.Write(Verdict verdict, _, _) -> verdict.equals(SCORES) ? "its verdict" : "?";
      case Step.Keep(ImageResult kept, _, _) -> {
        assertThat(kept.verdict()).isEqualTo(SCORES);
        assertThat(kept.model().hash()).isEqualTo("theirs");
        yield "its verdict, as of that model";
      }
      case Step.Bury _ -> "tombstone";
      case Step.End(Outcome outcome) ->
          "none: " + outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
      default -> step.toString();
    };
  }

  /** The condition's word; what it compares with must be the item that was seen. */
  private static String condition(Step step, Optional<ImageResult> item) {
    WriteCondition condition =
        switch (step) {
          case Step.Classify score -> score.condition();
          case Step.Write write -> write.condition();
          case Step.Keep keep -> keep.condition();
          case Step.Bury bury -> bury.condition();
          default -> null;
        };
    return switch (condition) {
      case WriteCondition.Newest(Optional<ImageResult> seen) -> {
        assertThat(seen).isEqualTo(item);
        yield "newest";
      }
      case WriteCondition.Unchanged(Optional<ImageResult> seen) -> {
        assertThat(seen).isEqualTo(item);
        yield "unchanged";
      }
      case null -> "";
    };
  }
}
