package dev.bucketlens.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The page as one HTML document, which has its stylesheet, script and icon in it: a file that is
 * asked for is an invocation of the function, and those of a first visit would each start one. Nor
 * can files of two versions meet in a browser while a deployment shifts its callers.
 *
 * @param html the document
 * @param tag its entity tag
 * @param scriptSource what a Content-Security-Policy calls its one script: {@code 'sha256-…'}
 * @param styleSource what a Content-Security-Policy calls its one stylesheet
 */
record PageDocument(String html, String tag, String scriptSource, String styleSource) {

  /**
   * Puts it together from the files of the package, of which {@code index.html} names the parts.
   */
  static PageDocument read() {
    String style = text("style.css");
    String script = ScriptModules.join("app.js", PageDocument::text);
    String html = text("index.html");
    html = put(html, "<link rel=\"stylesheet\" href=\"style.css\">", element("style", "", style));
    html =
        put(
            html,
            "<script type=\"module\" src=\"app.js\"></script>",
            element("script", " type=\"module\"", script));
    html = put(html, "\"icon.svg\"", "\"" + dataUrl("image/svg+xml", text("icon.svg")) + "\"");
    return new PageDocument(html, EntityTag.weak(html), source(script), source(style));
  }

  private static String text(String name) {
    return new String(PackagedFile.read("page/" + name), StandardCharsets.UTF_8);
  }

  private static String put(String html, String reference, String part) {
    if (!html.contains(reference)) {
      throw new IllegalStateException("The page's index.html lacks " + reference);
    }
    return html.replace(reference, part);
  }

  private static String element(String name, String attributes, String content) {
    if (content.contains("</" + name) || content.contains("<!--")) {
      throw new IllegalStateException(
          "The page's %s holds </%s or <!--, which a browser would not read as part of it"
              .formatted(name, name));
    }
    return "<" + name + attributes + ">" + content + "</" + name + ">";
  }

  private static String dataUrl(String type, String content) {
    return "data:" + type + ";base64," + base64(Digests.utf8(content));
  }

  private static String source(String content) {
    return "'sha256-" + base64(Digests.sha256(content)) + "'";
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
