package dev.bucketlens.classify;

import dev.bucketlens.flatbuffer.FlatBuffer.Table;
import dev.bucketlens.flatbuffer.MalformedException;
import java.util.List;
import java.util.Optional;

/**
 * The part of {@link Metadata} that {@code TensorMetadata} of the input holds.
 *
 * @param describesImage whether it describes an input, and not as something else than an image
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
  private static final int UNSAID = 0;
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
    int kind = content.isPresent() ? content.get().int8(CONTENT_KIND) : UNSAID;
    Optional<Table> properties =
        kind == IMAGE_PROPERTIES ? content.get().table(CONTENT_PROPERTIES) : Optional.empty();
    Optional<Table> size =
        properties.isPresent() ? properties.get().table(DEFAULT_SIZE) : Optional.empty();
    Optional<Table> normalization = TensorMetadata.options(tensor, TensorMetadata.NORMALIZATION);
    return new InputMetadata(
        // As in the Task Library, an input that is said to be nothing else is an image.
        kind == UNSAID || kind == IMAGE_PROPERTIES,
        size.isPresent() ? size.get().int32(WIDTH) : 0,
        size.isPresent() ? size.get().int32(HEIGHT) : 0,
        normalization.isPresent() ? normalization.get().floats(MEAN) : List.of(),
        normalization.isPresent() ? normalization.get().floats(STD) : List.of());
  }
}
