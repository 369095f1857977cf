/* Lays transparent pixels on a colour; rounds as Pillow does. */
#include "resize.h"

enum { PREMULTIPLIED = 1 << 24 };

static uint32_t divide_by_255(uint32_t product) {
  return (product + 128 + ((product + 128) >> 8)) >> 8;
}

void bl_compose(const uint8_t *rgba, uint8_t *rgb, int32_t width, uint32_t ground) {
  const uint32_t colour[] = {ground >> 16 & 0xFF, ground >> 8 & 0xFF, ground & 0xFF};
  for (int32_t x = 0; x < width; x++, rgba += 4, rgb += 3) {
    uint32_t alpha = rgba[3];
    for (int i = 0; i < 3; i++) {
      uint32_t level = rgba[i];
      if (ground & PREMULTIPLIED) {
        level += divide_by_255(colour[i] * (255 - alpha));
      } else {
        level = divide_by_255(level * alpha + colour[i] * (255 - alpha));
      }
      rgb[i] = (uint8_t)(level < 255 ? level : 255);
    }
  }
}
