package dev.bucketlens.classify;

import dev.bucketlens.engine.ModelLoadException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the numbers from the lines of a label file, which many tools write before each label:
 * {@code 0 cat}, {@code 0: cat}, or {@code 1,cat} below {@code id,name}. They are taken for numbers
 * only where all lines have them, in order from 0 or 1, before the same mark.
 */
final class NumberedLines {

  private static final Pattern NUMBERED =
      Pattern.compile(
          "\\s*(?<number>\\d{1,6})"
              + "(?<mark>\\s*[:,;=|]\\s*|[.)]\\s+|\\s+-\\s+|\\s+)"
              + "(?<label>\\S.*)");

  private static final Pattern QUOTED = Pattern.compile("\"(.*)\"");

  /** Between the columns of a table. */
  private static final String COLUMN_MARKS = ",;\t";

  /** Of fewer lines, {@code 1 person, 2 people} may be what they are called. */
  private static final int MIN_COUNTED = 3;

  private NumberedLines() {}

  /** Returns whether it is worth a look: of most files neither of the first lines has a number. */
  static boolean mayBe(List<String> lines) {
    return lines.stream()
        .limit(2)
        .map(String::strip)
        .anyMatch(line -> !line.isEmpty() && Character.isDigit(line.charAt(0)));
  }

  /**
   * Returns the labels alone; the lines as they are if their numbers may be a part of them.
   *
   * @throws ModelLoadException if the lines are a table of more than numbers and labels
   */
  static List<String> labels(Path file, List<String> lines) throws ModelLoadException {
    String header = lines.getFirst();
    List<String> rows = lines.subList(1, lines.size());
    Optional<String> mark = rows.isEmpty() ? Optional.empty() : mark(rows.getFirst());
    boolean headed =
        mark.filter(it -> COLUMN_MARKS.contains(it) && header.contains(it)).isPresent()
            && mark(header).isEmpty();
    Optional<List<String>> below = headed ? unnumbered(rows) : Optional.empty();
    if (below.isPresent()) {
      requireTwoColumns(file, header, mark.get());
      return below.get();
    }
    return unnumbered(lines).orElse(lines);
  }

  private static void requireTwoColumns(Path file, String header, String mark)
      throws ModelLoadException {
    int columns = header.split(mark, -1).length;
    if (columns != 2) {
      throw new ModelLoadException(
          file,
          "expected one label a line, found a table of %d columns (%s); keep the column of the labels alone."
              .formatted(columns, header.strip()));
    }
  }

  private static Optional<List<String>> unnumbered(List<String> lines) {
    Optional<String> mark = mark(lines.getFirst());
    int from = number(lines.getFirst());
    for (int i = 0; i < lines.size(); i++) {
      if (number(lines.get(i)) != from + i || !mark(lines.get(i)).equals(mark)) {
        return Optional.empty();
      }
    }
    List<String> labels = lines.stream().map(NumberedLines::label).toList();
    boolean numbers =
        (from == 0 || from == 1) && (!mark.get().equals(" ") || areNumbers(from, labels));
    return numbers ? Optional.of(labels) : Optional.empty();
  }

  /** Before a space alone, {@code 1 finger, 2 fingers, 3 fingers} are labels as they are. */
  private static boolean areNumbers(int from, List<String> labels) {
    return new HashSet<>(labels).size() == labels.size()
        && (from == 0 || labels.size() >= MIN_COUNTED);
  }

  /** Returns what stands between a line's number and its label: a mark, a tab or a space. */
  private static Optional<String> mark(String line) {
    Matcher numbered = NUMBERED.matcher(line);
    if (!numbered.matches()) {
      return Optional.empty();
    }
    String between = numbered.group("mark");
    if (!between.isBlank()) {
      return Optional.of(between.strip());
    }
    return Optional.of(between.contains("\t") ? "\t" : " ");
  }

  /** Returns the number that a line begins with; -1 if there is none, or nothing behind it. */
  private static int number(String line) {
    Matcher numbered = NUMBERED.matcher(line);
    return numbered.matches() ? Integer.parseInt(numbered.group("number")) : -1;
  }

  private static String label(String line) {
    Matcher numbered = NUMBERED.matcher(line);
    String label = numbered.matches() ? numbered.group("label").strip() : line;
    Matcher quoted = QUOTED.matcher(label);
    return quoted.matches() ? quoted.group(1).replace("\"\"", "\"") : label;
  }
}
