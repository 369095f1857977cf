/* Colour profiles, without the lists of elements that Java hides (EmbeddedProfile). */
#include "fuzz.h"

#include <string.h>

#include <lcms2.h>

enum { HEADER = 128, TAG = 12, MAX_TAGS = 100, PIXELS = 64 };

static void hide_element_lists(const struct file *profile) {
  for (size_t i = 0, at = HEADER + 4; i < MAX_TAGS && at + TAG <= profile->length; i++, at += TAG) {
    if (memcmp(profile->bytes + at, "D2B", 3) == 0) {
      profile->bytes[at] = 'x';
    }
  }
}

static uint32_t kind_of(cmsHPROFILE profile) {
  switch (cmsGetColorSpace(profile)) {
  case cmsSigRgbData:
    return TYPE_RGB_8;
  case cmsSigGrayData:
    return TYPE_GRAY_8;
  case cmsSigCmykData:
    return TYPE_CMYK_8;
  default:
    return 0;
  }
}

static int transform(cmsHPROFILE profile, struct chance *chance) {
  uint32_t kind = kind_of(profile);
  if (kind == 0) {
    return 0;
  }
  cmsHPROFILE srgb = cmsCreate_sRGBProfile();
  cmsHTRANSFORM transform = cmsCreateTransform(profile, kind, srgb, TYPE_RGB_8, 0, 0);
  cmsCloseProfile(srgb);
  if (transform == NULL) {
    return 0;
  }
  uint8_t from[PIXELS * 4];
  uint8_t to[PIXELS * 3];
  for (size_t i = 0; i < sizeof from; i++) {
    from[i] = (uint8_t)next(chance);
  }
  cmsDoTransform(transform, from, to, PIXELS);
  cmsDeleteTransform(transform);
  return 1;
}

int drive_profile(const struct file *file, struct chance *chance) {
  hide_element_lists(file);
  cmsHPROFILE profile = cmsOpenProfileFromMem(file->bytes, (uint32_t)file->length);
  if (profile == NULL) {
    return 0;
  }
  int taken = transform(profile, chance);
  cmsCloseProfile(profile);
  return taken;
}
