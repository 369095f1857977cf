package dev.bucketlens.lambda;

import dev.bucketlens.api.Access;
import dev.bucketlens.api.ApiSettings;
import dev.bucketlens.api.BucketSettings;
import dev.bucketlens.api.IdentityProvider;
import dev.bucketlens.fetch.DestinationLimits;
import dev.bucketlens.fetch.FetchLimits;
import dev.bucketlens.fetch.FetchSettings;
import dev.bucketlens.fetch.Network;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The settings of the API function alone, beside those of {@link Settings}.
 *
 * @param fetch what URLs are fetched, and how
 * @param api what the API offers
 */
record ApiFunctionSettings(FetchSettings fetch, ApiSettings api) {

  /** Lambda takes requests of 6 MB, and bytes come to it as base64, which makes four of three. */
  private static final int MAX_BODY_BYTES = 4_500_000;

  /** The metadata of an identity provider is a page of JSON. */
  private static final FetchLimits PROVIDER_LIMITS =
      new FetchLimits(200_000, 0, Duration.ofSeconds(2), Duration.ofSeconds(4));

  /**
   * Reads the settings.
   *
   * @throws SettingException if one is wrong
   */
  static ApiFunctionSettings from(Map<String, String> variables, Settings settings) {
    Environment env = new Environment(variables);
    return new ApiFunctionSettings(fetch(env), api(env, settings));
  }

  /** Whoever deployed names the issuer: it is no stranger's URL, and may be where those may not. */
  FetchSettings providerFetch() {
    DestinationLimits web = fetch.destinations();
    Set<Integer> ports = new TreeSet<>(web.ports());
    if (api.access() instanceof Access.Token(IdentityProvider provider)) {
      int port = provider.issuer().getPort();
      ports.add(port < 0 ? 443 : port);
    }
    return new FetchSettings(
        true,
        new DestinationLimits(ports, Set.of(), Set.of(), web.allowedNetworks()),
        PROVIDER_LIMITS);
  }

  private static FetchSettings fetch(Environment env) {
    return new FetchSettings(env.on(Setting.URL_FETCH), destinations(env), limits(env));
  }

  private static DestinationLimits destinations(Environment env) {
    return new DestinationLimits(
        ports(env),
        hosts(env, Setting.FETCH_ALLOW_HOSTS),
        hosts(env, Setting.FETCH_DENY_HOSTS),
        networks(env));
  }

  private static FetchLimits limits(Environment env) {
    FetchLimits defaults = FetchLimits.defaults();
    return new FetchLimits(
        env.integer(Setting.FETCH_MAX_BYTES),
        defaults.maxRedirects(),
        defaults.connectTimeout(),
        Duration.ofSeconds(env.integer(Setting.FETCH_TIMEOUT_SECONDS)));
  }

  private static Set<Integer> ports(Environment env) {
    Set<Integer> ports = new TreeSet<>();
    for (String port : env.list(Setting.FETCH_PORTS)) {
      if (!port.matches("[1-9]\\d{0,4}") || Integer.parseInt(port) > 65535) {
        throw new SettingException(
            "Environment variable %s has '%s'; expected port numbers like 80,443."
                .formatted(Setting.FETCH_PORTS.told(), port));
      }
      ports.add(Integer.valueOf(port));
    }
    return ports;
  }

  private static Set<String> hosts(Environment env, Setting setting) {
    Set<String> hosts = new TreeSet<>();
    for (String host : env.list(setting)) {
      try {
        hosts.add(DestinationLimits.host(host));
      } catch (IllegalArgumentException e) {
        throw new SettingException(
            "Environment variable %s: %s".formatted(setting.told(), e.getMessage()), e);
      }
    }
    return hosts;
  }

  private static List<Network> networks(Environment env) {
    List<Network> networks = new ArrayList<>();
    for (String block : env.list(Setting.FETCH_ALLOW_NETWORKS)) {
      try {
        networks.add(Network.parse(block));
      } catch (IllegalArgumentException e) {
        throw new SettingException(
            "Environment variable %s: %s"
                .formatted(Setting.FETCH_ALLOW_NETWORKS.told(), e.getMessage()),
            e);
      }
    }
    return networks;
  }

  private static ApiSettings api(Environment env, Settings settings) {
    return new ApiSettings(
        access(env),
        bucket(env, settings),
        origin(env),
        env.given(Setting.CURSOR_KEY).orElse(settings.bucket() + "/" + settings.table()),
        MAX_BODY_BYTES,
        settings.options().maxResults());
  }

  private static Access access(Environment env) {
    return switch (env.text(Setting.API_ACCESS)) {
      case "signin", "jwt" -> new Access.Token(provider(env));
      case "iam" -> new Access.Signature();
      case "public" -> new Access.Open();
      default -> throw env.unexpected(Setting.API_ACCESS, "signin, jwt, iam or public");
    };
  }

  private static IdentityProvider provider(Environment env) {
    String audience = env.required(Setting.SIGN_IN_AUDIENCE, "the audience that tokens must name");
    return new IdentityProvider(
        env.address(Setting.SIGN_IN_ISSUER)
            .orElseThrow(() -> env.unexpected(Setting.SIGN_IN_ISSUER, "the address of an issuer")),
        env.given(Setting.SIGN_IN_CLIENT).orElse(audience),
        audience,
        env.address(Setting.SIGN_IN_DOMAIN).orElse(null));
  }

  private static BucketSettings bucket(Environment env, Settings settings) {
    return new BucketSettings(
        settings.bucket(),
        env.text(Setting.UPLOAD_PREFIX),
        env.text(Setting.KEY_SUFFIX),
        env.number(Setting.MAX_UPLOAD_BYTES, settings.classifier().limits().maxBytes()),
        Duration.ofMinutes(env.integer(Setting.SIGNATURE_MINUTES)),
        env.on(Setting.UPLOADS),
        env.on(Setting.PREVIEWS));
  }

  /** Browsers name an origin without a path, and it must match to the letter; null for none. */
  private static URI origin(Environment env) {
    URI url = env.address(Setting.CORS_ORIGIN).orElse(null);
    if (url != null && !url.toString().equals(url.getScheme() + "://" + url.getRawAuthority())) {
      throw new SettingException(
          "Environment variable %s is '%s'; expected no more than scheme and host, like https://photos.example.com."
              .formatted(Setting.CORS_ORIGIN.told(), url));
    }
    return url;
  }
}
