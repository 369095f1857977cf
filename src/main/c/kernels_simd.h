/* The kernels that are there on some processors only. */
#ifndef BUCKETLENS_KERNELS_SIMD_H
#define BUCKETLENS_KERNELS_SIMD_H

#include "kernels.h"

#if defined(__x86_64__)
extern const struct bl_kernels bl_avx2_kernels;
int bl_has_avx2(void);
#elif defined(__aarch64__)
extern const struct bl_kernels bl_neon_kernels;
#endif

#endif
