/* Lab to sRGB: CIE 15, Bradford's adaptation from D50 to D65, IEC 61966-2-1. */
#include "lab.h"

#include <math.h>

void bl_lab_open(struct bl_lab *lab) {
  for (int step = 0; step <= BL_LAB_STEPS; step++) {
    float light = (float)step / BL_LAB_STEPS;
    float level = light <= 0.0031308F ? 12.92F * light : 1.055F * powf(light, 1 / 2.4F) - 0.055F;
    lab->levels[step] = (uint8_t)(level * 255 + 0.5F);
  }
}

/* The inverse of what makes lightness out of light. */
static float light(float f) {
  return f > 24 / 116.F ? f * f * f : (108 / 841.F) * (f - 16 / 116.F);
}

static uint8_t level(const struct bl_lab *lab, float light) {
  float clipped = light < 0 ? 0 : light > 1 ? 1 : light;
  return lab->levels[(int)(clipped * BL_LAB_STEPS + 0.5F)];
}

void bl_lab_convert(const struct bl_lab *lab, float lightness, float a, float b, uint8_t *rgb) {
  float f = (lightness + 16) / 116;
  float x = 0.9642F * light(f + a / 500);
  float y = light(f);
  float z = 0.8249F * light(f - b / 200);
  rgb[0] = level(lab, 3.1338561F * x - 1.6168667F * y - 0.4906146F * z);
  rgb[1] = level(lab, -0.9787684F * x + 1.9161415F * y + 0.0334540F * z);
  rgb[2] = level(lab, 0.0719453F * x - 0.2289914F * y + 1.4052427F * z);
}
