package dev.bucketlens.api;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** {@code GET /}: the page for people. Made when it is first asked for: few starts are for it. */
final class PageRoute {

  private final String imageOrigin;
  private final Supplier<List<URI>> signIn;

  /** Null until it is asked for; two that are made at once are equal. */
  private volatile PageDocument document;

  /**
   * Creates the route.
   *
   * @param imageOrigin where pictures are read from and uploaded to
   * @param signIn what the page calls to sign in; asked each time
   */
  PageRoute(String imageOrigin, Supplier<List<URI>> signIn) {
    this.imageOrigin = imageOrigin;
    this.signIn = signIn;
  }

  ApiResponse show(ApiRequest request, Map<String, String> path) {
    PageDocument page = document;
    if (page == null) {
      page = PageDocument.read();
      document = page;
    }
    ApiResponse answer =
        ApiResponse.text(200, "text/html; charset=utf-8", page.html())
            .with("content-security-policy", policy(page));
    return EntityTag.answer(request, page.tag(), answer);
  }

  /**
   * The one script and the one style that are in it, its own icon, pictures and uploads at S3,
   * tokens at the very endpoints that give them, and no frame, form or plug-in.
   */
  private String policy(PageDocument page) {
    return String.join(
        "; ",
        "default-src 'none'",
        "script-src " + page.scriptSource(),
        "style-src " + page.styleSource(),
        "img-src data: blob: " + imageOrigin,
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
