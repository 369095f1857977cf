package dev.bucketlens.fetch;

import java.util.Objects;

/**
 * The rules for one {@link UrlFetcher}.
 *
 * @param enabled {@code false} refuses every URL
 * @param destinations where URLs may lead
 * @param limits what one fetch may cost
 */
public record FetchSettings(boolean enabled, DestinationLimits destinations, FetchLimits limits) {

  /** Both parts are needed. */
  public FetchSettings {
    Objects.requireNonNull(destinations, "destinations");
    Objects.requireNonNull(limits, "limits");
  }
}
