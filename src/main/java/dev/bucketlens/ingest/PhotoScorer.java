package dev.bucketlens.ingest;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.results.ModelRef;
import dev.bucketlens.results.Verdict;

/** Scores a photo. Thread-safe. */
public interface PhotoScorer {

  /** The model behind the scores. */
  ModelRef model();

  /** The largest file it takes, in bytes. */
  long maxBytes();

  /**
   * Scores one image file.
   *
   * @throws ImageRejectedException if these bytes can never be scored
   */
  Verdict.Classified score(byte[] file) throws ImageRejectedException;
}
