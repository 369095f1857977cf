package dev.bucketlens.image.colour;

import java.lang.foreign.MemorySegment;

/**
 * What printed ink looks like, by a file's colour profile: a transform from cyan, magenta, yellow
 * and black to sRGB, for the native code that reads the file.
 *
 * @param handle {@code bl_ink} in {@code bucketlens.h}; lives as long as the arena that it was made
 *     in
 */
public record Ink(MemorySegment handle) {

  /** Inks of which no profile tells: they are taken as the colours that they lack. */
  public static final Ink PLAIN = new Ink(MemorySegment.NULL);

  /** Whether a profile tells what the inks look like. */
  public boolean isProfiled() {
    return handle.address() != 0;
  }
}
