package dev.bucketlens;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a reader follows leads somewhere, and what can be set is written down. */
class DocsTest {

  private static final Pattern LINK = Pattern.compile("(?:]\\(|(?:src|href)=\")([^)\"\\s]+)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  /** Lambda sets these itself. */
  private static final Set<String> SET_BY_LAMBDA =
      Set.of("AWS_REGION", "LAMBDA_TASK_ROOT", "AWS_LAMBDA_INITIALIZATION_TYPE");

  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (String folder : List.of(".", "docs", "model")) {
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
      }
    }
    return pages;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void links_shouldLeadSomewhere(Path page) throws IOException {
    List<String> dead = new ArrayList<>();
    Matcher links = LINK.matcher(Files.readString(page));
    while (links.find()) {
      String link = links.group(1);
      if (!link.contains("://") && !leadsSomewhere(page, link)) {
        dead.add(link);
      }
    }

    assertThat(dead).isEmpty();
  }

  private static boolean leadsSomewhere(Path page, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
    return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
  }

  /** As GitHub makes them from headings. */
  private static List<String> anchors(Path page) throws IOException {
    return HEADING
        .matcher(Files.readString(page))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  @Test
  void readme_shouldNameEveryParameter() throws IOException {
    JsonNode parameters = new YAMLMapper().readTree(Path.of("template.yaml").toFile());
    List<String> names = new ArrayList<>();
    parameters.get("Parameters").fieldNames().forEachRemaining(name -> names.add("`" + name + "`"));

    assertThat(Files.readString(Path.of("README.md"))).contains(names);
  }

  @Test
  void readme_shouldNameEveryVariable() throws IOException {
    Set<String> names = new TreeSet<>();
    Pattern read = Pattern.compile("\\benv\\s*\\.\\w+\\(\\s*\"([A-Z0-9_]+)\"");
    for (String file : List.of("Config", "ApiConfig")) {
      Path source = Path.of("src/main/java/dev/bucketlens/lambda", file + ".java");
      read.matcher(Files.readString(source)).results().forEach(m -> names.add(m.group(1)));
    }
    names.removeAll(SET_BY_LAMBDA);

    assertThat(names).contains("MODEL", "CORS_ORIGIN", "FETCH_PORTS");
    assertThat(Files.readString(Path.of("README.md")))
        .contains(names.stream().map(name -> "`" + name + "`").toList());
  }
}
