/* TIFFs: samples by our reader, colours that it does not read by libtiff's own, as in Java. */
#include "fuzz.h"

#include <stdlib.h>

#include <tiffio.h>

static const struct bl_tiff_functions functions = {
    .get = (void *)TIFFGetFieldDefaulted,
    .is_tiled = (void *)TIFFIsTiled,
    .read_strip = (void *)TIFFReadEncodedStrip,
    .read_tile = (void *)TIFFReadEncodedTile,
};

/* In half of the cases libtiff reads by calls, because it may not map the file. */
static TIFF *open_image(struct bl_memory *memory, struct chance *chance) {
  TIFFSetErrorHandler(NULL);
  TIFFSetWarningHandler(NULL);
  TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
  TIFFOpenOptionsSetMaxSingleMemAlloc(options, MAX_MEMORY);
  TIFF *image = TIFFClientOpenExt(
      "upload", once_in(chance, 2) ? "r" : "rm", memory, (TIFFReadWriteProc)bl_memory_read,
      (TIFFReadWriteProc)bl_memory_write, (TIFFSeekProc)bl_memory_seek,
      (TIFFCloseProc)bl_memory_close, (TIFFSizeProc)bl_memory_size,
      (TIFFMapFileProc)bl_memory_map, (TIFFUnmapFileProc)bl_memory_unmap, options);
  TIFFOpenOptionsFree(options);
  return image;
}

static int read_colours(TIFF *image, struct bl_resizer *resizer, uint32_t width, uint32_t height) {
  char message[1024];
  if (!TIFFRGBAImageOK(image, message)) {
    return 0;
  }
  uint32_t *pixels = allocate((size_t)width * height * sizeof *pixels);
  int taken = TIFFReadRGBAImageOriented(image, width, height, pixels, ORIENTATION_TOPLEFT, 1) &&
              bl_resizer_rgba(resizer, 0, height, (const uint8_t *)pixels, 4 * (int64_t)width,
                              1 << 24 | 0xFFFFFF);
  free(pixels);
  return taken;
}

static int read_image(TIFF *image, struct chance *chance) {
  uint32_t width = 0;
  uint32_t height = 0;
  uint16_t photometric = 1;
  TIFFGetField(image, TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField(image, TIFFTAG_IMAGELENGTH, &height);
  TIFFGetField(image, TIFFTAG_PHOTOMETRIC, &photometric);
  if (width == 0 || height == 0 || (uint64_t)width * height > MAX_PIXELS) {
    return 0;
  }
  struct resizing resizing = open_resizing(chance, (int32_t)width, (int32_t)height, 3);
  int taken = 0;
  if (resizing.resizer != NULL) {
    struct bl_tiff tiff = {.functions = &functions,
                           .image = image,
                           .resizer = resizing.resizer,
                           .max_bytes = MAX_MEMORY,
                           .photometric = once_in(chance, 8) ? (int)below(chance, 11) : photometric,
                           .alpha = once_in(chance, 2) ? (int32_t)below(chance, 6) : -1,
                           .ground = (uint32_t)next(chance) & 0x1FFFFFF,
                           .ink = once_in(chance, 2) ? &ink : NULL};
    int32_t status = bl_tiff_read(&tiff);
    taken = status == BL_TIFF_OK ||
            (status == BL_TIFF_OTHER_KIND && read_colours(image, resizing.resizer, width, height));
  }
  close_resizing(&resizing);
  return taken;
}

int drive_tiff(const struct file *file, struct chance *chance) {
  struct bl_memory memory = {.bytes = file->bytes, .length = (int64_t)file->length};
  TIFF *image = open_image(&memory, chance);
  if (image == NULL) {
    return 0;
  }
  int taken = read_image(image, chance);
  TIFFClose(image);
  return taken;
}
