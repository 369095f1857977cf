package dev.bucketlens.ingest;

import dev.bucketlens.ingest.ObjectEvent.Change;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ObjectVersion;
import dev.bucketlens.results.Sequencer;
import dev.bucketlens.results.Status;
import dev.bucketlens.results.WriteCondition;
import java.util.Optional;

/**
 * An event and the item that it meets in the table: what both together say.
 *
 * @param item empty if there is none, or if the table was not asked
 */
record Encounter(ObjectEvent event, Optional<ImageResult> item) {

  /** An event with a place in the order is judged by it; any other by what it saw. */
  WriteCondition condition() {
    return event.isOrdered() ? new WriteCondition.Newest(item) : new WriteCondition.Unchanged(item);
  }

  /** The item, unless it is a tombstone. */
  Optional<ImageResult> shown() {
    return item.filter(known -> known.status() != Status.DELETED);
  }

  /**
   * Whether the object is what consoles and mounts make of an empty folder. One that takes the
   * place of a photo is looked at as any other file.
   *
   * @param size of the object in bytes
   */
  boolean isFolder(long size) {
    return size == 0 && event.key().endsWith("/") && shown().isEmpty();
  }

  /**
   * Whether the event asks for another version than was found: a manifest of S3 Batch Operations
   * can list versions that are no longer the current ones.
   */
  boolean asksForOtherThan(String versionId) {
    return event.change() == Change.LOOK_UP
        && event.versionId() != null
        && !event.versionId().equals(versionId);
  }

  /**
   * The content that the event tells of. Events tell no provenance: the same content keeps the one
   * that is known.
   */
  ObjectVersion versionTold() {
    ObjectVersion told = version(event.eTag(), event.versionId(), Math.max(event.size(), 0));
    return item.map(ImageResult::version)
        .filter(known -> known.sameContent(told))
        .map(known -> told.from(known.provenance()))
        .orElse(told);
  }

  /**
   * This content, in the event's place. An event without a place in the order leaves the item the
   * place it has.
   */
  ObjectVersion version(String eTag, String versionId, long size) {
    Sequencer sequencer =
        event.isOrdered()
            ? event.sequencer()
            : item.map(known -> known.version().sequencer()).orElse(null);
    return new ObjectVersion(sequencer, eTag, versionId, size);
  }
}
