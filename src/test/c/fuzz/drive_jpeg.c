/* JPEGs, of the size that their frame header tells, as Java reads it. */
#include "fuzz.h"

#include <stdio.h>

#include <jpeglib.h>

static const struct bl_jpeg_functions functions = {
    .create = (void *)jpeg_CreateDecompress,
    .destroy = (void *)jpeg_destroy_decompress,
    .read_header = (void *)jpeg_read_header,
    .start = (void *)jpeg_start_decompress,
    .read = (void *)jpeg_read_scanlines,
    .skip = (void *)jpeg_skip_scanlines,
    .crop = (void *)jpeg_crop_scanline,
    .resync = (void *)jpeg_resync_to_restart,
};

/* Returns the first frame header, from its height; or NULL. */
static const uint8_t *find_frame(const struct file *file) {
  for (size_t at = 2; at + 10 <= file->length;) {
    const uint8_t *marker = file->bytes + at;
    if (marker[0] != 0xFF) {
      return NULL;
    }
    if (marker[1] >= 0xC0 && marker[1] <= 0xC2) {
      return marker + 5;
    }
    at += 2u + (marker[2] << 8 | marker[3]);
  }
  return NULL;
}

int drive_jpeg(const struct file *file, struct chance *chance) {
  const uint8_t *frame = find_frame(file);
  if (frame == NULL) {
    return 0;
  }
  int32_t reduction = 1 << below(chance, 4);
  int32_t height = ((frame[0] << 8 | frame[1]) + reduction - 1) / reduction;
  int32_t width = ((frame[2] << 8 | frame[3]) + reduction - 1) / reduction;
  if (width == 0 || height == 0 || (int64_t)width * height > MAX_PIXELS / reduction / reduction) {
    return 0;
  }
  int32_t channels = (frame[4] == 1) ^ once_in(chance, 64) ? 1 : 3;
  width += once_in(chance, 64);
  struct resizing resizing = open_resizing(chance, width, height, channels);
  int taken = 0;
  if (resizing.resizer != NULL) {
    struct bl_jpeg jpeg = {.functions = &functions,
                           .file = file->bytes,
                           .length = (int64_t)file->length,
                           .resizer = resizing.resizer,
                           .max_memory = once_in(chance, 16) ? 1 << 16 : MAX_MEMORY,
                           .reduction = reduction,
                           .max_scans = once_in(chance, 16) ? 2 : 64,
                           .to_the_end = once_in(chance, 2),
                           .ink = once_in(chance, 2) ? &ink : NULL};
    taken = bl_jpeg_decode(&jpeg) == BL_JPEG_OK;
  }
  close_resizing(&resizing);
  return taken;
}
