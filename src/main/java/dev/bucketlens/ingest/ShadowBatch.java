package dev.bucketlens.ingest;

import dev.bucketlens.ingest.IngestMeter.Count;
import dev.bucketlens.results.ImageResult;
import java.util.ArrayList;
import java.util.List;

/**
 * The photos of one batch that the shadow model is to score too, with their files, up to so many
 * bytes. Thread-safe.
 */
final class ShadowBatch {
  /** Beside the files that are being scored; what does not fit is left out of the sample. */
  static final long MOST_BYTES = 16L * 1024 * 1024;

  private final ShadowSample sample;
  private final IngestMeter meter;
  private final List<Scored> held = new ArrayList<>();
  private long bytes;

  /** A photo as the first model has scored it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared; copying 20 MB would double the memory
  record Scored(ImageResult result, byte[] file) {}

  ShadowBatch(ShadowSample sample, IngestMeter meter) {
    this.sample = sample;
    this.meter = meter;
  }

  /** Where there is no shadow: holds nothing. */
  static ShadowBatch none() {
    return new ShadowBatch(new ShadowSample(0), IngestMeter.none());
  }

  /** Takes a photo if it is in the sample; without room for its file that is counted. */
  synchronized void offer(ImageResult result, byte[] file) {
    if (!sample.contains(result)) {
      return;
    }
    if (bytes + file.length > MOST_BYTES) {
      meter.add(Count.SHADOW_SKIPPED);
      return;
    }
    bytes += file.length;
    held.add(new Scored(result, file));
  }

  /** Gives all photos away; those that come later are nobody's. */
  synchronized List<Scored> drain() {
    List<Scored> photos = List.copyOf(held);
    held.clear();
    return photos;
  }
}
