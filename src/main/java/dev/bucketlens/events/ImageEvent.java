package dev.bucketlens.events;

import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ObjectVersion;
import dev.bucketlens.results.Review;
import dev.bucketlens.results.Verdict;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One event to be sent.
 *
 * @param detail flat, so that a rule can match any part of it; its schema is {@code
 *     docs/events.schema.json}
 */
record ImageEvent(EventType type, Instant at, Map<String, Object> detail) {

  /** What a record says; empty if it changed nothing worth telling. */
  static Optional<ImageEvent> of(StreamRecord record) {
    return record
        .change()
        .event()
        .map(type -> new ImageEvent(type, record.at(), detail(record, type)));
  }

  private static Map<String, Object> detail(StreamRecord record, EventType type) {
    ImageResult after = record.change().after();
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("image", after.image());
    detail.put("bucket", after.bucket());
    detail.put("key", after.key());
    detail.put("status", after.status().name());
    putVerdict(detail, after);
    if (after.model() != null) {
      detail.put("model", after.model().name());
      detail.put("modelHash", after.model().hash());
    }
    putVersion(detail, after.version());
    detail.put(
        type == EventType.DELETED ? "deletedAt" : "classifiedAt", after.classifiedAt().toString());
    after.reviewed().ifPresent(review -> putReview(detail, review));
    if (type == EventType.REVIEWED && after.reviewed().isEmpty()) {
      detail.put("reviewWithdrawn", true);
    }
    record.change().before().ifPresent(before -> putPrevious(detail, before));
    detail.put("sequence", record.paddedSequence());
    return detail;
  }

  private static void putVerdict(Map<String, Object> detail, ImageResult result) {
    switch (result.verdict()) {
      case Verdict.Classified classified -> {
        classified
            .best()
            .ifPresent(best -> {
              detail.put("label", best.label());
              detail.put("score", best.score());
            });
        detail.put("width", classified.width());
        detail.put("height", classified.height());
      }
      case Verdict.Rejected(String code, String reason) -> {
        detail.put("rejection", code);
        detail.put("reason", reason);
      }
      case Verdict.Deleted _ -> {
        // There is no more to tell of what is gone.
      }
    }
  }

  private static void putVersion(Map<String, Object> detail, ObjectVersion version) {
    if (version.eTag() != null) {
      detail.put("eTag", version.eTag());
      detail.put("size", version.size());
    }
    if (version.versionId() != null) {
      detail.put("versionId", version.versionId());
    }
  }

  private static void putReview(Map<String, Object> detail, Review.Done review) {
    if (review.label() != null) {
      detail.put("reviewedLabel", review.label());
    }
    detail.put("reviewedLabelKnown", review.known());
    detail.put("reviewedBy", review.by());
    detail.put("reviewedAt", review.at().toString());
  }

  private static void putPrevious(Map<String, Object> detail, ImageResult before) {
    ItemChange.label(before).ifPresent(label -> detail.put("previousLabel", label));
    if (before.model() != null) {
      detail.put("previousModelHash", before.model().hash());
    }
  }
}
