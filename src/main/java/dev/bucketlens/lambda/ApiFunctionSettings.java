package dev.bucketlens.lambda;

import dev.bucketlens.api.ApiSettings;
import dev.bucketlens.api.BucketSettings;
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

  /** Lambda takes no longer request. */
  private static final int MAX_BODY_BYTES = 6_000_000;

  /**
   * Reads the settings.
   *
   * @throws SettingException if one is wrong
   */
  static ApiFunctionSettings from(Map<String, String> variables, Settings settings) {
    Environment env = new Environment(variables);
    return new ApiFunctionSettings(fetch(env), api(env, settings));
  }

  private static FetchSettings fetch(Environment env) {
    return new FetchSettings(env.on(Setting.URL_FETCH), destinations(env), limits(env));
  }

  private static DestinationLimits destinations(Environment env) {
    return new DestinationLimits(
        ports(env),
        env.list(Setting.FETCH_ALLOW_HOSTS),
        env.list(Setting.FETCH_DENY_HOSTS),
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
        bucket(env, settings),
        origin(env),
        env.given(Setting.CURSOR_KEY).orElse(settings.bucket() + "/" + settings.table()),
        MAX_BODY_BYTES,
        settings.options().maxResults());
  }

  private static BucketSettings bucket(Environment env, Settings settings) {
    return new BucketSettings(
        settings.bucket(),
        env.text(Setting.UPLOAD_PREFIX),
        env.number(Setting.MAX_UPLOAD_BYTES, settings.classifier().limits().maxBytes()),
        Duration.ofMinutes(env.integer(Setting.SIGNATURE_MINUTES)));
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
