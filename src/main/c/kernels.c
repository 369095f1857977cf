#include "kernels.h"

#include "kernels_simd.h"

static void columns1(const struct bl_weights *weights, const uint8_t *const *from,
                     uint8_t *const *to, int32_t rows) {
  for (int32_t row = 0; row < rows; row++) {
    for (int32_t i = 0; i < weights->size; i++) {
      const int32_t *weight = weights->whole + (size_t)i * (size_t)weights->stride;
      const uint8_t *pixel = from[row] + weights->first[i];
      uint32_t sum = BL_HALF;
      for (int32_t tap = 0; tap < weights->count[i]; tap++) {
        sum += pixel[tap] * (uint32_t)weight[tap];
      }
      to[row][i] = bl_level(sum);
    }
  }
}

static void columns3(const struct bl_weights *weights, const uint8_t *const *from,
                     uint8_t *const *to, int32_t rows) {
  for (int32_t row = 0; row < rows; row++) {
    for (int32_t i = 0; i < weights->size; i++) {
      const int32_t *weight = weights->whole + (size_t)i * (size_t)weights->stride;
      const uint8_t *pixel = from[row] + 3 * (size_t)weights->first[i];
      uint32_t red = BL_HALF, green = BL_HALF, blue = BL_HALF;
      for (int32_t tap = 0; tap < weights->count[i]; tap++, pixel += 3) {
        red += pixel[0] * (uint32_t)weight[tap];
        green += pixel[1] * (uint32_t)weight[tap];
        blue += pixel[2] * (uint32_t)weight[tap];
      }
      uint8_t *result = to[row] + 3 * (size_t)i;
      result[0] = bl_level(red);
      result[1] = bl_level(green);
      result[2] = bl_level(blue);
    }
  }
}

/* In blocks whose sums stay in registers or the nearest cache. */
static void rows(const struct bl_weights *weights, int32_t i, const uint8_t *const *from,
                 uint8_t *to, size_t bytes) {
  enum { BLOCK = 64 };
  const int32_t *weight = weights->whole + (size_t)i * (size_t)weights->stride;
  for (size_t at = 0; at < bytes; at += BLOCK) {
    size_t length = bytes - at < BLOCK ? bytes - at : BLOCK;
    uint32_t sums[BLOCK];
    for (size_t x = 0; x < length; x++) {
      sums[x] = BL_HALF;
    }
    for (int32_t tap = 0; tap < weights->count[i]; tap++) {
      const uint8_t *pixel = from[tap] + at;
      uint32_t factor = (uint32_t)weight[tap];
      for (size_t x = 0; x < length; x++) {
        sums[x] += pixel[x] * factor;
      }
    }
    for (size_t x = 0; x < length; x++) {
      to[at + x] = bl_level(sums[x]);
    }
  }
}

const struct bl_kernels bl_plain_kernels = {"plain", columns1, columns3, rows};

const struct bl_kernels *bl_fastest_kernels(void) {
#if defined(__x86_64__)
  return bl_has_avx2() ? &bl_avx2_kernels : &bl_plain_kernels;
#elif defined(__aarch64__)
  return &bl_neon_kernels;
#else
  return &bl_plain_kernels;
#endif
}
