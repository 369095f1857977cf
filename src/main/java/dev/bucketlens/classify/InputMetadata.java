package dev.bucketlens.classify;

import dev.bucketlens.classify.FlatBuffer.MalformedException;
import dev.bucketlens.classify.FlatBuffer.Table;
import java.util.List;
import java.util.Optional;

/**
 * The part of {@link Metadata} that {@code TensorMetadata} of the input holds.
 *
 * @param describesImage whether it says that the input is an image
 * @param width of the image, where the tensor's shape leaves it open; 0 if not said
 * @param height of the image, likewise
 * @param mean per channel, or one for all; empty if not said
 * @param std per channel, or one for all; empty if not said
 */
record InputMetadata(
    boolean describesImage, int width, int height, List<Float> mean, List<Float> std) {

  static final InputMetadata NONE = new InputMetadata(false, 0, 0, List.of(), List.of());

  private static final int CONTENT = 3;
  private static final int CONTENT_KIND = 0;
  private static final int CONTENT_PROPERTIES = 1;
  private static final int IMAGE_PROPERTIES = 2;
  private static final int DEFAULT_SIZE = 1;
  private static final int WIDTH = 0;
  private static final int HEIGHT = 1;
  private static final int MEAN = 0;
  private static final int STD = 1;

  InputMetadata {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }

  static InputMetadata of(Table tensor) throws MalformedException {
    Optional<Table> content = tensor.table(CONTENT);
    boolean image = content.isPresent() && content.get().int8(CONTENT_KIND) == IMAGE_PROPERTIES;
    Optional<Table> properties = image ? content.get().table(CONTENT_PROPERTIES) : Optional.empty();
    Optional<Table> size =
        properties.isPresent() ? properties.get().table(DEFAULT_SIZE) : Optional.empty();
    Optional<Table> normalization = TensorMetadata.options(tensor, TensorMetadata.NORMALIZATION);
    return new InputMetadata(
        image,
        size.isPresent() ? size.get().int32(WIDTH) : 0,
        size.isPresent() ? size.get().int32(HEIGHT) : 0,
        normalization.isPresent() ? normalization.get().floats(MEAN) : List.of(),
        normalization.isPresent() ? normalization.get().floats(STD) : List.of());
  }
}
