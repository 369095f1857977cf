/* The five line filters of PNG (ISO/IEC 15948, 9.2), undone. */
#include "bucketlens.h"

#include <string.h>

/* The samples of one pixel, so that its three or four are restored at once. */
typedef int16_t samples __attribute__((vector_size(8)));
typedef uint8_t bytes __attribute__((vector_size(4)));

static samples load(const uint8_t *from, size_t pixel) {
  bytes loaded = {0};
  memcpy(&loaded, from, pixel);
  return __builtin_convertvector(loaded, samples);
}

static void store(uint8_t *to, samples restored, size_t pixel) {
  bytes stored = __builtin_convertvector(restored, bytes);
  memcpy(to, &stored, pixel);
}

static samples distance(samples x) {
  samples sign = x >> 15;
  return (x ^ sign) - sign;
}

static samples nearest(samples left, samples up, samples corner) {
  samples along_up = up - corner;
  samples along_left = left - corner;
  samples to_left = distance(along_up);
  samples to_up = distance(along_left);
  samples to_corner = distance(along_up + along_left);
  samples is_left = (to_left <= to_up) & (to_left <= to_corner);
  samples is_up = to_up <= to_corner;
  return (left & is_left) | (~is_left & ((up & is_up) | (corner & ~is_up)));
}

/* A line of pixels of three or four bytes. */
static inline __attribute__((always_inline)) void paeth_pixels(uint8_t *line, const uint8_t *above,
                                                               int64_t length, size_t pixel) {
  samples left = {0}, corner = {0};
  for (int64_t i = 0; i + (int64_t)pixel <= length; i += (int64_t)pixel) {
    samples up = load(above + i, pixel);
    left = (load(line + i, pixel) + nearest(left, up, corner)) & 0xFF;
    store(line + i, left, pixel);
    corner = up;
  }
}

static inline __attribute__((always_inline)) void average_pixels(uint8_t *line,
                                                                 const uint8_t *above,
                                                                 int64_t length, size_t pixel) {
  samples left = {0};
  for (int64_t i = 0; i + (int64_t)pixel <= length; i += (int64_t)pixel) {
    left = (load(line + i, pixel) + ((left + load(above + i, pixel)) >> 1)) & 0xFF;
    store(line + i, left, pixel);
  }
}

static void restore_left(uint8_t *line, int64_t length, int64_t pixel) {
  for (int64_t i = pixel; i < length; i++) {
    line[i] += line[i - pixel];
  }
}

static void restore_up(uint8_t *restrict line, const uint8_t *restrict above, int64_t length) {
  for (int64_t i = 0; i < length; i++) {
    line[i] += above[i];
  }
}

static void restore_average(uint8_t *line, const uint8_t *above, int64_t length, int64_t pixel) {
  if (pixel == 3 && length % 3 == 0) {
    average_pixels(line, above, length, 3);
    return;
  }
  for (int64_t i = 0; i < length; i++) {
    int left = i < pixel ? 0 : line[i - pixel];
    line[i] += (uint8_t)((left + above[i]) >> 1);
  }
}

static void restore_paeth(uint8_t *line, const uint8_t *above, int64_t length, int64_t pixel) {
  if (pixel == 3 && length % 3 == 0) {
    paeth_pixels(line, above, length, 3);
  } else if (pixel == 4 && length % 4 == 0) {
    paeth_pixels(line, above, length, 4);
  } else {
    restore_up(line, above, pixel < length ? pixel : length);
    for (int64_t i = pixel; i < length; i++) {
      samples left = {line[i - pixel]}, up = {above[i]}, corner = {above[i - pixel]};
      line[i] += (uint8_t)nearest(left, up, corner)[0];
    }
  }
}

int32_t bl_png_restore(int64_t filter, uint8_t *line, const uint8_t *above, int64_t length,
                       int64_t pixel) {
  switch (filter) {
    case 0:
      return 1;
    case 1:
      restore_left(line, length, pixel);
      return 1;
    case 2:
      restore_up(line, above, length);
      return 1;
    case 3:
      restore_average(line, above, length, pixel);
      return 1;
    case 4:
      restore_paeth(line, above, length, pixel);
      return 1;
    default:
      return 0;
  }
}
