package dev.bucketlens.image.format.tiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bucketlens.image.ImageDecoder;
import dev.bucketlens.image.ImageLimits;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.PixelRequest;
import dev.bucketlens.image.RejectionCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Directories that Pillow does not write. */
class TiffDirectoryTest {

  private static final int WIDTH = 61;
  private static final int HEIGHT = 47;
  private static final int HEADER = 8;
  private static final int ENTRY = 12;

  private static final ImageDecoder DECODER = ImageDecoder.open(ImageLimits.defaults());

  private final List<int[]> fields = new ArrayList<>();

  /** libtiff takes the first of them, and would need more memory than the second one asks for. */
  @Test
  void decode_shouldCallItDamaged_whenTheDirectoryNamesTheRowsOfAStripTwice() {
    gray16().field(278, HEIGHT).field(278, 1);

    assertThatThrownBy(() -> DECODER.decode(file(new byte[2 * WIDTH * HEIGHT]), whole()))
        .isInstanceOfSatisfying(
            ImageRejectedException.class,
            e -> assertThat(e.code()).isEqualTo(RejectionCode.CORRUPT));
  }

  @Test
  void decode_shouldReadIt_whenTheDirectoryNamesTheRowsOfAStripOnce() throws Exception {
    gray16().field(278, HEIGHT);
    byte[] samples = new byte[2 * WIDTH * HEIGHT];
    Arrays.fill(samples, (byte) 0x80);

    assertThat(DECODER.decode(file(samples), whole()).pixels().pixels()).containsOnly(0x80);
  }

  /** Each row of each plane begins with a byte of its own. */
  @Test
  void decode_shouldReadAllPlanes_whenRowsArePadded() throws Exception {
    int plane = (WIDTH + 7) / 8 * HEIGHT;
    field(256, WIDTH).field(257, HEIGHT).field(258, 1).field(262, 2).field(277, 3);
    field(278, HEIGHT).field(284, 2);
    byte[] magenta = new byte[3 * plane];
    Arrays.fill(magenta, 0, plane, (byte) 0xFF);
    Arrays.fill(magenta, 2 * plane, 3 * plane, (byte) 0xFF);

    byte[] pixels = DECODER.decode(file(magenta), whole()).pixels().pixels();

    byte[] expected = new byte[3 * WIDTH * HEIGHT];
    for (int at = 0; at < expected.length; at++) {
      expected[at] = (byte) (at % 3 == 1 ? 0 : 0xFF);
    }
    assertThat(pixels).isEqualTo(expected);
  }

  private TiffDirectoryTest gray16() {
    return field(256, WIDTH).field(257, HEIGHT).field(258, 16).field(262, 1).field(277, 1);
  }

  private TiffDirectoryTest field(int tag, int value) {
    fields.add(new int[] {tag, value});
    return this;
  }

  private static PixelRequest whole() {
    return PixelRequest.ofSize(WIDTH, HEIGHT);
  }

  /** Returns a file of the fields, with its data in one strip for each plane. */
  private byte[] file(byte[] data) {
    int planes = fields.stream().anyMatch(field -> field[0] == 284) ? 3 : 1;
    int lists = HEADER + 2 + (fields.size() + 2) * ENTRY + 4;
    int first = lists + 2 * planes * Integer.BYTES;
    ByteBuffer file = ByteBuffer.allocate(first + data.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(HEADER);
    file.putShort((short) (fields.size() + 2));
    int strip = data.length / planes;
    for (int[] field : fields) {
      entry(file, field[0], 3, 1, field[1]);
    }
    entry(file, 273, 4, planes, planes == 1 ? first : lists);
    entry(file, 279, 4, planes, planes == 1 ? strip : lists + planes * Integer.BYTES);
    file.position(lists);
    for (int plane = 0; plane < planes; plane++) {
      file.putInt(first + plane * strip);
    }
    for (int plane = 0; plane < planes; plane++) {
      file.putInt(strip);
    }
    return file.put(data).array();
  }

  private static void entry(ByteBuffer file, int tag, int type, int count, int value) {
    file.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
  }
}
