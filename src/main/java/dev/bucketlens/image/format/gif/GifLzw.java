package dev.bucketlens.image.format.gif;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.image.input.ByteReader;

/**
 * GIF's variant of LZW: codes of growing length, lowest bit first, in blocks of up to 255 bytes.
 */
final class GifLzw {

  private static final int MAX_CODE_BITS = 12;
  private static final int MAX_CODES = 1 << MAX_CODE_BITS;
  private static final int NO_CODE = -1;

  /** Eight suffice for 256 colours; some writers say more, and leave the codes between unused. */
  private static final int MAX_MINIMUM_BITS = 11;

  private final ByteReader reader;
  private final int minimumBits;
  private final short[] prefix = new short[MAX_CODES];
  private final byte[] suffix = new byte[MAX_CODES];
  private final byte[] stack = new byte[MAX_CODES + 1];

  /** The code that the next string will get. */
  private int next;

  private int codeBits;
  private int previous;

  /** The first index of the last string. */
  private byte first;

  private int blockLeft;
  private int bits;
  private int bitCount;

  /**
   * @param reader at the frame's minimum code size
   */
  GifLzw(ByteReader reader) throws ImageRejectedException {
    this.reader = reader;
    this.minimumBits = reader.u8();
    if (minimumBits < 1 || minimumBits > MAX_MINIMUM_BITS) {
      throw corrupt();
    }
    for (int i = 0; i < 1 << minimumBits; i++) {
      suffix[i] = (byte) i;
    }
  }

  /** Returns the first {@code count} palette indices. */
  byte[] decode(int count) throws ImageRejectedException {
    byte[] indices = new byte[count];
    int clear = 1 << minimumBits;
    int at = 0;
    reset();
    while (at < count) {
      int code = readCode(codeBits);
      if (code == clear) {
        reset();
      } else if (code == clear + 1) {
        throw new ImageRejectedException(RejectionCode.TRUNCATED);
      } else if (code > next || (code == next && previous == NO_CODE)) {
        throw corrupt();
      } else {
        for (int depth = stackString(code); depth > 0 && at < count; at++) {
          indices[at] = stack[--depth];
        }
        addString();
        previous = code;
      }
    }
    return indices;
  }

  private void reset() {
    next = (1 << minimumBits) + 2;
    codeBits = minimumBits + 1;
    previous = NO_CODE;
  }

  /** Puts the string of a code on the stack, its first index on top, and returns its length. */
  private int stackString(int code) {
    int depth = 0;
    int walk = code;
    if (code == next) {
      stack[depth++] = first;
      walk = previous;
    }
    for (; walk >= 1 << minimumBits; walk = prefix[walk]) {
      stack[depth++] = suffix[walk];
    }
    first = suffix[walk];
    stack[depth++] = first;
    return depth;
  }

  /** Gives the next free code to the previous string and the first index of this one. */
  private void addString() {
    if (previous != NO_CODE && next < MAX_CODES) {
      prefix[next] = (short) previous;
      suffix[next++] = first;
      if (next == 1 << codeBits && codeBits < MAX_CODE_BITS) {
        codeBits++;
      }
    }
  }

  private int readCode(int length) throws ImageRejectedException {
    while (bitCount < length) {
      if (blockLeft == 0) {
        blockLeft = reader.u8();
        if (blockLeft == 0) {
          throw new ImageRejectedException(RejectionCode.TRUNCATED);
        }
      }
      blockLeft--;
      bits |= reader.u8() << bitCount;
      bitCount += 8;
    }
    int code = bits & (1 << length) - 1;
    bits >>>= length;
    bitCount -= length;
    return code;
  }

  private static ImageRejectedException corrupt() {
    return new ImageRejectedException(
        RejectionCode.CORRUPT, "The GIF's pixels are damaged; it cannot be decoded.");
  }
}
