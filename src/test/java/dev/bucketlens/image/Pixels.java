package dev.bucketlens.image;

/** Compares pixels. */
public final class Pixels {

  private Pixels() {}

  /** Returns the largest difference of any channel of any pixel, 0 to 255. */
  public static int largestDifference(byte[] one, byte[] other) {
    if (one.length != other.length) {
      throw new AssertionError("%d bytes against %d".formatted(one.length, other.length));
    }
    int largest = 0;
    for (int i = 0; i < one.length; i++) {
      largest = Math.max(largest, Math.abs((one[i] & 0xFF) - (other[i] & 0xFF)));
    }
    return largest;
  }

  /** Returns the mean difference of all channels. */
  public static double meanDifference(byte[] one, byte[] other) {
    long sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.abs((one[i] & 0xFF) - (other[i] & 0xFF));
    }
    return (double) sum / one.length;
  }
}
