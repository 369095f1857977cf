package dev.bucketlens.ingest;

import dev.bucketlens.ingest.IngestMeter.Count;
import dev.bucketlens.results.Previous;
import dev.bucketlens.results.Verdict;
import java.util.Optional;

/** Tells a meter what became of events. Thread-safe. */
record OutcomeCounts(IngestMeter meter) {

  /** Counts one event by its outcome. */
  void add(Outcome outcome) {
    meter.add(countOf(outcome));
    switch (outcome) {
      case Outcome.Classified classified -> {
        if (!classified.inferred()) {
          meter.add(Count.COPIED);
        }
        addReplaced(classified.replaced(), classified.verdict());
      }
      case Outcome.Rejected rejected -> {
        meter.addRejection(rejected.verdict().code());
        addReplaced(rejected.replaced(), rejected.verdict());
      }
      default -> {}
    }
  }

  private void addReplaced(Optional<Previous> replaced, Verdict verdict) {
    if (replaced.isPresent()) {
      meter.add(Count.RESCORED);
      if (replaced.get().differsFrom(verdict)) {
        meter.add(Count.LABEL_CHANGED);
      }
    }
  }

  private static Count countOf(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Classified _ -> Count.CLASSIFIED;
      case Outcome.Rejected _ -> Count.REJECTED;
      case Outcome.Kept _ -> Count.KEPT;
      case Outcome.Deleted _ -> Count.DELETED;
      case Outcome.Folder _ -> Count.FOLDERS;
      case Outcome.Superseded _ -> Count.SUPERSEDED;
      case Outcome.Duplicate _ -> Count.DUPLICATE;
      case Outcome.Failed _ -> Count.FAILED;
    };
  }
}
