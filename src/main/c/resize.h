/* What a decoder beside the resizer asks it. */
#ifndef BUCKETLENS_RESIZE_H
#define BUCKETLENS_RESIZE_H

#include "bucketlens.h"

/* The image that a resizer takes: its size, and the part that its result is made of, from left and
 * top up to, and not including, right and bottom. */
struct bl_source {
  int32_t width;
  int32_t height;
  int32_t channels;
  int32_t left;
  int32_t right;
  int32_t top;
  int32_t bottom;
};

struct bl_source bl_resizer_source(const struct bl_resizer *resizer);

/* Lays width pixels on a ground, as bl_resizer_rgba takes both. */
void bl_compose(const uint8_t *rgba, uint8_t *rgb, int32_t width, uint32_t ground);

#endif
