/* WebPs, into memory that ends with their pixels, and those into a resizer. */
#include "fuzz.h"

#include <stdlib.h>

#include <webp/decode.h>

static int resize(const uint8_t *pixels, int32_t width, int32_t height, int32_t samples,
                  struct chance *chance) {
  struct resizing resizing = open_resizing(chance, width, height, 3);
  int64_t stride = (int64_t)samples * width;
  int taken = resizing.resizer != NULL &&
              (samples == 4 ? bl_resizer_rgba(resizing.resizer, 0, height, pixels, stride,
                                              (uint32_t)next(chance) & 0xFFFFFF)
                            : bl_resizer_rows(resizing.resizer, 0, height, pixels, stride));
  close_resizing(&resizing);
  return taken;
}

int drive_webp(const struct file *file, struct chance *chance) {
  WebPDecoderConfig config;
  if (!WebPInitDecoderConfig(&config) ||
      WebPGetFeatures(file->bytes, file->length, &config.input) != VP8_STATUS_OK ||
      (int64_t)config.input.width * config.input.height > MAX_PIXELS) {
    return 0;
  }
  int32_t reduction = 1 << below(chance, 4);
  int32_t width = (config.input.width + reduction - 1) / reduction;
  int32_t height = (config.input.height + reduction - 1) / reduction;
  int32_t samples = config.input.has_alpha ? 4 : 3;
  size_t bytes = (size_t)samples * (size_t)width * (size_t)height;
  uint8_t *pixels = allocate(bytes + BL_SLACK);
  config.output.colorspace = samples == 4 ? MODE_RGBA : MODE_RGB;
  config.output.is_external_memory = 1;
  config.output.u.RGBA = (WebPRGBABuffer){pixels, samples * width, bytes};
  config.options.use_scaling = reduction > 1;
  config.options.scaled_width = width;
  config.options.scaled_height = height;
  int taken = WebPDecode(file->bytes, file->length, &config) == VP8_STATUS_OK &&
              resize(pixels, width, height, samples, chance);
  free(pixels);
  return taken;
}
