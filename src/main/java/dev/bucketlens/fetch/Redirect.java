package dev.bucketlens.fetch;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Reads the {@code Location} of a redirect, relative or not, as RFC 3986, section 5.2 has it.
 * {@link URI#resolve} follows the RFC before that one: it loses the file of {@code /a/photo.jpg}
 * when all that is given is {@code ?t=2}. Dots are {@link FetchTarget}'s to remove.
 */
final class Redirect {

  private Redirect() {}

  /**
   * Returns where {@code location} leads, without its fragment if it is relative.
   *
   * @param base absolute, with an authority and a path
   * @throws URISyntaxException if {@code location} is no URI reference
   */
  static URI resolve(URI base, String location) throws URISyntaxException {
    URI reference = new URI(location);
    if (reference.isAbsolute()) {
      return reference;
    }
    String path = reference.getRawPath();
    if (reference.getRawAuthority() != null) {
      return build(base, reference.getRawAuthority(), path, reference.getRawQuery());
    }
    if (path.isEmpty()) {
      boolean asks = reference.getRawQuery() != null;
      String query = asks ? reference.getRawQuery() : base.getRawQuery();
      return build(base, base.getRawAuthority(), base.getRawPath(), query);
    }
    String merged = path.startsWith("/") ? path : folder(base.getRawPath()) + path;
    return build(base, base.getRawAuthority(), merged, reference.getRawQuery());
  }

  private static URI build(URI base, String authority, String path, String query)
      throws URISyntaxException {
    String question = query == null ? "" : "?" + query;
    return new URI(base.getScheme() + "://" + authority + path + question);
  }

  private static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }
}
