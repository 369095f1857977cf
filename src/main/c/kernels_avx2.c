/* Chosen at run time, so that the library runs on every x86-64. */
#include "kernels_simd.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))

/* Two weights, as the pair that a multiply-add takes. */
AVX2 static inline __m256i pair(const int16_t *weights) {
  int32_t both;
  __builtin_memcpy(&both, weights, sizeof both);
  return _mm256_set1_epi32(both);
}

/* Puts the halves of the weights together again, and rounds. */
AVX2 static inline __m256i levels(__m256i high, __m256i low) {
  __m256i sum = _mm256_add_epi32(_mm256_slli_epi32(high, BL_LOW_BITS), low);
  sum = _mm256_add_epi32(sum, _mm256_set1_epi32((int32_t)BL_HALF));
  return _mm256_srai_epi32(sum, BL_PRECISION_BITS);
}

AVX2 static inline __m256i two(const uint8_t *upper, const uint8_t *lower) {
  return _mm256_inserti128_si256(
      _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)upper)),
      _mm_loadu_si128((const __m128i *)lower), 1);
}

/* Two rows at once, one in each half: of four pixels, the first and the last two make pairs. */
AVX2 static void columns3_two(const struct bl_weights *weights, const uint8_t *upper,
                              const uint8_t *lower, uint8_t *to_upper, uint8_t *to_lower) {
  const struct bl_weights table = *weights; /* which no result can overwrite */
  const __m256i first = _mm256_setr_epi8(0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1,
                                         0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1);
  const __m256i last = _mm256_setr_epi8(6, -1, 9, -1, 7, -1, 10, -1, 8, -1, 11, -1, -1, -1, -1, -1,
                                        6, -1, 9, -1, 7, -1, 10, -1, 8, -1, 11, -1, -1, -1, -1, -1);
  for (int32_t i = 0; i < table.size; i++) {
    size_t weight = (size_t)i * (size_t)table.stride;
    size_t at = 3 * (size_t)table.first[i];
    __m256i high = _mm256_setzero_si256();
    __m256i low = _mm256_setzero_si256();
    for (int32_t tap = 0; tap < table.count[i]; tap += BL_GROUP) {
      __m256i pixels = two(upper + at, lower + at);
      __m256i one = _mm256_shuffle_epi8(pixels, first);
      __m256i other = _mm256_shuffle_epi8(pixels, last);
      high = _mm256_add_epi32(high, _mm256_madd_epi16(one, pair(table.high + weight)));
      low = _mm256_add_epi32(low, _mm256_madd_epi16(one, pair(table.low + weight)));
      high = _mm256_add_epi32(high, _mm256_madd_epi16(other, pair(table.high + weight + 2)));
      low = _mm256_add_epi32(low, _mm256_madd_epi16(other, pair(table.low + weight + 2)));
      weight += BL_GROUP;
      at += 3 * BL_GROUP;
    }
    __m256i level = levels(high, low);
    level = _mm256_packs_epi32(level, level);
    level = _mm256_packus_epi16(level, level);
    /* Four bytes for three; the next output, or the slack, takes the fourth. */
    int32_t above = _mm_cvtsi128_si32(_mm256_castsi256_si128(level));
    int32_t below = _mm_cvtsi128_si32(_mm256_extracti128_si256(level, 1));
    __builtin_memcpy(to_upper + 3 * (size_t)i, &above, sizeof above);
    __builtin_memcpy(to_lower + 3 * (size_t)i, &below, sizeof below);
  }
}

AVX2 static void columns3(const struct bl_weights *weights, const uint8_t *const *from,
                          uint8_t *const *to, int32_t rows) {
  for (int32_t row = 0; row < rows; row += 2) {
    int32_t lower = row + 1 < rows ? row + 1 : row;
    columns3_two(weights, from[row], from[lower], to[row], to[lower]);
  }
}

