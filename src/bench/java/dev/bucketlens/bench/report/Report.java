package dev.bucketlens.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints the tables of a folder of raw results. Arguments: the folder, then the pages whose figures
 * are to be replaced by them, if any; plots then go to {@code images} beside the first page.
 */
final class Report {

  private Report() {}

  public static void main(String[] args) throws IOException {
    ResultFolder results = new ResultFolder(Path.of(args[0]));
    List<Page> pages = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      pages.add(new Page(Path.of(args[i])));
    }
    fill("goals", Goals.table(results), pages);
    for (Section section : Sections.ALL) {
      if (results.has(section.file())) {
        Results rows = results.read(section.file());
        fill(section.name(), section.table().apply(rows) + origin(section, rows), pages);
      }
    }
    if (!pages.isEmpty()) {
      fill("summary", Summary.table(results), pages);
      for (Page page : pages) {
        page.save();
      }
      drawPlots(results, Path.of(args[1]).resolveSibling("images"));
    }
  }

  private static void fill(String name, String figures, List<Page> pages) {
    System.out.printf("%n%s%n%n%s", name, figures);
    pages.forEach(page -> page.fill(name, figures));
  }

  private static String origin(Section section, Results rows) {
    return "\n[%s.csv](../src/bench/results/%s.csv): %s.\n"
        .formatted(section.file(), section.file(), rows.origin());
  }

  private static void drawPlots(ResultFolder results, Path folder) throws IOException {
    for (Plot plot : Plot.ALL) {
      if (results.has(plot.file())) {
        String svg = plot.chart().apply(results.read(plot.file())).svg();
        Files.writeString(folder.resolve(plot.file() + ".svg"), svg);
      }
    }
  }
}
