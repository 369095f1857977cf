package dev.bucketlens.image.format.heif;

import java.lang.foreign.MemorySegment;

/**
 * A decoded picture.
 *
 * @param rgba red, green, blue and alpha for each pixel
 * @param rowBytes from one row to the next
 */
record HeifPixels(MemorySegment rgba, long rowBytes, int width, int height) {}
