package dev.bucketlens.api;

/** How a caller shows the gateway that it may call. The gateway asks; the API only tells of it. */
public sealed interface Access {

  /** By a token of an identity provider, as a browser can. */
  record Token(IdentityProvider provider) implements Access {}

  /** By a signature of AWS's, which no browser makes by itself. */
  record Signature() implements Access {}

  /** Not at all: everybody may. */
  record Open() implements Access {}
}
