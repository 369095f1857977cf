/* Every aarch64 has it. */
#include "kernels_simd.h"

#if defined(__aarch64__)

#include <arm_neon.h>

/* Sums to levels, in 8 bits each; clipping happens while they are narrowed. */
static inline uint16x4_t levels(int32x4_t sums) {
  return vqmovun_s32(vshrq_n_s32(sums, BL_PRECISION_BITS));
}

/* Four pixels at once, each spread over a vector of red, green, blue and nothing. */
static void columns3_one(const struct bl_weights *weights, const uint8_t *from, uint8_t *to) {
  const struct bl_weights table = *weights; /* which no result can overwrite */
  static const uint8_t spread[4][16] = {
      {0, 255, 255, 255, 1, 255, 255, 255, 2, 255, 255, 255, 255, 255, 255, 255},
      {3, 255, 255, 255, 4, 255, 255, 255, 5, 255, 255, 255, 255, 255, 255, 255},
      {6, 255, 255, 255, 7, 255, 255, 255, 8, 255, 255, 255, 255, 255, 255, 255},
      {9, 255, 255, 255, 10, 255, 255, 255, 11, 255, 255, 255, 255, 255, 255, 255}};
  const uint8x16_t first = vld1q_u8(spread[0]);
  const uint8x16_t second = vld1q_u8(spread[1]);
  const uint8x16_t third = vld1q_u8(spread[2]);
  const uint8x16_t fourth = vld1q_u8(spread[3]);
  for (int32_t i = 0; i < table.size; i++) {
    const int32_t *weight = table.whole + (size_t)i * (size_t)table.stride;
    const uint8_t *pixel = from + 3 * (size_t)table.first[i];
    int32x4_t even = vdupq_n_s32((int32_t)BL_HALF);
    int32x4_t odd = vdupq_n_s32(0);
    for (int32_t tap = 0; tap < table.count[i]; tap += BL_GROUP) {
      uint8x16_t pixels = vld1q_u8(pixel);
      int32x4_t four = vld1q_s32(weight + tap);
      even = vmlaq_laneq_s32(even, vreinterpretq_s32_u8(vqtbl1q_u8(pixels, first)), four, 0);
      odd = vmlaq_laneq_s32(odd, vreinterpretq_s32_u8(vqtbl1q_u8(pixels, second)), four, 1);
      even = vmlaq_laneq_s32(even, vreinterpretq_s32_u8(vqtbl1q_u8(pixels, third)), four, 2);
      odd = vmlaq_laneq_s32(odd, vreinterpretq_s32_u8(vqtbl1q_u8(pixels, fourth)), four, 3);
      pixel += 3 * BL_GROUP;
    }
    uint16x4_t level = levels(vaddq_s32(even, odd));
    /* Four bytes for three; the next output, or the slack, takes the fourth. */
    uint32_t bytes = vget_lane_u32(
        vreinterpret_u32_u8(vqmovn_u16(vcombine_u16(level, level))), 0);
    __builtin_memcpy(to + 3 * (size_t)i, &bytes, sizeof bytes);
  }
}

static void columns3(const struct bl_weights *weights, const uint8_t *const *from,
                     uint8_t *const *to, int32_t rows) {
  for (int32_t row = 0; row < rows; row++) {
    columns3_one(weights, from[row], to[row]);
  }
}

static void columns1_one(const struct bl_weights *weights, const uint8_t *from, uint8_t *to) {
  const struct bl_weights table = *weights; /* which no result can overwrite */
  for (int32_t i = 0; i < table.size; i++) {
    const int32_t *weight = table.whole + (size_t)i * (size_t)table.stride;
    const uint8_t *pixel = from + table.first[i];
    int32x4_t sums = vdupq_n_s32(0);
    for (int32_t tap = 0; tap < table.count[i]; tap += BL_GROUP) {
      uint16x4_t pixels = vget_low_u16(vmovl_u8(vld1_u8(pixel + tap)));
      sums = vmlaq_s32(sums, vreinterpretq_s32_u32(vmovl_u16(pixels)), vld1q_s32(weight + tap));
    }
    to[i] = bl_level((uint32_t)vaddvq_s32(sums) + BL_HALF);
  }
}

static void columns1(const struct bl_weights *weights, const uint8_t *const *from,
                     uint8_t *const *to, int32_t rows) {
  for (int32_t row = 0; row < rows; row++) {
    columns1_one(weights, from[row], to[row]);
  }
}

static void rows(const struct bl_weights *weights, int32_t i, const uint8_t *const *from,
                 uint8_t *to, size_t bytes) {
  const int32_t *weight = weights->whole + (size_t)i * (size_t)weights->stride;
  for (size_t at = 0; at < bytes; at += sizeof(uint8x16_t)) {
    int32x4_t sums[4];
    for (int part = 0; part < 4; part++) {
      sums[part] = vdupq_n_s32((int32_t)BL_HALF);
    }
    for (int32_t tap = 0; tap < weights->count[i]; tap++) {
      uint8x16_t pixels = vld1q_u8(from[tap] + at);
      uint16x8_t near = vmovl_u8(vget_low_u8(pixels));
      uint16x8_t far = vmovl_high_u8(pixels);
      sums[0] = vmlaq_n_s32(sums[0], vreinterpretq_s32_u32(vmovl_u16(vget_low_u16(near))),
                            weight[tap]);
      sums[1] = vmlaq_n_s32(sums[1], vreinterpretq_s32_u32(vmovl_high_u16(near)), weight[tap]);
      sums[2] = vmlaq_n_s32(sums[2], vreinterpretq_s32_u32(vmovl_u16(vget_low_u16(far))),
                            weight[tap]);
      sums[3] = vmlaq_n_s32(sums[3], vreinterpretq_s32_u32(vmovl_high_u16(far)), weight[tap]);
    }
    uint16x8_t near = vcombine_u16(levels(sums[0]), levels(sums[1]));
    uint16x8_t far = vcombine_u16(levels(sums[2]), levels(sums[3]));
    vst1q_u8(to + at, vcombine_u8(vqmovn_u16(near), vqmovn_u16(far)));
  }
}

const struct bl_kernels bl_neon_kernels = {"neon", columns1, columns3, rows};

#endif
