package dev.bucketlens.lambda;

/**
 * What a function's memory leaves to a photo. Lambda ends a process that takes more than the
 * function has, with all that it works on; a photo that would need too much is rejected instead.
 *
 * <p>Java's heap may grow to about 85 % of the memory, whatever the settings say: Lambda gives its
 * size on the command line, after them. So what keeps the process alive is what is asked for.
 */
final class FunctionMemory {
  private static final long MEBIBYTE = 1L << 20;

  /** The JVM without its heap, the model, the clients of AWS, and files that wait. */
  private static final long WITHOUT_PHOTOS = 256 * MEBIBYTE;

  /** Two photos are decoded at once, and as much again is free in a heap that has just grown. */
  private static final int SHARES = 3;

  private FunctionMemory() {}

  /**
   * Returns the bytes that one decode may take.
   *
   * @param megabytes of the function, 512 or more
   * @param most where the function has more than enough
   */
  static long forOnePhoto(long megabytes, long most) {
    return Math.clamp((megabytes * MEBIBYTE - WITHOUT_PHOTOS) / SHARES, 16 * MEBIBYTE, most);
  }
}