/* Four taps of two rows at once. */
AVX2 static void columns1_two(const struct bl_weights *weights, const uint8_t *upper,
                              const uint8_t *lower, uint8_t *to_upper, uint8_t *to_lower) {
  const struct bl_weights table = *weights; /* which no result can overwrite */
  for (int32_t i = 0; i < table.size; i++) {
    size_t weight = (size_t)i * (size_t)table.stride;
    size_t at = (size_t)table.first[i];
    __m128i high = _mm_setzero_si128();
    __m128i low = _mm_setzero_si128();
    for (int32_t tap = 0; tap < table.count[i]; tap += BL_GROUP) {
      __m128i above = _mm_cvtepu8_epi16(_mm_loadu_si32(upper + at));
      __m128i below = _mm_cvtepu8_epi16(_mm_loadu_si32(lower + at));
      __m128i pixels = _mm_unpacklo_epi64(above, below);
      __m128i highs = _mm_loadl_epi64((const __m128i *)(table.high + weight));
      __m128i lows = _mm_loadl_epi64((const __m128i *)(table.low + weight));
      high = _mm_add_epi32(high, _mm_madd_epi16(pixels, _mm_unpacklo_epi64(highs, highs)));
      low = _mm_add_epi32(low, _mm_madd_epi16(pixels, _mm_unpacklo_epi64(lows, lows)));
      weight += BL_GROUP;
      at += BL_GROUP;
    }
    __m128i sums = _mm_add_epi32(_mm_slli_epi32(high, BL_LOW_BITS), low);
    sums = _mm_hadd_epi32(sums, sums);
    to_upper[i] = bl_level((uint32_t)_mm_extract_epi32(sums, 0) + BL_HALF);
    to_lower[i] = bl_level((uint32_t)_mm_extract_epi32(sums, 1) + BL_HALF);
  }
}

AVX2 static void columns1(const struct bl_weights *weights, const uint8_t *const *from,
                          uint8_t *const *to, int32_t rows) {
  for (int32_t row = 0; row < rows; row += 2) {
    int32_t lower = row + 1 < rows ? row + 1 : row;
    columns1_two(weights, from[row], from[lower], to[row], to[lower]);
  }
}

/* Two rows at once: their bytes in turn make the pairs. */
AVX2 static void rows(const struct bl_weights *weights, int32_t i, const uint8_t *const *from,
                      uint8_t *to, size_t bytes) {
  const __m256i zero = _mm256_setzero_si256();
  const size_t weight = (size_t)i * (size_t)weights->stride;
  for (size_t at = 0; at < bytes; at += sizeof(__m256i)) {
    __m256i high[4] = {zero, zero, zero, zero};
    __m256i low[4] = {zero, zero, zero, zero};
    for (int32_t tap = 0; tap < weights->count[i]; tap += 2) {
      __m256i upper = _mm256_loadu_si256((const __m256i *)(from[tap] + at));
      __m256i lower = _mm256_loadu_si256((const __m256i *)(from[tap + 1] + at));
      __m256i near = _mm256_unpacklo_epi8(upper, lower);
      __m256i far = _mm256_unpackhi_epi8(upper, lower);
      __m256i pixels[4] = {_mm256_unpacklo_epi8(near, zero), _mm256_unpackhi_epi8(near, zero),
                           _mm256_unpacklo_epi8(far, zero), _mm256_unpackhi_epi8(far, zero)};
      __m256i highs = pair(weights->high + weight + tap);
      __m256i lows = pair(weights->low + weight + tap);
      for (int part = 0; part < 4; part++) {
        high[part] = _mm256_add_epi32(high[part], _mm256_madd_epi16(pixels[part], highs));
        low[part] = _mm256_add_epi32(low[part], _mm256_madd_epi16(pixels[part], lows));
      }
    }
    __m256i near = _mm256_packs_epi32(levels(high[0], low[0]), levels(high[1], low[1]));
    __m256i far = _mm256_packs_epi32(levels(high[2], low[2]), levels(high[3], low[3]));
    _mm256_storeu_si256((__m256i *)(to + at), _mm256_packus_epi16(near, far));
  }
}

const struct bl_kernels bl_avx2_kernels = {"avx2", columns1, columns3, rows};

/* Whether the system keeps the registers that AVX uses: XCR0's bits 1 and 2. */
static int keeps_registers(void) {
  uint32_t low;
  uint32_t high;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (low & 6) == 6;
}

int bl_has_avx2(void) {
  unsigned int a;
  unsigned int b;
  unsigned int c;
  unsigned int d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE) || !(c & bit_AVX) ||
      !keeps_registers()) {
    return 0;
  }
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_AVX2) != 0;
}

#endif
