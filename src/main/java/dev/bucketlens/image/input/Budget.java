package dev.bucketlens.image.input;

import dev.bucketlens.image.ImageLimits;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;

/**
 * What one decode may still cost. Every parser spends it: the numbers that it reads, the bytes that
 * it copies and inflates, the memory that it takes. Whatever a file repeats, nests or claims, it
 * ends here; what a photo needs is a small part of it. Confined to one decode.
 */
public final class Budget {

  /** Each byte of a file may be read this often; a parser that reads straight on needs one. */
  private static final long READS_PER_BYTE = 4;

  /** Each byte of a file may be copied this often: a frame out of a file, metadata out of it. */
  private static final long COPIES_PER_BYTE = 2;

  /** Of inflated samples per allowed pixel: RGB with alpha, or RGB of 8 bits with room. */
  private static final long INFLATED_PER_PIXEL = 4;

  /**
   * Of the lists in a file's boxes, all together: a library looks each entry up among the others. A
   * photo of 2,000 tiles has fewer, and so has a sequence of some minutes.
   */
  private static final long LISTED = 10_000;

  /** For files of a few bytes, whose header may be read more than once. */
  private static final long SMALL = 1 << 16;

  private final ImageLimits limits;
  private final long fileBytes;
  private long reads;
  private long copies;
  private long inflation;
  private long listed = LISTED;
  private long memory;

  private Budget(ImageLimits limits, long fileBytes) {
    this.limits = limits;
    this.fileBytes = fileBytes;
    this.reads = READS_PER_BYTE * fileBytes + SMALL;
    this.copies = COPIES_PER_BYTE * fileBytes + SMALL;
    this.inflation = INFLATED_PER_PIXEL * limits.maxPixels() + SMALL;
    // No Java array is longer, whatever the limit says.
    this.memory = Math.min(limits.maxMemory(), Integer.MAX_VALUE - 16L);
  }

  /**
   * Opens the budget of a file.
   *
   * @throws ImageRejectedException if the file itself is too large
   */
  public static Budget of(ImageLimits limits, byte[] file) throws ImageRejectedException {
    if (file.length > limits.maxBytes()) {
      throw new ImageRejectedException(
          RejectionCode.TOO_MANY_BYTES, RejectionCode.tooManyBytes(file.length, limits.maxBytes()));
    }
    return new Budget(limits, file.length);
  }

  /** Returns what the budget was made of. */
  public ImageLimits limits() {
    return limits;
  }

  /** Holds an image's size against the limits. */
  public void admit(int width, int height) throws ImageRejectedException {
    if (width > limits.maxSide() || height > limits.maxSide()) {
      throw tooMany(
          "The image is %,dx%,d pixels; a side may have at most %,d."
              .formatted(width, height, limits.maxSide()));
    }
    long pixels = (long) width * height;
    if (pixels > limits.maxPixels()) {
      throw tooMany(
          "The image has %,d pixels; at most %,d are accepted."
              .formatted(pixels, limits.maxPixels()));
    }
    if (width < limits.minSide() || height < limits.minSide()) {
      throw new ImageRejectedException(
          RejectionCode.TOO_SMALL,
          "The image is %dx%d pixels; each side needs at least %d."
              .formatted(width, height, limits.minSide()));
    }
  }

  /**
   * Refuses a file that is too short for its image, before anything is decoded.
   *
   * @param units what the image is made of: pixels, blocks or bytes
   * @param mostPerByte how many of them the format's best compression makes of a byte
   */
  public void requireData(long units, long mostPerByte) throws ImageRejectedException {
    if (units > mostPerByte * fileBytes) {
      throw new ImageRejectedException(RejectionCode.TRUNCATED);
    }
  }

  /** Spends a byte that is read. */
  void read() throws ImageRejectedException {
    if (--reads < 0) {
      throw repetitive();
    }
  }

  /** Spends bytes that are copied, or read for a checksum. */
  public void copy(long bytes) throws ImageRejectedException {
    copies -= bytes;
    if (copies < 0) {
      throw repetitive();
    }
  }

  /** Spends bytes that are inflated. */
  public void inflate(long bytes) throws ImageRejectedException {
    inflation -= bytes;
    if (inflation < 0) {
      throw tooMany(
          "The image has more samples than the %,d pixels that are accepted may have."
              .formatted(limits.maxPixels()));
    }
  }

  /** Spends entries of a list, each of which is looked up among all others. */
  public void list(long entries) throws ImageRejectedException {
    listed -= entries;
    if (listed < 0) {
      throw repetitive();
    }
  }

  /** Spends memory that the decode holds until its end. */
  public void allocate(long bytes) throws ImageRejectedException {
    if (bytes > memory) {
      throw tooMany(
          "The image needs %,d bytes of memory to decode; at most %,d are allowed."
              .formatted(bytes, memory));
    }
    memory -= bytes;
  }

  private static ImageRejectedException tooMany(String sentence) {
    return new ImageRejectedException(RejectionCode.TOO_MANY_PIXELS, sentence);
  }

  private static ImageRejectedException repetitive() {
    return new ImageRejectedException(
        RejectionCode.CORRUPT,
        "The file repeats its headers more often than an image can; it cannot be decoded.");
  }
}
