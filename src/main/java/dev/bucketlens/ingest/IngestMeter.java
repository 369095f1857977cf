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
    /** Marks of folders, of which nothing is kept. */
    FOLDERS,
    /** Verdicts left as they are, because the object is in an archive. */
    KEPT,
    /** Verdicts taken over from the same content under the same key and model. */
    COPIED,
    /** Verdicts that took the place of another bundle's on the same content. */
    RESCORED,
    /** Those of them with another best label. */
    LABEL_CHANGED,
    /** Runs of the model, those included whose result was not needed in the end. */
    INFERENCES
  }

  /** Counts one more. */
  void add(Count count);
}
