package dev.bucketlens.classify;

import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.engine.TensorSpec;
import dev.bucketlens.engine.TensorType;
import dev.bucketlens.image.Aspect;
import dev.bucketlens.image.ResizeFilter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Decides, for each thing that must be known of a model's input, who says it: the manifest, else
 * the model's metadata, else nobody, which is an error.
 *
 * <p>Where a model's metadata describes an image as its input, conventions of the TensorFlow Lite
 * Task Library come with it, for which metadata has no field: the image is stretched, each pixel is
 * mixed of its four neighbours, however much larger the image is, and a {@code UINT8} input takes
 * the levels of the pixels as they are, whatever normalisation is said.
 */
final class InputResolver {

  private static final int WHITE = 0xFFFFFF;

  /** Stands in where nobody says a normalisation. */
  private static final Normalization NONE = new Normalization(0, 255, List.of(0.0), List.of(1.0));

  private final Path model;
  private final Manifest manifest;
  private final InputMetadata metadata;
  private final Unsaid unsaid;

  InputResolver(Path model, Manifest manifest, InputMetadata metadata, Unsaid unsaid) {
    this.model = model;
    this.manifest = manifest;
    this.metadata = metadata;
    this.unsaid = unsaid;
  }

  InputSpec resolve(TensorSpec tensor) throws ModelLoadException {
    Manifest.Input said = manifest.input();
    Optional<ResizeFilter> filter = said.resize().or(() -> ofImage(ResizeFilter.TF_BILINEAR));
    Optional<Aspect> aspect = said.aspect().or(() -> ofImage(new Aspect.Stretch()));
    InputLayout layout = new LayoutResolver(manifest, metadata, unsaid).resolve(tensor);
    return new InputSpec(
        layout,
        unsaid.orNote(filter, ResizeFilter.BILINEAR, "how images are resized", "input.resize"),
        unsaid.orNote(
            aspect, new Aspect.Stretch(), "what happens to other aspect ratios", "input.aspect"),
        said.background().orElse(WHITE),
        said.channelOrder().orElse(ChannelOrder.RGB),
        normalization(tensor, layout.channels()));
  }

  /** Returns a convention that comes with metadata of an image. */
  private <T> Optional<T> ofImage(T convention) {
    return metadata.describesImage() ? Optional.of(convention) : Optional.empty();
  }

  private Optional<Normalization> normalization(TensorSpec tensor, int channels)
      throws ModelLoadException {
    Optional<Normalization> said = manifest.input().normalization();
    boolean byConvention =
        said.isEmpty() && metadata.describesImage() && tensor.type() == TensorType.UINT8;
    if (manifest.input().raw() || byConvention) {
      return Optional.empty();
    }
    Optional<Normalization> known = said.isPresent() ? said : described();
    if (known.isEmpty()) {
      unsaid.note(
          "how pixels are normalised", "input.range (or input.mean and input.std, or input.raw)");
      return Optional.of(NONE);
    }
    check(known.get(), said.isPresent() ? manifest.file() : model, tensor, channels);
    return known;
  }

  private void check(Normalization normalization, Path source, TensorSpec tensor, int channels)
      throws ModelLoadException {
    for (List<Double> values : List.of(normalization.mean(), normalization.std())) {
      if (values.size() != 1 && values.size() != channels) {
        throw new ModelLoadException(
            source,
            "mean and std have %d values; expected 1, or one for each of %d channels."
                .formatted(values.size(), channels));
      }
    }
    if (tensor.type().isQuantized() && !tensor.quantization().fits(tensor.type())) {
      throw TensorChecks.badQuantization(
          model,
          "input",
          tensor,
          "set \"raw\": true in input of %s, in place of range, mean and std, if it takes the levels 0 to 255 as they are"
              .formatted(manifest.file().getFileName()));
    }
    new Levels(source, tensor, normalization).requireDistinct(channels);
  }

  private Optional<Normalization> described() throws ModelLoadException {
    if (metadata.mean().isEmpty() || metadata.std().isEmpty()) {
      return Optional.empty();
    }
    if (metadata.std().stream().anyMatch(std -> !(std > 0))) {
      throw new ModelLoadException(
          model,
          "its metadata has the std %s; expected numbers above 0.".formatted(metadata.std()));
    }
    return Optional.of(
        new Normalization(
            0,
            255,
            metadata.mean().stream().map(Float::doubleValue).toList(),
            metadata.std().stream().map(Float::doubleValue).toList()));
  }
}
