package dev.bucketlens.classify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One way to read the shape of a tensor as an image: which of its dimensions is what.
 *
 * @param place where the channels are
 * @param height the dimension of the rows; {@link #NONE} in a flat list of levels
 * @param width the dimension of the columns; {@link #NONE} likewise
 * @param channels the dimension of the channels; {@link #NONE} for gray without one
 */
record TensorAxes(ChannelPlace place, int height, int width, int channels) {

  /** In the place of a dimension that is not there. */
  static final int NONE = -1;

  /** As a length: decided when the model is opened. */
  private static final int OPEN = -1;

  /** How many channels a pixel has that is not gray. */
  private static final int COLOURS = 3;

  /**
   * Returns every way to read a shape, those that mean the same image only once; none if it is no
   * image.
   *
   * @param said the manifest's word on it: only what it allows is returned
   */
  static List<TensorAxes> readings(List<Integer> shape, Optional<ChannelPlace> said) {
    List<TensorAxes> row = ofRow(shape);
    List<TensorAxes> all =
        switch (shape.size()) {
          case 1 -> ofOne(shape);
          case 2 -> ofTwo(shape);
          case 3 -> row.isEmpty() ? ofThree(shape) : row;
          case 4 -> row.isEmpty() ? ofFour(shape) : row;
          default -> List.of();
        };
    Map<List<Integer>, TensorAxes> distinct = new LinkedHashMap<>();
    for (TensorAxes axes : all) {
      if (said.isEmpty() || said.get() == axes.place) {
        distinct.putIfAbsent(List.of(axes.height, axes.width, axes.channelCount(shape)), axes);
      }
    }
    return List.copyOf(distinct.values());
  }

  /** A flat list of levels; one of an open length would not tell gray from colour. */
  private static List<TensorAxes> ofOne(List<Integer> shape) {
    return shape.getLast() == OPEN
        ? List.of()
        : List.of(flat(ChannelPlace.NHWC), flat(ChannelPlace.NCHW));
  }

  /**
   * Rows and columns of gray; or, for one image or one that is left open, a flat list of levels.
   */
  private static List<TensorAxes> ofTwo(List<Integer> shape) {
    boolean open = shape.getFirst() == OPEN && shape.getLast() == OPEN;
    return isOne(shape.getFirst()) && !open ? ofOne(shape) : gray(0);
  }

  /**
   * What would be an image of one row, such as {@code [1, 1, 1, 784]} or {@code [1, 784, 3]}, is a
   * flat list of levels, or of the pixels' channels: no photo is one pixel high.
   *
   * @return empty if the shape has room for more rows than one, or they are open
   */
  private static List<TensorAxes> ofRow(List<Integer> shape) {
    List<Integer> lengths = new ArrayList<>(shape);
    lengths.removeIf(length -> length == 1);
    if (shape.getFirst() == OPEN && (shape.size() == 4 || lengths.size() == 2)) {
      lengths.removeFirst();
    }
    if (lengths.stream().noneMatch(length -> length > COLOURS) || lengths.contains(OPEN)) {
      return List.of();
    }
    if (lengths.size() == 1) {
      return List.of(flat(ChannelPlace.NHWC), flat(ChannelPlace.NCHW));
    }
    if (lengths.size() > 2 || !lengths.contains(COLOURS)) {
      return List.of();
    }
    ChannelPlace place = lengths.getLast() == COLOURS ? ChannelPlace.NHWC : ChannelPlace.NCHW;
    return List.of(new TensorAxes(place, NONE, NONE, shape.indexOf(COLOURS)));
  }

  private static List<TensorAxes> ofThree(List<Integer> shape) {
    List<TensorAxes> axes = new ArrayList<>();
    if (isColour(shape.get(2))) {
      axes.add(new TensorAxes(ChannelPlace.NHWC, 0, 1, 2));
    }
    if (isColour(shape.get(0))) {
      axes.add(new TensorAxes(ChannelPlace.NCHW, 1, 2, 0));
    }
    if (isOne(shape.get(0)) && !isColour(shape.get(2))) {
      axes.addAll(gray(1));
    }
    return axes;
  }

  private static List<TensorAxes> ofFour(List<Integer> shape) {
    List<TensorAxes> axes = new ArrayList<>();
    if (isOne(shape.get(0)) && isColour(shape.get(3))) {
      axes.add(new TensorAxes(ChannelPlace.NHWC, 1, 2, 3));
    }
    if (isOne(shape.get(0)) && isColour(shape.get(1))) {
      axes.add(new TensorAxes(ChannelPlace.NCHW, 2, 3, 1));
    }
    return axes;
  }

  private static List<TensorAxes> gray(int height) {
    return List.of(
        new TensorAxes(ChannelPlace.NHWC, height, height + 1, NONE),
        new TensorAxes(ChannelPlace.NCHW, height, height + 1, NONE));
  }

  private static TensorAxes flat(ChannelPlace place) {
    return new TensorAxes(place, NONE, NONE, NONE);
  }

  private static boolean isOne(int length) {
    return length == 1 || length == OPEN;
  }

  private static boolean isColour(int length) {
    return length == 1 || length == COLOURS;
  }

  /** Whether the tensor is a list of levels that does not say how wide and high the image is. */
  boolean isFlat() {
    return height == NONE;
  }

  /** Whether it is one that may have one channel or three, as the size of its images tells. */
  boolean leavesChannelsOpen() {
    return isFlat() && channels == NONE;
  }

  /** Returns how many levels a flat list has. */
  static int levels(List<Integer> shape) {
    return shape.stream().mapToInt(Math::abs).reduce(1, Math::multiplyExact);
  }

  /** Returns how many channels a tensor of that shape has; 1 for gray without their dimension. */
  private int channelCount(List<Integer> shape) {
    return channels == NONE ? 1 : shape.get(channels);
  }

  /** Returns the length of the dimension of rows; -1 if it is open, or there is none. */
  int fixedHeight(List<Integer> shape) {
    return isFlat() ? OPEN : shape.get(height);
  }

  /** As {@link #fixedHeight}, of columns. */
  int fixedWidth(List<Integer> shape) {
    return isFlat() ? OPEN : shape.get(width);
  }

  /**
   * Returns the layout for images of that size; of a flat list, the size tells the channels.
   *
   * @return empty if a flat list has another number of levels than such images, gray or in colour
   */
  Optional<InputLayout> layout(List<Integer> tensor, int imageWidth, int imageHeight) {
    List<Integer> shape = new ArrayList<>(tensor);
    if (isFlat()) {
      long pixels = (long) imageWidth * imageHeight;
      long levels = levels(shape);
      shape.replaceAll(Math::abs);
      boolean gray = leavesChannelsOpen() && levels == pixels;
      return gray || levels == COLOURS * pixels
          ? Optional.of(
              new InputLayout(imageWidth, imageHeight, (int) (levels / pixels), place, shape))
          : Optional.empty();
    }
    shape.set(height, imageHeight);
    shape.set(width, imageWidth);
    shape.replaceAll(Math::abs);
    return Optional.of(
        new InputLayout(imageWidth, imageHeight, channelCount(tensor), place, shape));
  }
}
