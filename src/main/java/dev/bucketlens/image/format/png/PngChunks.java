package dev.bucketlens.image.format.png;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.image.input.Budget;
import dev.bucketlens.image.input.ByteReader;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The inflated image data of a PNG, read across its IDAT chunks. Close it: zlib's memory is native.
 */
final class PngChunks implements AutoCloseable {

  private final byte[] file;
  private final Budget budget;
  private final ByteReader reader;
  private final Inflater inflater = new Inflater();

  /**
   * @param firstData where the first IDAT chunk begins
   */
  PngChunks(byte[] file, int firstData, Budget budget) throws ImageRejectedException {
    this.file = file;
    this.budget = budget;
    this.reader = ByteReader.bigEndian(file, budget).seek(firstData);
  }

  /** Fills the line with inflated bytes. */
  void read(ByteBuffer line) throws ImageRejectedException {
    while (line.hasRemaining()) {
      try {
        inflater.inflate(line);
      } catch (DataFormatException e) {
        throw new ImageRejectedException(
            RejectionCode.CORRUPT, "The PNG's pixels are damaged; it cannot be decoded.", e);
      }
      if (line.hasRemaining()) {
        feed();
      }
    }
  }

  private void feed() throws ImageRejectedException {
    if (inflater.finished() || inflater.needsDictionary()) {
      throw PngHeader.corrupt("has fewer pixels than it says");
    }
    if (!inflater.needsInput()) {
      return;
    }
    long length = reader.u32();
    if (!reader.at("IDAT")) {
      throw new ImageRejectedException(RejectionCode.TRUNCATED);
    }
    int type = reader.position();
    reader.skip(8 + length);
    requireChecksum(file, type, length, budget);
    inflater.setInput(file, type + 4, (int) length);
  }

  /**
   * Checks a chunk's CRC.
   *
   * @param type where the chunk's type begins
   * @param length of the chunk's content
   */
  static void requireChecksum(byte[] file, int type, long length, Budget budget)
      throws ImageRejectedException {
    ByteReader reader = ByteReader.bigEndian(file, budget).seek(type + 4 + length);
    CRC32 checksum = new CRC32();
    checksum.update(file, type, 4 + (int) length);
    if (reader.u32() != checksum.getValue()) {
      throw PngHeader.corrupt("has a chunk with a wrong checksum");
    }
  }

  @Override
  public void close() {
    inflater.close();
  }
}
