package dev.bucketlens.image.resize;

/**
 * The samples of each pixel of the rows that a {@link Resizer} is given.
 *
 * @param count 3, or 1 for gray
 * @param gray whether colours are made gray before they are resized, as Pillow's {@code
 *     convert("L").resize(…)} does
 */
public record Channels(int count, boolean gray) {

  /** As they come. */
  public static Channels of(int count) {
    return new Channels(count, false);
  }
}
