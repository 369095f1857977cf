package dev.bucketlens.api;

import dev.bucketlens.fetch.FetchException;
import dev.bucketlens.fetch.UrlFetcher;
import dev.bucketlens.json.FieldErrors;
import dev.bucketlens.json.Json;
import dev.bucketlens.json.JsonObject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Asks an identity provider for its endpoints (OpenID Connect Discovery 1.0). What it answered is
 * good for {@link #FRESH}, and longer while it does not answer; a failure for {@link #PATIENCE}, so
 * that a provider that is down does not hold up every request.
 */
final class Discovery {
  static final Duration FRESH = Duration.ofHours(1);
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Logger LOG = System.getLogger(Discovery.class.getName());

  private final URI issuer;
  private final UrlFetcher fetcher;
  private final Clock clock;
  private final AtomicReference<Answer> last =
      new AtomicReference<>(new Answer(Instant.MIN, Optional.empty()));

  Discovery(URI issuer, UrlFetcher fetcher, Clock clock) {
    this.issuer = issuer;
    this.fetcher = fetcher;
    this.clock = clock;
  }

  private record Answer(Instant until, Optional<Endpoints> endpoints) {}

  /** Empty if the provider has not answered yet, or not as it should; the log says why. */
  Optional<Endpoints> endpoints() {
    Instant now = clock.instant();
    Answer known = last.get();
    if (known.until().isBefore(now)) {
      known = ask(now, known);
      last.set(known);
    }
    return known.endpoints();
  }

  private Answer ask(Instant now, Answer before) {
    try {
      return new Answer(now.plus(FRESH), Optional.of(ask()));
    } catch (FetchException | IOException e) {
      LOG.log(Level.ERROR, "The endpoints of " + issuer + " are not known: " + e.getMessage());
      return new Answer(now.plus(PATIENCE), before.endpoints());
    }
  }

  private Endpoints ask() throws FetchException, IOException {
    String folder = issuer.toString().replaceAll("/$", "");
    byte[] answer = fetcher.fetch(folder + "/.well-known/openid-configuration");
    if (!(Json.read(answer) instanceof Map<?, ?> values)) {
      throw new IOException("its metadata is no JSON object");
    }
    JsonObject<IOException> metadata = JsonObject.of(values, new WrongMetadata());
    if (!metadata.requiredText("issuer").equals(issuer.toString())) {
      throw metadata.wrong("issuer", "the same to the letter");
    }
    return Endpoints.of(metadata);
  }

  /** A sentence for the log of whoever configured the issuer. */
  private static final class WrongMetadata implements FieldErrors<IOException> {
    @Override
    public IOException wrong(String path, Object found, String expected) {
      return new IOException(
          "its metadata has %s '%s'; expected %s".formatted(path, found, expected));
    }
  }
}
