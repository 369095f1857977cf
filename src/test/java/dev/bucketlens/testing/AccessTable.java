package dev.bucketlens.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The table of docs/api.md that says what a caller needs for a route: {@code open}, {@code token}
 * or {@code signature}.
 *
 * @param rows what each kind of access asks for, by route
 */
public record AccessTable(Map<String, Map<String, String>> rows) {

  /** Reads it. */
  public static AccessTable read() {
    String text;
    try {
      text = Files.readString(Path.of("docs/api.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<List<String>> lines =
        text.substring(text.indexOf("<!-- access -->"))
            .lines()
            .skip(1)
            .takeWhile(line -> line.startsWith("|"))
            .map(AccessTable::cells)
            .toList();
    List<String> head = lines.getFirst();
    Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    for (List<String> line : lines.subList(2, lines.size())) {
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 1; i < line.size(); i++) {
        row.put(head.get(i), line.get(i));
      }
      rows.put(line.getFirst(), row);
    }
    return new AccessTable(rows);
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1).split("\\|", -1))
        .map(cell -> cell.replace("`", "").strip())
        .filter(cell -> !cell.isEmpty())
        .toList();
  }

  /** All routes. */
  public Set<String> routes() {
    return rows.keySet();
  }

  /** The routes that need {@code what} where access is {@code access}. */
  public Set<String> routesThatAre(String what, String access) {
    Set<String> routes = new TreeSet<>();
    rows.forEach((route, needs) -> {
      if (needs.get(access).equals(what)) {
        routes.add(route);
      }
    });
    return routes;
  }
}
