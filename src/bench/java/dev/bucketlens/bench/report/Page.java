package dev.bucketlens.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Markdown page with places for figures, each between {@code <!-- figures: NAME -->} and {@code
 * <!-- end -->}. All else is written by hand and stays.
 */
final class Page {
  private final Path file;
  private String text;

  Page(Path file) throws IOException {
    this.file = file;
    this.text = Files.readString(file);
  }

  /** Replaces what is in the place of that name, if the page has one. */
  void fill(String name, String figures) {
    Pattern place =
        Pattern.compile(
            "(<!-- figures: " + Pattern.quote(name) + " -->\n).*?(<!-- end -->)", Pattern.DOTALL);
    text = place.matcher(text).replaceAll("$1" + Matcher.quoteReplacement(figures) + "$2");
  }

  void save() throws IOException {
    Files.writeString(file, text);
  }
}
