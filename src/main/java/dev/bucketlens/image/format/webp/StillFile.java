package dev.bucketlens.image.format.webp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Makes a still image of a frame of an animation: all that libwebp's plain decoder takes. */
final class StillFile {

  private StillFile() {}

  /**
   * Returns a file of one frame: an extended header, for its alpha, and the frame's own chunks.
   *
   * @param width of the frame in pixels, 1 to 2^24
   * @param height likewise
   */
  static byte[] of(byte[] chunks, int width, int height) {
    ByteBuffer head = ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN);
    head.put(ascii("RIFF")).putInt(22 + chunks.length).put(ascii("WEBPVP8X")).putInt(10);
    head.putInt(WebpHeader.ALPHA_FLAG);
    head.put((byte) (width - 1)).putShort((short) ((width - 1) >> 8));
    head.put((byte) (height - 1)).putShort((short) ((height - 1) >> 8));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.array());
    out.writeBytes(chunks);
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
