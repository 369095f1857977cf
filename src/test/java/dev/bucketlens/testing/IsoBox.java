package dev.bucketlens.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Boxes of ISO/IEC 14496-12, which AVIF and HEIF are made of. */
public final class IsoBox {
  private static final int HEAD = 8;

  private IsoBox() {}

  /** A box whose size is in its head. */
  public static byte[] box(String type, byte[] content) {
    return ByteBuffer.allocate(HEAD + content.length)
        .putInt(HEAD + content.length)
        .put(type.getBytes(StandardCharsets.ISO_8859_1))
        .put(content)
        .array();
  }
}
