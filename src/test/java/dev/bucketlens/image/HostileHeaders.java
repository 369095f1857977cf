package dev.bucketlens.image;

import static dev.bucketlens.testing.IsoBox.box;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Files whose headers repeat what may be repeated: each structure of each format, as often as fits.
 * A parser that does the work again for each of them would take minutes.
 */
final class HostileHeaders {

  private static final int TIFF_BITS = 258;
  private static final int TIFF_EXTRA_SAMPLES = 338;
  private static final int TIFF_PROFILE = 34675;
  private static final int MOST_ENTRIES = 65_535;

  private final int size;

  HostileHeaders(int size) {
    this.size = size;
  }

  /** Returns files of about the size, by what they repeat. */
  Map<String, byte[]> files() {
    byte[] zeros = deflated(new byte[size]);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("TIFF profiles", tiff(TIFF_PROFILE, 7));
    files.put("TIFF lists of bits", tiff(TIFF_BITS, 3));
    files.put("TIFF lists of extra samples", tiff(TIFF_EXTRA_SAMPLES, 3));
    files.put("AVIF boxes", avif(box("free", new byte[0])));
    files.put("AVIF descriptions", avif(box("meta", box("hdlr", new byte[24]))));
    files.put("AVIF items", avif(box("meta", items())));
    files.put("PNG profiles", png(chunk("iCCP", join(ascii("x\0\0"), zeros))));
    files.put("PNG orientations", png(chunk("eXIf", exif())));
    files.put("PNG palettes", png(chunk("PLTE", new byte[3 * 256])));
    files.put("PNG data", png(chunk("IDAT", new byte[0])));
    files.put("JPEG scans", jpeg(bytes(0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0)));
    files.put("JPEG comments behind a scan", scanned(bytes(0xFF, 0xFE, 0, 2)));
    files.put("JPEG scans behind the end", scanned(bytes(0xFF, 0xD9, 0xFF, 0xDA, 0, 2)));
    files.put("JPEG tables behind a scan", scanned(segment(0xC4, new byte[17])));
    files.put("JPEG comments", jpeg(bytes(0xFF, 0xFE, 0, 2)));
    files.put(
        "JPEG profiles", jpeg(segment(0xE2, join(ascii("ICC_PROFILE\0\1\1"), new byte[60_000]))));
    files.put("JPEG orientations", jpeg(segment(0xE1, join(ascii("Exif\0\0"), exif()))));
    files.put("GIF comments", gif(bytes(0x21, 0xFE, 1, 0, 0)));
    files.put("GIF controls", gif(bytes(0x21, 0xF9, 4, 1, 0, 0, 0, 0)));
    files.put("WebP profiles", webp(riff("ICCP", new byte[1000])));
    files.put("WebP orientations", webp(riff("EXIF", exif())));
    files.put("WebP frames", webp(riff("ANMF", new byte[17])));
    files.put("BMP runs beyond the row", bmp(bytes(0xFF, 1)));
    files.put("BMP literals beyond the row", bmp(bytes(0, 4, 1, 1, 1, 1)));
    return files;
  }

  /** A directory that has one field as often as it can. */
  private byte[] tiff(int tag, int type) {
    int count = Math.min(MOST_ENTRIES, size / 12 - 100);
    ByteBuffer file = little(size);
    file.put(ascii("II*\0")).putInt(8).putShort((short) count);
    int[][] entries = {{256, 3, 1, 8}, {257, 3, 1, 8}, {258, 3, 1, 8}, {262, 3, 1, 1}};
    for (int i = 0; i < count; i++) {
      int[] entry = i < entries.length ? entries[i] : new int[] {tag, type, size - 1000, 1000};
      file.putShort((short) entry[0]).putShort((short) entry[1]);
      file.putInt(entry[2]).putInt(entry[3]);
    }
    return content(file);
  }

  private byte[] png(byte[] repeated) {
    ByteBuffer header = ByteBuffer.allocate(13).putInt(8).putInt(8).put(bytes(8, 2, 0, 0, 0));
    byte[] data = deflated(new byte[8 * 25]);
    return repeat(
        join(ascii("\u0089PNG\r\n\u001A\n"), chunk("IHDR", header.array())),
        repeated,
        join(chunk("IDAT", data), chunk("IEND", new byte[0])));
  }

