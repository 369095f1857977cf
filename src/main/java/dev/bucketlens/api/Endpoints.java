package dev.bucketlens.api;

import dev.bucketlens.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Where a browser signs in and out.
 *
 * @param authorization is opened; it asks who is there
 * @param token gives tokens for a code, and new ones for a refresh token
 * @param revocation ends a refresh token; null if there is none
 * @param endSession is opened; it forgets who was there; null if there is none
 * @param endSessionReturn the parameter of {@code endSession} that says where to go afterwards
 * @param scope what is asked for
 */
record Endpoints(
    URI authorization,
    URI token,
    URI revocation,
    URI endSession,
    String endSessionReturn,
    String scope) {

  /** Of those that a provider has: who somebody is, and to stay signed in. */
  private static final Set<String> WANTED = Set.of("openid", "email", "offline_access");

  /** What a policy of the page can name, which would end at a semicolon. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9:/?=&._~%@!$()*+\\[\\]-]+");

  /** Those of Amazon Cognito's hosted sign-in, whose sign-out is not as OpenID Connect has it. */
  static Endpoints ofCognito(URI hostedSignIn) {
    return new Endpoints(
        URI.create(hostedSignIn + "/oauth2/authorize"),
        URI.create(hostedSignIn + "/oauth2/token"),
        URI.create(hostedSignIn + "/oauth2/revoke"),
        URI.create(hostedSignIn + "/logout"),
        "logout_uri",
        "openid email");
  }

  /** As a provider's metadata names them (OpenID Connect Discovery 1.0, section 3). */
  static <X extends Exception> Endpoints of(JsonObject<X> metadata) throws X {
    return new Endpoints(
        required(metadata, "authorization_endpoint"),
        required(metadata, "token_endpoint"),
        endpoint(metadata, "revocation_endpoint"),
        endpoint(metadata, "end_session_endpoint"),
        "post_logout_redirect_uri",
        scope(metadata.texts("scopes_supported")));
  }

  private static <X extends Exception> URI required(JsonObject<X> metadata, String name) throws X {
    metadata.requiredText(name);
    return endpoint(metadata, name);
  }

  private static <X extends Exception> URI endpoint(JsonObject<X> metadata, String name) throws X {
    String text = metadata.text(name).orElse("");
    if (text.isEmpty()) {
      return null;
    }
    try {
      URI url = new URI(text);
      if (isSafe(url) && url.getRawUserInfo() == null && PLAIN.matcher(text).matches()) {
        return url;
      }
      throw metadata.wrong(name, "an https address");
    } catch (URISyntaxException e) {
      throw metadata.wrong(name, "an https address");
    }
  }

  /** Encrypted, or on this machine. */
  static boolean isSafe(URI url) {
    return url.getHost() != null
        && ("https".equals(url.getScheme())
            || ("http".equals(url.getScheme())
                && Set.of("127.0.0.1", "localhost").contains(url.getHost())));
  }

  /** A provider need not tell its scopes; only that of OpenID Connect itself is sure. */
  private static String scope(List<String> supported) {
    Set<String> scopes = new TreeSet<>(supported);
    scopes.retainAll(WANTED);
    scopes.add("openid");
    return String.join(" ", scopes);
  }
}
