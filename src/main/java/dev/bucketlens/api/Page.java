package dev.bucketlens.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The page for people: files of the package, read once and told apart by their content. */
final class Page {

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "json", "application/json");

  private final String imageOrigin;

  /**
   * Creates the page.
   *
   * @param imageOrigin where pictures are read from and uploaded to
   */
  Page(String imageOrigin) {
    this.imageOrigin = imageOrigin;
  }

  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(file("/", "page/index.html"));
    for (String name :
        List.of(
            "style.css",
            "app.js",
            "api.js",
            "convert.js",
            "gallery.js",
            "uploads.js",
            "view.js",
            "icon.svg")) {
      routes.add(file("/page/" + name, "page/" + name));
    }
    routes.add(file("/openapi.json", "openapi.json"));
    return routes;
  }

  private Route file(String path, String resource) {
    String text = new String(PackagedFile.read(resource), StandardCharsets.UTF_8);
    String type = TYPES.get(resource.substring(resource.lastIndexOf('.') + 1));
    String tag = EntityTag.weak(text);
    ApiResponse found = ApiResponse.text(200, type, text);
    ApiResponse response =
        type.startsWith("text/html") ? found.with("content-security-policy", policy()) : found;
    return new Route("GET", path, (request, p) -> EntityTag.answer(request, tag, response));
  }

  /** Own scripts and styles only, pictures and uploads at S3 too, and no frame, form or plug-in. */
  private String policy() {
    return String.join(
        "; ",
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob: " + imageOrigin,
        "connect-src 'self' " + imageOrigin,
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'");
  }
}
