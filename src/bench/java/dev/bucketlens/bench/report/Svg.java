package dev.bucketlens.bench.report;

/** What the drawings share. */
final class Svg {

  private Svg() {}

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
