package dev.bucketlens.image.colour;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RgbImage;
import dev.bucketlens.image.input.Budget;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Converts pixels from an embedded profile's colours to sRGB, as Pillow's {@code profileToProfile}
 * does. Made for small results: it runs after the resize, but for ink, whose rows are converted as
 * they come. LittleCMS is loaded by the first photo with a profile, and the transforms of profiles
 * that many photos share are kept. Thread-safe; one conversion runs at a time.
 */
public final class ColourManagement {

  /** Transforms that are kept: a camera and a phone or two, and sRGB by several makers. */
  private static final int KEPT = 8;

  /** Cameras' profiles take a few kilobytes; a larger one belongs to one scanner or press. */
  private static final int LARGEST_KEPT = 1 << 16;

  /** Transforms of ink that are kept, of some megabytes each: a press or two. */
  private static final int KEPT_INKS = 2;

  /** What presses' profiles take at most; they have whole tables. */
  private static final int LARGEST_KEPT_INK = 1 << 22;

  private static final int ROUNDING = 2;

  /** Red, green, blue, a dark and a bright mixture, a gray. */
  private static final byte[] COLOURS = {
    -1, 0, 0, 0, -1, 0, 0, 0, -1, 90, 40, 20, -56, -36, 120, -128, -128, -128
  };

  private final Map<ByteBuffer, Transform> kept = new LinkedHashMap<>(KEPT, 0.75f, true);

  /** The first ones that came, as long as the process lives: rows may still be under way in one. */
  private final List<KeptInk> keptInks = new ArrayList<>(KEPT_INKS);

  /** Null until the first profile. */
  private LcmsLibrary library;

  /**
   * A transform to sRGB.
   *
   * @param gray whether it takes pixels of one byte
   */
  private record Transform(MemorySegment handle, boolean gray) {}

  /**
   * What inks look like by a profile.
   *
   * @param profile never changed
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by its content
  private record KeptInk(byte[] profile, Ink ink) {}

  /**
   * Converts an image in place.
   *
   * @param profile the file's own bytes; may be hostile, broken, or of another kind than the pixels
   *     (of ink, or gray for colours): then nothing is changed
   * @return whether the profile was used
   */
  public synchronized boolean convert(byte[] profile, RgbImage image, Budget budget) {
    EmbeddedProfile embedded = new EmbeddedProfile(profile);
    if (!embedded.isRgb() && !(embedded.isGray() && isGray(image.pixels()))) {
      return false;
    }
    ByteBuffer key = ByteBuffer.wrap(profile);
    Transform known = kept.get(key);
    if (known != null) {
      run(known, image);
      return true;
    }
    boolean gray = embedded.isGray();
    Optional<Transform> transform =
        open(embedded, gray ? LcmsLibrary.Pixels.GRAY : LcmsLibrary.Pixels.RGB, budget)
            .map(handle -> new Transform(handle, gray));
    transform.ifPresent(made -> run(made, image));
    transform.ifPresent(made -> keep(key, made));
    return transform.isPresent();
  }

  /**
   * Returns whether a profile makes other colours of some: sRGB's own, by whichever maker, does
   * not, but for a level or two of rounding.
   */
  public boolean changes(byte[] profile, Budget budget) {
    if (profile.length == 0) {
      return false;
    }
    byte[] changed = COLOURS.clone();
    return convert(profile, new RgbImage(COLOURS.length / 3, 1, changed), budget)
        && IntStream.range(0, COLOURS.length)
            .anyMatch(i -> Math.abs((changed[i] & 0xFF) - (COLOURS[i] & 0xFF)) > ROUNDING);
  }

  /**
   * Returns what inks look like by a profile; {@link Ink#PLAIN} if it tells nothing of them.
   *
   * @param arena ends the result's life, unless it is kept for the next photos
   * @param profile the file's own bytes, or none; may be hostile, broken, or not of four inks
   */
  public synchronized Ink ink(Arena arena, byte[] profile, Budget budget) {
    EmbeddedProfile embedded = new EmbeddedProfile(profile);
    if (!embedded.isCmyk()) {
      return Ink.PLAIN;
    }
    for (KeptInk known : keptInks) {
      if (Arrays.equals(known.profile(), profile)) {
        return known.ink();
      }
    }
    boolean keep = keptInks.size() < KEPT_INKS && profile.length <= LARGEST_KEPT_INK;
    Ink ink =
        open(embedded, LcmsLibrary.Pixels.CMYK, budget)
            .map(handle -> library.ink(keep ? Arena.global() : arena, handle))
            .orElse(Ink.PLAIN);
    if (keep && ink.isProfiled()) {
      keptInks.add(new KeptInk(profile, ink));
    }
    return ink;
  }

  private static boolean isGray(byte[] rgb) {
    for (int at = 0; at < rgb.length; at += 3) {
      if (rgb[at] != rgb[at + 1] || rgb[at] != rgb[at + 2]) {
        return false;
      }
    }
    return true;
  }

  private Optional<MemorySegment> open(
      EmbeddedProfile embedded, LcmsLibrary.Pixels pixels, Budget budget) {
    EmbeddedProfile plain;
    try {
      plain = embedded.withoutElementLists(budget);
    } catch (ImageRejectedException e) {
      return Optional.empty(); // a profile is no reason to reject a photo
    }
    if (library == null) {
      library = LcmsLibrary.load();
    }
    return library.transform(plain.bytes(), pixels);
  }

  private void keep(ByteBuffer key, Transform transform) {
    if (key.capacity() > LARGEST_KEPT) {
      library.delete(transform.handle());
      return;
    }
    if (kept.size() == KEPT) {
      ByteBuffer eldest = kept.keySet().iterator().next();
      library.delete(kept.remove(eldest).handle());
    }
    kept.put(key, transform);
  }

  private void run(Transform transform, RgbImage image) {
    byte[] rgb = image.pixels();
    int pixels = image.width() * image.height();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment to = arena.allocateFrom(JAVA_BYTE, rgb);
      MemorySegment from = transform.gray() ? grays(arena, rgb) : to;
      library.run(transform.handle(), from, to, pixels);
      MemorySegment.copy(to, JAVA_BYTE, 0, rgb, 0, rgb.length);
    }
  }

  private static MemorySegment grays(Arena arena, byte[] rgb) {
    byte[] grays = new byte[rgb.length / 3];
    for (int i = 0; i < grays.length; i++) {
      grays[i] = rgb[3 * i];
    }
    return arena.allocateFrom(JAVA_BYTE, grays);
  }
}
