package dev.bucketlens.fetch;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a URL says its server is.
 *
 * @param host in lower case and without the root's dot; a name, an IPv4 address, or an IPv6 address
 *     in brackets
 * @param port -1 if the URL leaves it to the scheme
 */
record Authority(String host, int port) {

  /**
   * Names as the domain name system has them. {@link URI} takes one with an underscore, or with a
   * hyphen at an end, for no host at all.
   */
  private static final Pattern NAME_AND_PORT =
      Pattern.compile("((?:[\\w-]{1,63}\\.)*[\\w-]{1,63}\\.?)(?::(\\d{1,5})?)?");

  /** Reads the authority of {@code uri}; empty if it names no host, or not in a valid way. */
  static Optional<Authority> of(URI uri) {
    if (uri.getHost() != null) {
      return Optional.of(new Authority(canonical(uri.getHost()), uri.getPort()));
    }
    String text = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    Matcher parts = NAME_AND_PORT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int port = parts.group(2) == null ? -1 : Integer.parseInt(parts.group(2));
    return Optional.of(new Authority(canonical(parts.group(1)), port));
  }

  /**
   * Reads what is a host and nothing beside it: no scheme, port, path or pattern. International
   * names become the ASCII that URLs have them in.
   */
  static Optional<String> host(String text) {
    try {
      String ascii = canonical(IDN.toASCII(text));
      return of(new URI("//" + ascii)).map(Authority::host).filter(ascii::equals);
    } catch (URISyntaxException | IllegalArgumentException _) {
      // No name of a host can be made of it.
      return Optional.empty();
    }
  }

  private static String canonical(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
