/* The inner loops of a resize, in plain C and for each kind of vector unit. */
#ifndef BUCKETLENS_KERNELS_H
#define BUCKETLENS_KERNELS_H

#include "bucketlens.h"

/* Taps of one output come in fours; the missing ones weigh nothing. */
#define BL_GROUP 4

/* Rows that the column pass takes at once, at most. */
#define BL_BATCH 4

/* Bits of a weight's lower half; see bl_weights. */
#define BL_LOW_BITS 12

/* What a sum begins with, so that the shift rounds it. */
#define BL_HALF (1u << (BL_PRECISION_BITS - 1))

/*
 * The weights of an axis: stride of them for each output, zeros after the last tap. Vector units
 * multiply 16-bit numbers best, so each weight w is there again as two of them with
 * w = (high << BL_LOW_BITS) + low. Sums wrap at 32 bits, so they are the same either way.
 */
struct bl_weights {
  int32_t size;
  int32_t stride; /* a multiple of BL_GROUP */
  int32_t *first;
  int32_t *count;
  int32_t *whole;
  int16_t *high;
  int16_t *low;
};

struct bl_kernels {
  const char *name;
  /* Resizes the width of 1 to BL_BATCH rows. Sources are readable for BL_SLACK bytes more than they
   * have pixels, results writable for as many more. */
  void (*columns1)(const struct bl_weights *weights, const uint8_t *const *from,
                   uint8_t *const *to, int32_t rows);
  void (*columns3)(const struct bl_weights *weights, const uint8_t *const *from,
                   uint8_t *const *to, int32_t rows);
  /* Makes output i of bytes columns from its rows, of which from has one for each tap. Sources and
   * result are readable and writable for BL_SLACK bytes more. */
  void (*rows)(const struct bl_weights *weights, int32_t i, const uint8_t *const *from,
               uint8_t *to, size_t bytes);
};

extern const struct bl_kernels bl_plain_kernels;

/* Returns the fastest kernels that this processor runs. */
const struct bl_kernels *bl_fastest_kernels(void);

/* Rounds a sum to a level. */
static inline uint8_t bl_level(uint32_t sum) {
  int32_t level = (int32_t)sum >> BL_PRECISION_BITS;
  return (uint8_t)(level < 0 ? 0 : level > 255 ? 255 : level);
}

#endif
