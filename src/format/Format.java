import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * google-java-format over every source under {@code src}: {@code Format check|rewrite}. Run from
 * its source, before anything is compiled.
 */
final class Format {
  private Format() {}

  /** Names the sources that are, or were, in another format; a check that names one exits 1. */
  public static void main(String[] args) throws IOException {
    boolean rewrite = args[0].equals("rewrite");
    List<Path> sources;
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      sources = files.filter(file -> file.toString().endsWith(".java")).toList();
    }
    List<Path> others = sources.parallelStream().filter(file -> differs(file, rewrite)).toList();
    others.forEach(System.out::println);
    if (!rewrite && !others.isEmpty()) {
      System.out.println("They are not in the house format: `mvn -Pformat` rewrites them.");
      System.exit(1);
    }
  }

  private static boolean differs(Path file, boolean rewrite) {
    try {
      String source = Files.readString(file);
      String formatted = new Formatter().formatSourceAndFixImports(source);
      if (rewrite && !formatted.equals(source)) {
        Files.writeString(file, formatted);
      }
      return !formatted.equals(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FormatterException e) {
      throw new IllegalStateException(file + ":" + e.getMessage(), e);
    }
  }
}
