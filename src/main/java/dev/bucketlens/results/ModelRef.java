package dev.bucketlens.results;

import java.util.Objects;

/**
 * The model that a result comes from.
 *
 * @param hash of its bundle: 12 hex digits over all that can give the same photo another verdict
 *     (model file, manifest, labels, what is kept of the scores, limits, pipeline)
 */
public record ModelRef(String name, String hash) {
  /** Both parts are needed. */
  public ModelRef {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(hash, "hash");
  }
}
