package dev.bucketlens.fetch;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One URL that passed every rule which needs no name lookup. Its {@link #uri} is built anew from
 * the parsed parts, so that the HTTP client cannot read the text in another way than the rules did.
 *
 * @param uri scheme, host, port, path and query; no credentials and no fragment
 */
record FetchTarget(URI uri) {

  private static final int MAX_URL_LENGTH = 4096;
  private static final Pattern CANONICAL_IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");

  /** A last label that starts like a number is an address for some parsers and a name for none. */
  private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?(?:\\d+|0[xX][^.]*)");

  static FetchTarget parse(String url, DestinationLimits destinations) throws FetchException {
    if (url.length() > MAX_URL_LENGTH) {
      throw new FetchException(
          FetchError.BAD_URL, "The URL is longer than " + MAX_URL_LENGTH + " characters.");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(url)) {
      throw new FetchException(
          FetchError.BAD_URL, "The URL is malformed: it holds half of a character.");
    }
    try {
      return of(new URI(url), destinations);
    } catch (URISyntaxException e) {
      throw new FetchException(
          FetchError.BAD_URL,
          "The URL is malformed: " + e.getReason() + " at position " + e.getIndex() + ".",
          e);
    }
  }

  static FetchTarget of(URI uri, DestinationLimits destinations) throws FetchException {
    String scheme = scheme(uri);
    refuseCredentials(uri);
    Authority authority = authority(uri);
    String host = authority.host();
    checkHost(host, destinations);
    int port = authority.port() >= 0 ? authority.port() : scheme.equals("https") ? 443 : 80;
    if (!destinations.ports().contains(port)) {
      throw new FetchException(
          FetchError.PORT_NOT_ALLOWED,
          "Port %d is not allowed; allowed are %s."
              .formatted(port, destinations.ports().stream().sorted().toList()));
    }
    String path = uri.getRawPath().isEmpty() ? "/" : withoutDots(uri.getRawPath());
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String explicitPort = authority.port() >= 0 ? ":" + port : "";
    URI rebuilt = URI.create(scheme + "://" + host + explicitPort + path + query);
    return new FetchTarget(URI.create(rebuilt.toASCIIString()));
  }

  /**
   * RFC 3986, section 5.2.4: no dots are left for a server to resolve, and those that would lead
   * above the root lead to the root.
   */
  private static String withoutDots(String path) {
    Deque<String> segments = new ArrayDeque<>();
    String last = "";
    for (String segment : path.substring(1).split("/", -1)) {
      last = segment;
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!segment.equals(".")) {
        segments.add(segment);
      }
    }
    boolean endsInFolder = last.equals(".") || last.equals("..");
    return "/" + String.join("/", segments) + (endsInFolder && !segments.isEmpty() ? "/" : "");
  }

  private static String scheme(URI uri) throws FetchException {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (scheme.equals("http") || scheme.equals("https")) {
      return scheme;
    }
    throw new FetchException(
        FetchError.SCHEME_NOT_ALLOWED, "Only http and https URLs are fetched.");
  }

  private static void refuseCredentials(URI uri) throws FetchException {
    String authority = uri.getRawAuthority();
    if (authority != null && authority.indexOf('@') >= 0) {
      throw new FetchException(
          FetchError.CREDENTIALS_IN_URL, "The URL carries a user name or password; leave it out.");
    }
  }

  private static Authority authority(URI uri) throws FetchException {
    return Authority.of(uri)
        .orElseThrow(() ->
            new FetchException(
                FetchError.BAD_URL,
                "The URL has no valid host; international names are written in their ASCII"
                    + " form."));
  }

  private static void checkHost(String host, DestinationLimits destinations) throws FetchException {
    boolean scopedIpv6 = host.indexOf('%') >= 0;
    boolean oddIpv4 =
        ENDS_IN_NUMBER.matcher(host).matches() && !CANONICAL_IPV4.matcher(host).matches();
    if (scopedIpv6 || oddIpv4) {
      throw new FetchException(
          FetchError.BAD_URL, "The host is an address in no canonical form, like 203.0.113.9.");
    }
    if (!destinations.allowsHost(host)) {
      throw new FetchException(
          FetchError.HOST_NOT_ALLOWED, "This deployment does not fetch from host " + host + ".");
    }
  }

  /** Returns the address that {@code host} spells, or nothing if it is a name. */
  static Optional<InetAddress> literal(String host) {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String bare = bracketed ? host.substring(1, host.length() - 1) : host;
    if (bare.indexOf(':') >= 0 || CANONICAL_IPV4.matcher(bare).matches()) {
      return Optional.of(InetAddress.ofLiteral(bare));
    }
    return Optional.empty();
  }
}
