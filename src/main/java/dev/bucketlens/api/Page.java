package dev.bucketlens.api;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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
  private final Supplier<List<URI>> signIn;

  /**
   * Creates the page.
   *
   * @param imageOrigin where pictures are read from and uploaded to
   * @param signIn what the page calls to sign in; asked each time
   */
  Page(String imageOrigin, Supplier<List<URI>> signIn) {
    this.imageOrigin = imageOrigin;
    this.signIn = signIn;
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
            "download.js",
            "errors.js",
            "gallery.js",
            "load.js",
            "patience.js",
            "picture.js",
            "quality.js",
            "review.js",
            "session.js",
            "tokens.js",
            "uploads.js",
            "view.js",
            "watch.js",
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
    boolean document = type.startsWith("text/html");
    return new Route(
        "GET",
        path,
        (request, p) ->
            EntityTag.answer(
                request, tag, document ? found.with("content-security-policy", policy()) : found));
  }

  /**
   * Own scripts and styles only, pictures and uploads at S3 too, tokens at the very endpoints that
   * give them, and no frame, form or plug-in.
   */
  private String policy() {
    return String.join(
        "; ",
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob: " + imageOrigin,
        "connect-src 'self' " + imageOrigin + tokenSources(),
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'");
  }

  /** A source of a policy has no query. */
  private String tokenSources() {
    return signIn.get().stream()
        .map(it -> " " + it.getScheme() + "://" + it.getRawAuthority() + it.getRawPath())
        .collect(Collectors.joining());
  }
}
