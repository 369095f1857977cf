package dev.bucketlens.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {
  private static final FieldErrors<IllegalArgumentException> ERRORS =
      (path, found, expected) ->
          new IllegalArgumentException("%s: %s, not %s".formatted(path, found, expected));

  @Test
  void fields_shouldBeReadByTheirKind() throws IOException {
    JsonObject<IllegalArgumentException> fields =
        read(
            """
            {"text": "", "whole": 224.0, "number": -0.5, "flag": false, "texts": [" a ", "b"],
             "numbers": [1, 2.5], "object": {"in": "side"}, "list": [{"n": 1}, {"n": 2}]}
            """);

    assertThat(fields.text("text")).contains("");
    assertThat(fields.integer("whole", 1, 1000)).contains(224);
    assertThat(fields.number("number", n -> n < 0, "below 0")).contains(-0.5);
    assertThat(fields.flag("flag")).contains(false);
    assertThat(fields.texts("texts")).containsExactly("a", "b");
    assertThat(fields.numbers("numbers", List.of(2))).contains(List.of(1.0, 2.5));
    assertThat(fields.requiredObject("object").requiredText("in")).isEqualTo("side");
    assertThat(fields.objects("list")).hasSize(2);
    assertThat(fields.choice("flags", Map.of("a", 1))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "[]", "{}", "\"\"", "\"1\"", "true", "1.5", "1e300", "0", "[1, null]"})
  void fields_shouldBeRefusedWithTheirPath_whenTheyAreOfAnotherKind(String json)
      throws IOException {
    JsonObject<IllegalArgumentException> fields =
        read("{\"at\": {\"x\": %s}}".formatted(json)).requiredObject("at");

    assertRefused(() -> fields.integer("x", 1, 9), "a whole number from 1 to 9");
    assertRefused(() -> fields.choice("x", Map.of("a", 1, "b", 2)), "one of a, b");
    assertRefused(() -> fields.numbers("x", List.of(1, 3)), "a list of 1 or 3 numbers");
  }

  private static void assertRefused(ThrowingCallable read, String expected) {
    assertThatIllegalArgumentException()
        .isThrownBy(read)
        .withMessageStartingWith("at.x: ")
        .withMessageEndingWith(", not " + expected);
  }

  @Test
  void names_shouldBeRefused_whenTheyMeanNothing() throws IOException {
    JsonObject<IllegalArgumentException> fields = read("{\"at\": {\"known\": 1, \"typo\": 2}}");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> fields.requiredObject("at").allowOnly(Set.of("known")))
        .withMessageStartingWith("at.typo: ");
  }

  @Test
  void blanks_shouldBeMissing_whereTheyMayBe() throws IOException {
    JsonObject<IllegalArgumentException> fields =
        read("{\"a\": null, \"b\": \"\", \"c\": [{\"d\": null, \"e\": 0}]}").withoutBlanks();

    assertThat(fields.names()).containsExactly("c");
    assertThat(fields.objects("c").getFirst().names()).containsExactly("e");
  }

  @Test
  void texts_shouldStandForNumbers_whereThereIsNothingElse() {
    JsonObject<IllegalArgumentException> query =
        JsonObject.ofTexts(Map.of("limit", "12", "few", "12 apples", "labels", "a, b"), ERRORS);

    assertThat(query.integer("limit", 1, 100)).contains(12);
    assertThat(query.texts("labels")).containsExactly("a", "b");
    assertThatIllegalArgumentException().isThrownBy(() -> query.integer("few", 1, 100));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{} {}", "{\"a\": 1, \"a\": 2}"})
  void parse_shouldRefuse_whatIsNotOneValue(String json) {
    assertThatIOException().isThrownBy(() -> Json.read(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static JsonObject<IllegalArgumentException> read(String json) throws IOException {
    return JsonObject.of((Map<?, ?>) Json.read(json.getBytes(StandardCharsets.UTF_8)), ERRORS);
  }
}
