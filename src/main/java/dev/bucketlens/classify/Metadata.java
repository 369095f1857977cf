package dev.bucketlens.classify;

import java.util.Optional;

/** What TFLite Metadata inside a model says of an image classifier. */
record Metadata(
    Optional<String> name, Optional<String> version, InputMetadata input, OutputMetadata output) {

  /** Of a model that has none. */
  static final Metadata NONE =
      new Metadata(Optional.empty(), Optional.empty(), InputMetadata.NONE, OutputMetadata.NONE);
}
