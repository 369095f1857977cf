package dev.bucketlens.classify;

import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.engine.Quantization;
import dev.bucketlens.engine.TensorSpec;
import dev.bucketlens.engine.TensorType;
import dev.bucketlens.image.Aspect;
import dev.bucketlens.image.ResizeFilter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Decides, for each thing that must be known of a model, who says it: the manifest, else the
 * model's metadata, else nobody, which is an error.
 *
 * <p>Where a model's metadata describes an image as its input, conventions of the TensorFlow Lite
 * Task Library come with it, for which metadata has no field: the image is stretched, each pixel is
 * mixed of its four neighbours, however much larger the image is, and a {@code UINT8} input takes
 * the levels of the pixels as they are, whatever normalisation is said. The output is a score as it
 * is.
 */
final class BundleResolver {

  private static final int WHITE = 0xFFFFFF;

  private final Path model;
  private final Manifest manifest;
  private final Metadata metadata;

  BundleResolver(Path model, Manifest manifest, Metadata metadata) {
    this.model = model;
    this.manifest = manifest;
    this.metadata = metadata;
  }

  InputSpec input(TensorSpec tensor) throws ModelLoadException {
    Manifest.Input said = manifest.input();
    boolean image = metadata.input().describesImage();
    Optional<ResizeFilter> filter =
        said.resize().or(() -> image ? Optional.of(ResizeFilter.TF_BILINEAR) : Optional.empty());
    Optional<Aspect> aspect =
        said.aspect().or(() -> image ? Optional.of(new Aspect.Stretch()) : Optional.empty());
    int channels = tensor.shape().get(3);
    return new InputSpec(
        side("input.width", tensor.shape().get(2), said.width(), metadata.input().width()),
        side("input.height", tensor.shape().get(1), said.height(), metadata.input().height()),
        channels,
        filter.orElseThrow(() -> unsaid("how images are resized", "input.resize")),
        aspect.orElseThrow(() -> unsaid("what happens to other aspect ratios", "input.aspect")),
        said.background().orElse(WHITE),
        said.channelOrder().orElse(ChannelOrder.RGB),
        normalization(tensor, channels));
  }

  OutputSpec output(TensorSpec tensor, int labels) throws ModelLoadException {
    Optional<OutputType> type =
        manifest
            .output()
            .type()
            .or(() ->
                metadata.input().describesImage()
                    ? Optional.of(OutputType.PROBABILITIES)
                    : Optional.empty());
    requireCalibrationOf(tensor, labels);
    return new OutputSpec(
        type.orElseThrow(() -> unsaid("what its outputs are", "output.type")),
        manifest.output().threshold().or(metadata.output()::threshold).orElse(0f),
        metadata.output().calibration());
  }

  List<String> labels(TensorSpec output) throws ModelLoadException {
    LabelList list =
        manifest
            .labels()
            .or(() -> metadata.output().labels().map(labels -> LabelList.attached(model, labels)))
            .orElseThrow(() -> unsaid("what its labels are", "labels"));
    list.requireDistinct();
    list.requireOneForEach(output, model);
    return list.labels();
  }

  private int side(String field, int fixed, Optional<Integer> said, int described)
      throws ModelLoadException {
    if (fixed < 1) {
      return said.or(() -> described > 0 ? Optional.of(described) : Optional.empty())
          .orElseThrow(() -> unsaid("its image size, which the tensor leaves open", field));
    }
    if (said.isPresent() && said.get() != fixed) {
      throw new ModelLoadException(
          manifest.file(),
          "%s is %d; expected %d, the size of the model's input."
              .formatted(field, said.get(), fixed));
    }
    return fixed;
  }

  private Optional<Normalization> normalization(TensorSpec tensor, int channels)
      throws ModelLoadException {
    Optional<Normalization> said = manifest.input().normalization();
    boolean image = metadata.input().describesImage();
    if (said.isEmpty() && image && tensor.type() == TensorType.UINT8) {
      return Optional.empty();
    }
    Normalization normalization = said.isPresent() ? said.get() : described();
    for (List<Double> values : List.of(normalization.mean(), normalization.std())) {
      if (values.size() != 1 && values.size() != channels) {
        throw new ModelLoadException(
            said.isPresent() ? manifest.file() : model,
            "mean and std have %d values; expected 1, or one for each of %d channels."
                .formatted(values.size(), channels));
      }
    }
    requireQuantization(tensor);
    return Optional.of(normalization);
  }

  private Normalization described() throws ModelLoadException {
    if (metadata.input().mean().isEmpty() || metadata.input().std().isEmpty()) {
      throw unsaid("how pixels are normalised", "input.range, input.mean and input.std");
    }
    if (metadata.input().std().stream().anyMatch(std -> !(std > 0))) {
      throw new ModelLoadException(
          model,
          "its metadata has the std %s; expected numbers above 0."
              .formatted(metadata.input().std()));
    }
    return new Normalization(
        0,
        255,
        metadata.input().mean().stream().map(Float::doubleValue).toList(),
        metadata.input().std().stream().map(Float::doubleValue).toList());
  }

  private void requireQuantization(TensorSpec tensor) throws ModelLoadException {
    Quantization quantization = tensor.quantization();
    if (tensor.type().isQuantized() && !quantization.fits(tensor.type())) {
      throw TensorChecks.badQuantization(model, "input", tensor);
    }
  }

  /** A line end behind the last label's line is forgiven. */
  private void requireCalibrationOf(TensorSpec output, int labels) throws ModelLoadException {
    if (metadata.output().calibration().isEmpty()) {
      return;
    }
    List<Optional<Calibration.Parameters>> lines =
        metadata.output().calibration().get().parameters();
    boolean closed = lines.size() == labels + 1 && lines.getLast().isEmpty();
    if (lines.size() != labels && !closed) {
      throw new ModelLoadException(
          model,
          "expected a line of score calibration for each of %d labels of %s, found %d."
              .formatted(labels, output, lines.size()));
    }
  }

  private ModelLoadException unsaid(String what, String field) {
    return new ModelLoadException(
        model,
        "nothing says %s; set %s in %s, or use a model with TFLite Metadata."
            .formatted(what, field, manifest.file().getFileName()));
  }
}
