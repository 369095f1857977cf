/* What takes any bytes: PNG's filters, rows for the resizer, a file in memory. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

/* Returns bytes of the file, from anywhere in it and repeated to the length, in an allocation that
 * ends with them. */
static uint8_t *piece(const struct file *file, size_t length, struct chance *chance) {
  uint8_t *bytes = allocate(length);
  size_t at = file->length == 0 ? 0 : below(chance, file->length);
  for (size_t i = 0; i < length; i++) {
    bytes[i] = file->length == 0 ? 0 : file->bytes[(at + i) % file->length];
  }
  return bytes;
}

int drive_png(const struct file *file, struct chance *chance) {
  size_t length = below(chance, 300);
  uint8_t *line = piece(file, length, chance);
  uint8_t *above = piece(file, length, chance);
  int taken = bl_png_restore(below(chance, 6), line, above, (int64_t)length, 1 + below(chance, 8));
  free(line);
  free(above);
  return taken;
}

/* Up to eight rows at once, from the top, some of them left out. */
static int give_rows(const struct file *file, struct bl_resizer *resizer, int32_t width,
                     int32_t height, int32_t channels, struct chance *chance) {
  int taken = 1;
  for (int64_t y = 0; y < height && taken;) {
    int64_t count = 1 + below(chance, 8);
    if (count > height - y && !once_in(chance, 16)) {
      count = height - y;
    }
    int rgba = channels == 3 && once_in(chance, 2);
    int64_t stride = (int64_t)(rgba ? 4 : channels) * width + below(chance, 3);
    size_t bytes = (size_t)(stride * count) + (rgba ? 0 : BL_SLACK);
    uint8_t *pixels = piece(file, bytes, chance);
    taken = rgba ? bl_resizer_rgba(resizer, y, count, pixels, stride, (uint32_t)next(chance))
                 : bl_resizer_rows(resizer, y, count, pixels, stride);
    free(pixels);
    y += count + once_in(chance, 64);
  }
  return taken && bl_resizer_missing(resizer) == 0;
}

int drive_rows(const struct file *file, struct chance *chance) {
  int32_t width = 1 + (int32_t)below(chance, 80);
  int32_t height = 1 + (int32_t)below(chance, 40);
  int32_t channels = once_in(chance, 3) ? 1 : 3;
  struct resizing resizing = open_resizing(chance, width, height, channels);
  int taken = resizing.resizer != NULL &&
              give_rows(file, resizing.resizer, width, height, channels, chance);
  close_resizing(&resizing);
  return taken;
}

int drive_memory(const struct file *file, struct chance *chance) {
  struct bl_memory memory = {.bytes = file->bytes, .length = (int64_t)file->length};
  uint8_t target[256];
  int taken = 0;
  for (uint32_t calls = below(chance, 16); calls > 0; calls--) {
    uint64_t offset = once_in(chance, 2) ? next(chance) : below(chance, 2 * file->length + 1);
    bl_memory_seek(&memory, offset, (int)below(chance, 5) - 1);
    int64_t count = (int64_t)below(chance, sizeof target + 1);
    taken |= bl_memory_read(&memory, target, once_in(chance, 8) ? -count : count) > 0;
  }
  return taken;
}
