package dev.bucketlens.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.bucketlens.Score;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ModelRef;
import dev.bucketlens.results.ObjectVersion;
import dev.bucketlens.results.ResultStore;
import dev.bucketlens.results.Review;
import dev.bucketlens.results.Sequencer;
import dev.bucketlens.results.Verdict;
import dev.bucketlens.results.WriteCondition;
import dev.bucketlens.testing.TestTable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The SQL of docs/analytics.md, as it stands there, over items in the format of an export. */
class AnalyticsTest {
  private static final Path PAGE = Path.of("docs/analytics.md");
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private static Connection database;

  @BeforeAll
  static void export(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("data.json.gz");
    try (TestTable table = TestTable.start()) {
      fill(table.store(Clock.systemUTC()));
      write(table.items(), file);
    }
    database = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = database.createStatement()) {
      statement.execute(
          "CREATE TABLE images AS SELECT * FROM read_json('%s', format = 'newline_delimited', columns = {Item: '%s'})"
              .formatted(file, itemType()));
    }
  }

  @AfterAll
  static void close() throws SQLException {
    database.close();
  }

  @Test
  void query_shouldCountLabelsByDay() throws Exception {
    assertThat(rows("Labels by day"))
        .containsExactly(
            "2026-11-20 cat 2", "2026-11-20 dog 1", "2026-11-20 null 1", "2026-11-21 cat 1");
  }

  @Test
  void query_shouldCountRejectionsByCode() throws Exception {
    assertThat(rows("Rejections by code")).containsExactly("NOT_AN_IMAGE 1");
  }

  @Test
  void query_shouldCountScoresByTenths() throws Exception {
    assertThat(rows("Confidence histogram")).containsExactly("0.3 1", "0.9 3");
  }

  @Test
  void query_shouldFindWhereReviewersDisagree() throws Exception {
    assertThat(rows("Disagreement with reviewers"))
        .containsExactlyInAnyOrder("lynx cat 1", "null cat 1");
  }

  @Test
  void query_shouldFindLabelsThatAnotherModelChanged() throws Exception {
    assertThat(rows("Label changes between models"))
        .containsExactly("aaaaaaaaaaaa bbbbbbbbbbbb cat dog 1");
  }

  private static void fill(ResultStore store) {
    put(store, scored("sure.jpg", NOON, "cat", 0.95f));
    put(store, scored("lynx.jpg", NOON, "cat", 0.3f));
    say(store, "lynx.jpg", "lynx");
    put(store, scored("later.jpg", NOON.plusSeconds(86_400), "cat", 0.9f));
    say(store, "later.jpg", null);
    ImageResult before = scored("changed.jpg", NOON, "cat", 0.6f);
    put(store, before);
    put(
        store,
        result(
                "changed.jpg",
                "2",
                new ModelRef("lens", "bbbbbbbbbbbb"),
                NOON,
                classified("dog", 0.9f))
            .inPlaceOf(Optional.of(before)));
    put(store, scored("unsure.jpg", NOON, null, 0));
    put(
        store,
        result(
            "text.jpg",
            "1",
            new ModelRef("lens", "aaaaaaaaaaaa"),
            NOON,
            new Verdict.Rejected("NOT_AN_IMAGE", "The file is not an image.")));
    put(store, result("gone.jpg", "1", null, NOON, new Verdict.Deleted(NOON)));
  }

  private static ImageResult scored(String key, Instant at, String label, float score) {
    return result(key, "1", new ModelRef("lens", "aaaaaaaaaaaa"), at, classified(label, score));
  }

  private static Verdict classified(String label, float score) {
    return new Verdict.Classified(
        label == null ? List.of() : List.of(new Score(label, score)), 64, 48);
  }

  private static ImageResult result(
      String key, String sequencer, ModelRef model, Instant at, Verdict verdict) {
    return new ImageResult(
        "s3://images/" + key,
        new ObjectVersion(new Sequencer(sequencer), model == null ? null : "e1", null, 7),
        model,
        at,
        verdict);
  }

  private static void put(ResultStore store, ImageResult result) {
    assertThat(store.put(result, new WriteCondition.Newest(Optional.empty()))).isEmpty();
  }

  private static void say(ResultStore store, String key, String label) {
    Review.Done review = new Review.Done(label, true, "ann", NOON, false);
    assertThat(store.review("s3://images/" + key, "e1", review)).isEmpty();
  }

  private static void write(List<Map<String, AttributeValue>> items, Path file) throws IOException {
    try (Writer export =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
      for (Map<String, AttributeValue> item : items) {
        export.write(JSON.std.asString(Map.of("Item", StreamEventJson.attributes(item))) + "\n");
      }
    }
  }

  /** The page's definition in DuckDB's words. */
  private static String itemType() throws IOException {
    Matcher type =
        Pattern.compile("item (struct<.*>)\\s*\\)\\s*ROW FORMAT", Pattern.DOTALL)
            .matcher(Files.readString(PAGE));
    assertThat(type.find()).isTrue();
    return type.group(1)
        .replaceAll("(\\w+):", "\"$1\"")
        .replace("struct<", "STRUCT(")
        .replace('>', ')')
        .replace("string", "VARCHAR")
        .replaceAll("\\s+", " ");
  }

  private static List<String> rows(String title) throws IOException, SQLException {
    Matcher query =
        Pattern.compile("### " + title + "\\R.*?```sql\\R(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE));
    assertThat(query.find()).isTrue();
    List<String> rows = new ArrayList<>();
    try (Statement statement = database.createStatement();
        ResultSet result = statement.executeQuery(query.group(1))) {
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          cells.add(result.getString(i));
        }
        rows.add(String.join(" ", cells.stream().map(String::valueOf).toList()));
      }
    }
    return rows;
  }
}
