package dev.bucketlens.bench.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Where samples of a profiler fell, as SVG: a frame is as wide as its share of the samples and lies
 * on its caller. The whole of a frame's name is its tool tip.
 */
public final class FlameGraph {
  private static final double WIDTH = 1200;
  private static final int ROW = 17;
  private static final int TOP = 30;
  private static final double CHARACTER = 6.6;

  /** Narrower frames would be no more than a line. */
  private static final double NARROWEST = 1;

  /** A function, and the functions that it called, by name. */
  private static final class Frame {
    private final Map<String, Frame> callees = new TreeMap<>();
    private long samples;

    private Frame callee(String name) {
      return callees.computeIfAbsent(name, _ -> new Frame());
    }

    private int depth() {
      return 1 + callees.values().stream().mapToInt(Frame::depth).max().orElse(0);
    }
  }

  private final Frame root = new Frame();

  private FlameGraph() {}

  /**
   * Reads collapsed stacks: {@code outermost;…;innermost count}, one a line.
   *
   * @param legible makes of a stack what is drawn
   */
  public static FlameGraph of(List<String> collapsed, UnaryOperator<List<String>> legible) {
    FlameGraph graph = new FlameGraph();
    for (String line : collapsed) {
      int space = line.lastIndexOf(' ');
      long samples = Long.parseLong(line.substring(space + 1));
      Frame frame = graph.root;
      frame.samples += samples;
      for (String name : legible.apply(List.of(line.substring(0, space).split(";", -1)))) {
        frame = frame.callee(name);
        frame.samples += samples;
      }
    }
    return graph;
  }

  /** The drawing under a title. */
  public String svg(String title) {
    StringBuilder frames = new StringBuilder();
    int height = TOP + root.depth() * ROW;
    draw(frames, "all", root, 0, height - ROW);
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="%s">
    <style>
    text { font: 11px ui-monospace, monospace; fill: #1f2328 }
    .title { font: 600 14px system-ui, sans-serif }
    .java { fill: #7ee787 }
    .native { fill: #ffa657 }
    @media (prefers-color-scheme: dark) { .title { fill: #e6edf3 } }
    </style>
    <text class="title" x="0" y="18">%s</text>
    %s</svg>
    """
        .formatted((int) WIDTH, height, Svg.escape(title), Svg.escape(title), frames);
  }

  private void draw(StringBuilder out, String name, Frame frame, double x, int y) {
    double width = WIDTH * frame.samples / root.samples;
    if (width < NARROWEST) {
      return;
    }
    out.append(box(name, frame, x, y, width));
    double left = x;
    for (Map.Entry<String, Frame> callee : frame.callees.entrySet()) {
      draw(out, callee.getKey(), callee.getValue(), left, y - ROW);
      left += WIDTH * callee.getValue().samples / root.samples;
    }
  }

  private String box(String name, Frame frame, double x, int y, double width) {
    double share = 100.0 * frame.samples / root.samples;
    return Text.of(
        """
        <g><title>%s: %.1f %%</title><rect class="%s" x="%.1f" y="%d" width="%.1f" height="%d"/>\
        <text x="%.1f" y="%d">%s</text></g>
        """,
        Svg.escape(name),
        share,
        isJava(name) ? "java" : "native",
        x,
        y,
        Math.max(width - 0.5, 0.5),
        ROW - 1,
        x + 3,
        y + 12,
        Svg.escape(fitting(name, width - 6)));
  }

  /** Java's own frames have the slashes of a package. */
  private static boolean isJava(String name) {
    return name.contains("/");
  }

  private static String fitting(String name, double width) {
    String shortName = name.substring(name.lastIndexOf('/') + 1);
    int characters = (int) (width / CHARACTER);
    if (shortName.length() <= characters) {
      return shortName;
    }
    return characters < 4 ? "" : shortName.substring(0, characters - 1) + "…";
  }
}
