package dev.bucketlens.api;

import static dev.bucketlens.api.ApiFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The document that describes the API says neither more nor less than the API does. */
final class OpenApiTest {

  private static final Pattern REFERENCE = Pattern.compile("\"\\$ref\"\\s*:\\s*\"#/([^\"]+)\"");

  @Test
  void document_shouldNameEveryRouteAndNoOther() throws Exception {
    try (ApiFixture fixture = ApiFixture.start(80)) {
      Set<String> routes = new TreeSet<>();
      for (Route route : fixture.api.routes()) {
        routes.add(route.method() + " " + route.template().replace("+}", "}"));
      }
      Set<String> documented = new TreeSet<>();
      Map<String, Object> document = json(fixture.get("/openapi.json"));
      ((Map<?, ?>) document.get("paths"))
          .forEach((path, methods) ->
              ((Map<?, ?>) methods)
                  .keySet()
                  .forEach(method ->
                      documented.add(method.toString().toUpperCase(Locale.ROOT) + " " + path)));

      assertThat(documented).isEqualTo(routes);
      assertThat(document).containsEntry("openapi", "3.1.0");
    }
  }

  @Test
  void document_shouldHoldAllThatItRefersTo() throws Exception {
    try (ApiFixture fixture = ApiFixture.start(80)) {
      ApiResponse response = fixture.get("/openapi.json");
      Map<String, Object> document = json(response);

      List<String> references =
          REFERENCE.matcher(response.body()).results().map(match -> match.group(1)).toList();

      assertThat(references).hasSizeGreaterThan(20);
      for (String reference : references) {
        Object at = document;
        for (String name : reference.split("/", -1)) {
          at = ((Map<?, ?>) at).get(name);
          assertThat(at).as(reference).isNotNull();
        }
      }
    }
  }
}
