package dev.bucketlens.ingest;

/** Counts what happens on the upload path. Thread-safe. */
public interface IngestMeter {

  /** What is counted. */
  enum Count {
    CLASSIFIED,
    REJECTED,
    DELETED,
    SUPERSEDED,
    DUPLICATE,
    FAILED,
    /** Verdicts taken over from the same content under the same key and model. */
    COPIED,
    /** Runs of the model, those included whose result was not needed in the end. */
    INFERENCES
  }

  /** Counts one more. */
  void add(Count count);
}
