package dev.bucketlens.image.format.avif;

import static dev.bucketlens.testing.IsoBox.box;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bucketlens.image.ImageLimits;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.input.Budget;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AvifBoxesTest {

  private static final int VERSION = 4;

  @ParameterizedTest
  @CsvSource({
    "iinf, meta",
    "iloc, meta",
    "iref, meta",
    "ipma, iprp meta",
    "iloc, meta trak moov",
    "stsc, stbl minf mdia trak moov",
    "stco, stbl minf mdia trak moov",
    "co64, stbl minf mdia trak moov"
  })
  void pay_shouldRefuse_whenABoxListsMoreThanAPictureHas(String list, String parents) {
    assertThatThrownBy(() -> pay(nested(list, 400_000, parents)))
        .isInstanceOf(ImageRejectedException.class)
        .hasMessageContaining("repeats its headers");
    assertThatCode(() -> pay(nested(list, 4_000, parents))).doesNotThrowAnyException();
  }

  @Test
  void pay_shouldCountAllLists_ofAllTracks() {
    byte[] tracks = new byte[0];
    for (int i = 0; i < 100; i++) {
      tracks = join(tracks, nested("stco", 4_000, "stbl minf mdia trak"));
    }
    byte[] file = box("moov", tracks);

    assertThatThrownBy(() -> pay(file)).hasMessageContaining("repeats its headers");
  }

  @Test
  void pay_shouldReadBothOtherWaysToSayASize() {
    byte[] list = box("iloc", new byte[400_000]);
    byte[] content = join(new byte[VERSION], list);
    byte[] toTheEnd = box("meta", content);
    ByteBuffer.wrap(toTheEnd).putInt(0, 0);
    byte[] large =
        ByteBuffer.allocate(16 + content.length)
            .putInt(1)
            .put(ascii("meta"))
            .putLong(16L + content.length)
            .put(content)
            .array();

    assertThatThrownBy(() -> pay(toTheEnd)).hasMessageContaining("repeats its headers");
    assertThatThrownBy(() -> pay(large)).hasMessageContaining("repeats its headers");
  }

  @Test
  void pay_shouldLeaveToTheLibrary_whatIsNoBox() {
    byte[] beyond = box("meta", new byte[20]);
    ByteBuffer.wrap(beyond).putInt(0, Integer.MAX_VALUE);
    byte[] within = box("meta", new byte[20]);
    ByteBuffer.wrap(within).putInt(0, 4);

    assertThatCode(() -> pay(beyond)).doesNotThrowAnyException();
    assertThatCode(() -> pay(within)).doesNotThrowAnyException();
    assertThatCode(() -> pay(new byte[3])).doesNotThrowAnyException();
  }

  private static void pay(byte[] file) throws ImageRejectedException {
    AvifBoxes.pay(file, Budget.of(ImageLimits.defaults(), file));
  }

  /** A list of so many bytes in its parents, the innermost first. */
  private static byte[] nested(String list, int bytes, String parents) {
    byte[] nested = box(list, new byte[bytes]);
    for (String parent : parents.split(" ", -1)) {
      nested = box(parent, parent.equals("meta") ? join(new byte[VERSION], nested) : nested);
    }
    return nested;
  }

  private static byte[] join(byte[] one, byte[] other) {
    return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
