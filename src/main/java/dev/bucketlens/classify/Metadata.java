package dev.bucketlens.classify;

import java.util.List;
import java.util.Optional;

/**
 * What TFLite Metadata inside a model says of an image classifier.
 *
 * @param describesImage whether it says that the input is an image
 * @param width of the image, where the tensor's shape leaves it open; 0 if not said
 * @param height of the image, likewise
 * @param mean per channel, or one for all; empty if not said
 * @param std per channel, or one for all; empty if not said
 * @param labels as attached, in the order of the output
 * @param calibration applied to each score
 * @param threshold below which a score means little
 */
record Metadata(
    Optional<String> name,
    Optional<String> version,
    boolean describesImage,
    int width,
    int height,
    List<Float> mean,
    List<Float> std,
    Optional<List<String>> labels,
    Optional<Calibration> calibration,
    Optional<Float> threshold) {

  /** Of a model that has none. */
  static final Metadata NONE =
      new Metadata(
          Optional.empty(),
          Optional.empty(),
          false,
          0,
          0,
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  Metadata {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    labels = labels.map(List::copyOf);
  }
}
