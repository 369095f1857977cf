package dev.bucketlens.lambda;

import dev.bucketlens.api.Access;
import dev.bucketlens.api.Api;
import dev.bucketlens.api.ApiServices;
import dev.bucketlens.api.ApiSettings;
import dev.bucketlens.api.BucketAccess;
import dev.bucketlens.api.IdentityProvider;
import dev.bucketlens.api.S3Signer;
import dev.bucketlens.fetch.Destinations;
import dev.bucketlens.fetch.FetchLimits;
import dev.bucketlens.fetch.FetchOptions;
import dev.bucketlens.fetch.Network;
import dev.bucketlens.fetch.UrlFetcher;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * The settings of the API function alone, beside those of {@link Config}.
 *
 * @param fetch what URLs are fetched, and how
 * @param api what the API offers
 */
record ApiConfig(FetchOptions fetch, ApiSettings api) {

  /** API Gateway waits 30 seconds at most, and the model needs some of them. */
  private static final int MAX_FETCH_SECONDS = 25;

  /** Lambda takes requests of 6 MB, and bytes come to it as base64, which makes three of four. */
  private static final int MAX_BODY_BYTES = 4_500_000;

  /** Metadata of an identity provider is a page of JSON. */
  private static final FetchLimits PROVIDER_LIMITS =
      new FetchLimits(200_000, 0, Duration.ofSeconds(2), Duration.ofSeconds(4));

  /**
   * Reads the settings.
   *
   * @throws ConfigException if one is wrong
   */
  static ApiConfig from(Map<String, String> variables, Config config) {
    Environment env = new Environment(variables);
    return new ApiConfig(fetch(env), api(env, config));
  }

  /** Wires the API to a running program; it lives as long as that. */
  Api build(App app) {
    Clock clock = Clock.systemUTC();
    AwsClients aws = app.config().aws();
    S3Signer signer =
        new S3Signer(
            aws.region(), aws.s3Endpoint(), DefaultCredentialsProvider.builder().build(), clock);
    return new Api(
        new ApiServices(
            app.classifier(),
            app.results(),
            UrlFetcher.create(fetch),
            UrlFetcher.create(providerFetch()),
            signer,
            clock),
        api);
  }

  /** Whoever deployed names the issuer: it is no stranger's URL, and may be where those may not. */
  private FetchOptions providerFetch() {
    Destinations web = fetch.destinations();
    Set<Integer> ports = new TreeSet<>(web.ports());
    if (api.access() instanceof Access.Token(IdentityProvider provider)) {
      int port = provider.issuer().getPort();
      ports.add(port < 0 ? 443 : port);
    }
    return new FetchOptions(
        true, new Destinations(ports, Set.of(), Set.of(), web.allowedNetworks()), PROVIDER_LIMITS);
  }

  private static FetchOptions fetch(Environment env) {
    return new FetchOptions(env.on("URL_FETCH", true), destinations(env), limits(env));
  }

  private static Destinations destinations(Environment env) {
    return new Destinations(
        ports(env), env.list("FETCH_ALLOW_HOSTS"), env.list("FETCH_DENY_HOSTS"), networks(env));
  }

  private static FetchLimits limits(Environment env) {
    FetchLimits defaults = FetchLimits.defaults();
    int seconds =
        env.integer(
            "FETCH_TIMEOUT_SECONDS", (int) defaults.deadline().toSeconds(), 1, MAX_FETCH_SECONDS);
    return new FetchLimits(
        env.integer("FETCH_MAX_BYTES", defaults.maxBytes(), 1, 100_000_000),
        defaults.maxRedirects(),
        defaults.connectTimeout(),
        Duration.ofSeconds(seconds));
  }

  private static Set<Integer> ports(Environment env) {
    Set<Integer> ports = new TreeSet<>();
    for (String port : env.list("FETCH_PORTS")) {
      if (!port.matches("[1-9]\\d{0,4}") || Integer.parseInt(port) > 65535) {
        throw new ConfigException(
            "Environment variable FETCH_PORTS has '%s'; expected port numbers like 80,443."
                .formatted(port));
      }
      ports.add(Integer.valueOf(port));
    }
    return ports.isEmpty() ? Destinations.publicWeb().ports() : ports;
  }

  private static List<Network> networks(Environment env) {
    try {
      return env.list("FETCH_ALLOW_NETWORKS").stream().map(Network::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new ConfigException("Environment variable FETCH_ALLOW_NETWORKS: " + e.getMessage(), e);
    }
  }

  private static ApiSettings api(Environment env, Config config) {
    return new ApiSettings(
        access(env),
        bucket(env, config),
        env.url("CORS_ORIGIN").map(ApiConfig::origin).orElse(null),
        env.text("CURSOR_KEY").orElse(config.bucket() + "/" + config.table()),
        MAX_BODY_BYTES,
        config.options().maxResults());
  }

  private static Access access(Environment env) {
    return switch (env.text("API_ACCESS").orElse("public")) {
      case "signin", "jwt" -> new Access.Token(provider(env));
      case "iam" -> new Access.Signature();
      case "public" -> new Access.Open();
      default -> throw env.wrong("API_ACCESS", "signin, jwt, iam or public");
    };
  }

  private static IdentityProvider provider(Environment env) {
    String audience = env.requiredText("SIGN_IN_AUDIENCE", "the audience that tokens must name");
    return new IdentityProvider(
        env.url("SIGN_IN_ISSUER")
            .orElseThrow(() -> env.wrong("SIGN_IN_ISSUER", "the address of an OpenID provider")),
        env.text("SIGN_IN_CLIENT").orElse(audience),
        audience,
        env.url("SIGN_IN_DOMAIN").orElse(null));
  }

  private static BucketAccess bucket(Environment env, Config config) {
    int maxUpload = (int) Math.min(Integer.MAX_VALUE, config.classifier().limits().maxBytes());
    return new BucketAccess(
        config.bucket(),
        env.text("UPLOAD_PREFIX").orElse("uploads/"),
        env.text("KEY_SUFFIX").orElse(""),
        env.integer("MAX_UPLOAD_BYTES", maxUpload, 1, Integer.MAX_VALUE),
        Duration.ofMinutes(env.integer("SIGNATURE_MINUTES", 5, 1, 60)),
        env.on("UPLOADS", true),
        env.on("PREVIEWS", true));
  }

  /** Browsers name an origin without a path, and it must match to the letter. */
  private static URI origin(URI url) {
    if (!url.toString().equals(url.getScheme() + "://" + url.getRawAuthority())) {
      throw new ConfigException(
          "Environment variable %s is '%s'; expected no more than scheme and host, like https://photos.example.com."
              .formatted(TemplateParameters.name("CORS_ORIGIN"), url));
    }
    return url;
  }
}
