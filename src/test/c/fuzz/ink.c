/* Pixels printed without a profile. */
#include "fuzz.h"

static void print(void *transform, const void *inks, void *rgb, uint32_t pixels) {
  const uint8_t *from = inks;
  uint8_t *to = rgb;
  (void)transform;
  for (uint32_t x = 0; x < pixels; x++, from += 4, to += 3) {
    for (int i = 0; i < 3; i++) {
      to[i] = (uint8_t)((255 - from[i]) * (255 - from[3]) / 255);
    }
  }
}

const struct bl_ink ink = {.run = print};
