package dev.bucketlens.results;

import java.util.Objects;

/**
 * The model that a result comes from.
 *
 * @param hash the first 12 hex digits of the model file's SHA-256
 */
public record ModelRef(String name, String hash) {
  /** Both parts are needed. */
  public ModelRef {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(hash, "hash");
  }
}
