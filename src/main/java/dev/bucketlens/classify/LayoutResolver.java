package dev.bucketlens.classify;

import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.engine.TensorSpec;
import java.util.List;
import java.util.Optional;

/** Decides how an image lies in the input tensor: by its shape, where that has one meaning. */
final class LayoutResolver {

  /** Stands in for a number that depends on a size that nobody says: no mean has too many. */
  private static final int MOST_CHANNELS = 3;

  private final Manifest manifest;
  private final InputMetadata metadata;
  private final Unsaid unsaid;

  LayoutResolver(Manifest manifest, InputMetadata metadata, Unsaid unsaid) {
    this.manifest = manifest;
    this.metadata = metadata;
    this.unsaid = unsaid;
  }

  /**
   * @param tensor one that can be read as an image
   */
  InputLayout resolve(TensorSpec tensor) throws ModelLoadException {
    Optional<ChannelPlace> said = manifest.input().layout();
    List<TensorAxes> readings = TensorAxes.readings(tensor.shape(), said);
    if (readings.isEmpty()) {
      throw new ModelLoadException(
          manifest.file(),
          "input.layout is \"%s\"; expected \"%s\", which the model's input %s has."
              .formatted(
                  said.orElseThrow().text(),
                  TensorAxes.readings(tensor.shape(), Optional.empty()).getFirst().place().text(),
                  tensor));
    }
    Optional<InputLayout> layout = sized(readings.getFirst(), tensor);
    boolean flatColour =
        readings.getFirst().leavesChannelsOpen() && layout.map(InputLayout::channels).orElse(1) > 1;
    if (readings.size() > 1 || (flatColour && said.isEmpty())) {
      unsaid.noteForManifest(
          "whether the channels come first or last in %s".formatted(tensor.shape()),
          "input.layout");
    }
    return layout.orElse(
        new InputLayout(1, 1, MOST_CHANNELS, readings.getFirst().place(), tensor.shape()));
  }

  /**
   * @return empty if the size of its images is not said, for which a note is taken
   */
  private Optional<InputLayout> sized(TensorAxes axes, TensorSpec tensor)
      throws ModelLoadException {
    List<Integer> shape = tensor.shape();
    Manifest.Input said = manifest.input();
    int width = side("width", axes.fixedWidth(shape), said.width(), metadata.width());
    int height = side("height", axes.fixedHeight(shape), said.height(), metadata.height());
    Optional<InputLayout> layout = axes.layout(shape, width, height);
    if (layout.isEmpty()
        && isSaid(said.width(), metadata.width())
        && isSaid(said.height(), metadata.height())) {
      throw new ModelLoadException(
          manifest.file(),
          "input.width is %d and input.height is %d; expected a product of %d, or in colour a third of that, for the model's input %s."
              .formatted(width, height, TensorAxes.levels(shape), tensor));
    }
    return layout;
  }

  private int side(String name, int fixed, Optional<Integer> said, int described)
      throws ModelLoadException {
    if (fixed < 1) {
      return unsaid.orNote(
          said.or(() -> described > 0 ? Optional.of(described) : Optional.empty()),
          1,
          "the %s of its images, which the tensor leaves open".formatted(name),
          "input." + name);
    }
    if (said.isPresent() && said.get() != fixed) {
      throw new ModelLoadException(
          manifest.file(),
          "input.%s is %d; expected %d, the size of the model's input."
              .formatted(name, said.get(), fixed));
    }
    return fixed;
  }

  private static boolean isSaid(Optional<Integer> said, int described) {
    return said.isPresent() || described > 0;
  }
}
