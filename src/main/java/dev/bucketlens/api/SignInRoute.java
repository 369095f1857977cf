package dev.bucketlens.api;

import dev.bucketlens.fetch.UrlFetcher;
import dev.bucketlens.json.Json;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** {@code GET /sign-in}: how a caller shows that it may call, for the page and for programs. */
final class SignInRoute {

  private final Access access;
  private final Supplier<Optional<Endpoints>> endpoints;

  /**
   * @param fetcher reaches the identity provider
   */
  SignInRoute(Access access, UrlFetcher fetcher, Clock clock) {
    this.access = access;
    this.endpoints = endpoints(access, fetcher, clock);
  }

  private static Supplier<Optional<Endpoints>> endpoints(
      Access access, UrlFetcher fetcher, Clock clock) {
    if (!(access instanceof Access.Token(IdentityProvider provider))) {
      return Optional::empty;
    }
    if (provider.hostedSignIn() != null) {
      Optional<Endpoints> known = Optional.of(Endpoints.ofCognito(provider.hostedSignIn()));
      return () -> known;
    }
    return new Discovery(provider.issuer(), fetcher, clock)::endpoints;
  }

  ApiResponse describe(ApiRequest request, Map<String, String> path) {
    RequestFields.ofTexts(request.query()).allowOnly(Set.of());
    return ApiResponse.json(
        switch (access) {
          case Access.Token(IdentityProvider provider) -> describe(provider);
          case Access.Signature _ -> Json.object("access", "signature", "service", "execute-api");
          case Access.Open _ -> Json.object("access", "open");
        });
  }

  private Map<String, Object> describe(IdentityProvider provider) {
    Endpoints known =
        endpoints
            .get()
            .orElseThrow(() ->
                new ApiException(
                    503,
                    "SIGN_IN_UNAVAILABLE",
                    "The sign-in does not answer now; try again soon.",
                    Map.of("retry-after", String.valueOf(Discovery.PATIENCE.toSeconds()))));
    Map<String, Object> answer =
        Json.object(
            "access", "token",
            "issuer", provider.issuer().toString(),
            "clientId", provider.clientId(),
            "audience", provider.audience(),
            "scope", known.scope(),
            "authorizationEndpoint", known.authorization().toString(),
            "tokenEndpoint", known.token().toString());
    if (known.revocation() != null) {
      answer.put("revocationEndpoint", known.revocation().toString());
    }
    if (known.endSession() != null) {
      answer.put("endSessionEndpoint", known.endSession().toString());
      answer.put("endSessionReturn", known.endSessionReturn());
    }
    return answer;
  }

  /** What the page itself calls, beside the API: tokens are given and ended there. */
  List<URI> calledByThePage() {
    return endpoints.get().stream()
        .flatMap(it -> Stream.of(it.token(), it.revocation()))
        .filter(it -> it != null)
        .toList();
  }
}
