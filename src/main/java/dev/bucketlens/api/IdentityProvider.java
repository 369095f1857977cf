package dev.bucketlens.api;

import java.net.URI;
import java.util.Objects;

/**
 * Who gives the tokens that the gateway lets in, in the words of OpenID Connect.
 *
 * @param issuer as its tokens name it, to the letter
 * @param clientId of the page, which is no secret and has none
 * @param audience that a token must be for
 * @param hostedSignIn of Amazon Cognito: its endpoints are known from there; null for a provider
 *     that is asked for its endpoints
 */
public record IdentityProvider(URI issuer, String clientId, String audience, URI hostedSignIn) {

  /** All but the last are needed. */
  public IdentityProvider {
    Objects.requireNonNull(issuer, "issuer");
    Objects.requireNonNull(clientId, "clientId");
    Objects.requireNonNull(audience, "audience");
  }
}
