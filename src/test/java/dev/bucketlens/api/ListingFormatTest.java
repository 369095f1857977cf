package dev.bucketlens.api;

import static dev.bucketlens.api.ApiFixture.UNSURE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A list of images in the form that is asked for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ListingFormatTest {
  @AutoClose private final ApiFixture fixture = ApiFixture.start(80);

  @BeforeEach
  void empty() {
    fixture.table.clear();
  }

  @Test
  void csv_shouldHoldOddKeysAndNoFormula() {
    fixture.putCat("=cmd|' /C calc'!A0", 0.3f, UNSURE);
    fixture.review("=cmd|' /C calc'!A0", "e1", "\"+1, \\\"quoted\\\"\"");
    fixture.putCat("two\nlines, \"quoted\"", 0.9f, UNSURE);

    String csv = fixture.get("/images", "format", "csv").body();

    assertThat(csv).startsWith("image,bucket,key,status,").endsWith("\r\n");
    assertThat(csv)
        .contains("s3://images/=cmd|' /C calc'!A0,images,'=cmd|' /C calc'!A0,CLASSIFIED,")
        .contains(",DONE,\"'+1, \"\"quoted\"\"\",false,anonymous,")
        .contains("\"two\nlines, \"\"quoted\"\"\"");
  }

  @Test
  void list_shouldBeInTheFormThatIsAskedFor_andNameTheNextPage() {
    fixture.putCat("a", 0.3f, UNSURE);
    fixture.putCat("b", 0.3f, UNSURE);

    ApiResponse csv = accepting("text/html, text/csv;q=0.9, application/json;q=0.5");
    ApiResponse lines = accepting("application/x-ndjson");

    assertThat(csv.headers().get("content-type")).startsWith("text/csv");
    assertThat(csv.headers().get("link")).matches("<\\?cursor=[\\w-]+&limit=1>; rel=\"next\"");
    assertThat(csv.headers().get("vary")).isEqualTo("Accept, Origin");
    assertThat(lines.headers().get("content-type")).isEqualTo("application/jsonl");
    assertThat(lines.body().lines())
        .singleElement()
        .satisfies(it -> assertThat(it).startsWith("{\"image\":\"s3://images/"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/*|application/json",
        "application/xml|application/json",
        "text/*|text/csv; charset=utf-8; header=present",
        "text/csv;q=0|application/json",
        "text/csv;q=0.4, application/*;q=0.5|application/json",
        "application/json;q=0.2, TEXT/CSV;q=0.9|text/csv; charset=utf-8; header=present",
        "application/jsonl;q=0.5, application/json;q=0.5|application/jsonl"
      })
  void form_shouldBeTheOneThatIsAskedForMost(String accept, String contentType) {
    fixture.putCat("one", 0.9f, UNSURE);

    assertThat(accepting(accept).headers().get("content-type")).isEqualTo(contentType);
  }

  private ApiResponse accepting(String accept) {
    return fixture.send(
        "GET", "/images", new String[] {"limit", "1"}, Map.of("accept", accept), new byte[0]);
  }
}
