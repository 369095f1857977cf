package dev.bucketlens.ingest;

import java.time.Duration;

/** Counts and measures what happens on the upload path. Thread-safe. */
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
    INFERENCES,
    /** Photos for which the shadow model has the same best label. */
    SHADOW_AGREED,
    /** Photos for which it has another. */
    SHADOW_DISAGREED,
    /** Photos that the shadow model could not score, or not in time. */
    SHADOW_FAILED,
    /** Photos of the sample that it was not asked for, because time or memory was short. */
    SHADOW_SKIPPED
  }

  /** What is measured of each photo that is scored. */
  enum Measure {
    /** Milliseconds until the object is here. */
    DOWNLOAD_TIME,
    /** Milliseconds from the file's bytes to the pixels that the model sees. */
    DECODE_TIME,
    /** Milliseconds of one run of the model, including the wait for an interpreter. */
    INFERENCE_TIME,
    /** Milliseconds until the table has answered. */
    WRITE_TIME,
    /** Milliseconds from the beginning of an event to its outcome. */
    TOTAL_TIME,
    /** Milliseconds that the shadow model took. */
    SHADOW_TIME,
    /** The highest score of any label, kept or not; a probability has no unit. */
    CONFIDENCE,
    /** The same, of a model that was validated: its mean is the accuracy to expect. */
    EXPECTED_ACCURACY,
    /** The same, less the mean that was measured in the validation: its mean is the drift. */
    ACCURACY_DRIFT,
    /** 1 for a photo whose highest score is low, else 0: its mean is their share. */
    LOW_CONFIDENCE,
    /** The same, less the share that was measured in the validation. */
    LOW_CONFIDENCE_DRIFT;

    /** Whether it is in milliseconds. */
    public boolean isTime() {
      return name().endsWith("_TIME");
    }
  }

  /** Counts one more. */
  void add(Count count);

  /**
   * Counts one more rejection by its reason.
   *
   * @param code one of few; stable
   */
  void addRejection(String code);

  /** Notes one value. */
  void record(Measure measure, double value);

  /** Notes one duration, in milliseconds. */
  default void record(Measure measure, Duration duration) {
    record(measure, duration.toNanos() / 1e6);
  }

  /** A meter that forgets. */
  static IngestMeter none() {
    return new IngestMeter() {
      @Override
      public void add(Count count) {}

      @Override
      public void addRejection(String code) {}

      @Override
      public void record(Measure measure, double value) {}
    };
  }
}
