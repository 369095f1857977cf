package dev.bucketlens.image.format.jpeg;

import java.util.Arrays;

/**
 * The scans of a JPEG, and where they end (ITU-T T.81, annex B). Phones and programs put films,
 * other pictures and data of their own behind the image, whose bytes hold any marker; nothing there
 * is read.
 *
 * @param ends where each scan's data ends
 * @param end of the image: behind its end marker or, if that is missing, at the end of the file or
 *     where something stands that cannot follow a scan; of one scan, at the end of the file, or
 *     before its last marker if zeros stand before that
 * @param ended whether the end marker is there
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one decode
record JpegScans(int[] ends, int end, boolean ended) {

  private static final int TEM = 0x01;
  private static final int SOF0 = 0xC0;
  private static final int RST0 = 0xD0;
  private static final int RST7 = 0xD7;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int DNL = 0xDC;
  private static final int DRI = 0xDD;
  private static final int APP0 = 0xE0;
  private static final int APP15 = 0xEF;
  private static final int COM = 0xFE;

  /** Zeros that are no longer taken for what a row may end with. */
  private static final int FILLING = 32;

  /**
   * Returns the only scan. Zeros before an end marker are what a copy was filled up with that lacks
   * its last part but for the very end: the image ends with them, as it does without the marker.
   */
  static JpegScans one(byte[] file, int start) {
    int end = isFilledUp(file, start) ? file.length - 2 : file.length;
    return new JpegScans(new int[] {end}, end, hasEndMarker(file, start));
  }

  private static boolean isFilledUp(byte[] file, int start) {
    int end = file.length - 2;
    if (end - FILLING < start || !isEnd(file, end)) {
      return false;
    }
    for (int i = 1; i <= FILLING; i++) {
      if (file[end - i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether an end marker is there; trailing data may follow it. */
  private static boolean hasEndMarker(byte[] file, int start) {
    for (int at = file.length - 2; at >= start; at--) {
      if (isEnd(file, at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEnd(byte[] file, int at) {
    return file[at] == (byte) 0xFF && (file[at + 1] & 0xFF) == EOI;
  }

  /**
   * Walks through the scans, as libjpeg does.
   *
   * @param start behind the first scan's marker
   * @param most scans that are walked through, one more at most
   */
  static JpegScans walk(byte[] file, int start, int most) {
    int[] ends = new int[most + 1];
    int count = 0;
    int at = nextMarker(file, start);
    while (true) {
      int marker = file[at] == (byte) 0xFF && at + 1 < file.length ? file[at + 1] & 0xFF : 0;
      if (marker == EOI || !mayFollow(marker) || count == most) {
        ends[count] = at;
        int end = marker == EOI ? at + 2 : marker == 0 ? file.length : at;
        return new JpegScans(Arrays.copyOf(ends, count + 1), end, marker == EOI);
      }
      if (marker == SOS) {
        ends[count++] = at;
      }
      int length = at + 3 < file.length ? ((file[at + 2] & 0xFF) << 8) | (file[at + 3] & 0xFF) : 2;
      at = nextMarker(file, (int) Math.min(at + 2L + Math.max(length, 2), file.length - 1L));
    }
  }

  int count() {
    return ends.length;
  }

  boolean several() {
    return count() > 1;
  }

  /** Returns where the next marker begins that is none of a scan's own, or the file's last byte. */
  private static int nextMarker(byte[] file, int from) {
    int at = from;
    while (at < file.length - 1) {
      if (file[at] != (byte) 0xFF) {
        at++;
        continue;
      }
      int marker = file[at + 1] & 0xFF;
      if (marker == 0xFF) {
        at++;
      } else if (marker <= TEM || (marker >= RST0 && marker <= RST7)) {
        at += 2;
      } else {
        return at;
      }
    }
    return file.length - 1;
  }

  /** Whether libjpeg goes on at a marker behind a scan: tables, another scan, or what it skips. */
  private static boolean mayFollow(int marker) {
    return (marker >= SOF0 && marker < RST0)
        || (marker >= SOS && marker <= DRI)
        || isSkipped(marker);
  }

  /** Whether libjpeg skips a segment, whatever its length. */
  static boolean isSkipped(int marker) {
    return (marker >= APP0 && marker <= APP15) || marker == COM || marker == DNL;
  }
}
