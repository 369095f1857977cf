/* CIE L*a*b* of the standard illuminant D50, as TIFF and ICC have it, to sRGB. */
#ifndef BUCKETLENS_LAB_H
#define BUCKETLENS_LAB_H

#include <stdint.h>

enum { BL_LAB_STEPS = 1 << 14 };

/* What a linear amount of light, in steps, is as a level of sRGB. */
struct bl_lab {
  uint8_t levels[BL_LAB_STEPS + 1];
};

void bl_lab_open(struct bl_lab *lab);

/* Converts one colour: lightness of 0 to 100, a and b of -128 to 127. What sRGB cannot show is
 * clipped, as LittleCMS does it. */
void bl_lab_convert(const struct bl_lab *lab, float lightness, float a, float b, uint8_t *rgb);

#endif