  private byte[] jpeg(byte[] repeated) {
    byte[] frame = bytes(0xFF, 0xC2, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0);
    return repeat(join(bytes(0xFF, 0xD8, 0xFF, 0xFE, 0, 2), frame), repeated, bytes(0xFF, 0xD9));
  }

  /** What is repeated stands behind the first scan. */
  private byte[] scanned(byte[] repeated) {
    byte[] frame = bytes(0xFF, 0xC2, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0);
    byte[] scan = bytes(0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0, 0, 0, 0);
    return repeat(join(bytes(0xFF, 0xD8), join(frame, scan)), repeated, bytes(0xFF, 0xD9));
  }

  private byte[] avif(byte[] repeated) {
    return repeat(box("ftyp", ascii("avif\0\0\0\0avif")), repeated, new byte[0]);
  }

  /** As many pictures as a file can name. */
  private byte[] items() {
    byte[] handler = box("hdlr", join(new byte[8], join(ascii("pict"), new byte[13])));
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    list.writeBytes(bytes(1, 0, 0, 0, 0, 0, 0xFF, 0xFF));
    for (int i = 1; i <= MOST_ENTRIES && list.size() < size; i++) {
      list.writeBytes(box("infe", join(bytes(2, 0, 0, 0, i >> 8, i, 0, 0), ascii("av01\0"))));
    }
    return join(new byte[4], join(handler, box("iinf", list.toByteArray())));
  }

  private byte[] gif(byte[] repeated) {
    byte[] frame = bytes(0x2C, 0, 0, 0, 0, 2, 0, 2, 0, 0, 2, 2, 0x44, 1, 0, 0x3B);
    return repeat(
        join(ascii("GIF89a"), bytes(2, 0, 2, 0, 0x80, 0, 0, 1, 2, 3, 4, 5, 6)), repeated, frame);
  }

  private byte[] webp(byte[] repeated) {
    ByteBuffer start = little(12).put(ascii("RIFF")).putInt(size).put(ascii("WEBP"));
    byte[] extended = riff("VP8X", bytes(0x2C, 0, 0, 0, 7, 0, 0, 7, 0, 0));
    return repeat(join(content(start), extended), repeated, new byte[0]);
  }

  private byte[] bmp(byte[] repeated) {
    ByteBuffer start = little(14 + 40 + 4 * 256).put(ascii("BM")).putInt(size).putInt(0);
    start.putInt(start.capacity()).putInt(40).putInt(2).putInt(2).putShort((short) 1);
    start.putShort((short) 8).putInt(1);
    return repeat(content(start), repeated, bytes(0, 1));
  }

  private byte[] repeat(byte[] start, byte[] repeated, byte[] end) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(start);
    while (file.size() < size) {
      file.writeBytes(repeated);
    }
    file.writeBytes(end);
    return file.toByteArray();
  }

  /** Of as many entries as a directory can have, none of which says how to turn. */
  private static byte[] exif() {
    int entries = 4000;
    ByteBuffer block = little(10 + 12 * entries).put(ascii("II*\0")).putInt(8);
    return content(block.putShort((short) entries));
  }

  private static byte[] segment(int marker, byte[] content) {
    int length = content.length + 2;
    return join(bytes(0xFF, marker, length >> 8, length), content);
  }

  private static byte[] riff(String type, byte[] content) {
    byte[] head = content(little(8).put(ascii(type)).putInt(content.length));
    return join(join(head, content), new byte[content.length & 1]);
  }

  private static byte[] chunk(String type, byte[] content) {
    byte[] named = join(ascii(type), content);
    CRC32 checksum = new CRC32();
    checksum.update(named);
    ByteBuffer chunk = ByteBuffer.allocate(named.length + 8).putInt(content.length).put(named);
    return chunk.putInt((int) checksum.getValue()).array();
  }

  private static byte[] deflated(byte[] content) {
    try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
      deflater.setInput(content);
      deflater.finish();
      byte[] buffer = new byte[content.length + 64];
      int length = deflater.deflate(buffer);
      return Arrays.copyOf(buffer, length);
    }
  }

  private static ByteBuffer little(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] content(ByteBuffer buffer) {
    byte[] content = new byte[buffer.capacity()];
    buffer.get(0, content);
    return content;
  }

  private static byte[] join(byte[] one, byte[] other) {
    return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
