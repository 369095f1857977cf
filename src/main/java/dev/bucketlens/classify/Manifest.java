package dev.bucketlens.classify;

import dev.bucketlens.image.Aspect;
import dev.bucketlens.image.ResizeFilter;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the JSON file beside a model says of it. Everything is optional here: the model's own
 * metadata may say the rest.
 *
 * @param file where it is, or would be
 * @param text its fields by name without those that only describe; empty if there is no manifest
 * @param validation what was measured of the model
 */
record Manifest(
    Path file,
    String text,
    Optional<String> name,
    Optional<String> version,
    Optional<LabelList> labels,
    Input input,
    Output output,
    Optional<String> license,
    Optional<String> source,
    Optional<Validation> validation) {

  /**
   * The field {@code input}.
   *
   * @param raw whether the model takes levels as they are; then there is no normalisation
   */
  record Input(
      Optional<Integer> width,
      Optional<Integer> height,
      Optional<ChannelPlace> layout,
      Optional<ResizeFilter> resize,
      Optional<Aspect> aspect,
      Optional<ChannelOrder> channelOrder,
      Optional<Integer> background,
      boolean raw,
      Optional<Normalization> normalization) {

    static final Input EMPTY =
        new Input(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty());
  }

  /**
   * The field {@code output}.
   *
   * @param name of the output with the scores; not together with {@code index}
   */
  record Output(
      Optional<String> name,
      Optional<Integer> index,
      Optional<OutputType> type,
      Optional<Float> threshold) {

    static final Output EMPTY =
        new Output(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Returns the manifest of a model that has none. */
  static Manifest empty(Path file) {
    return new Manifest(
        file,
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Input.EMPTY,
        Output.EMPTY,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
