/* What the parts of the fuzz program share. */
#ifndef FUZZ_H
#define FUZZ_H

#include "bucketlens.h"

/* Images of more pixels are left out: they cost time and take no other path. */
enum { MAX_PIXELS = 1 << 20 };

/* Most that a decoder may allocate. */
enum { MAX_MEMORY = 1 << 26 };

/* --- Chance ------------------------------------------------------------------------------------ */

/* SplitMix64: the same numbers for the same seed, everywhere. */
struct chance {
  uint64_t state;
};

uint64_t next(struct chance *chance);

/* Returns a number below limit, which is at least 1. */
uint32_t below(struct chance *chance, uint64_t limit);

/* Whether something happens that does so once in so many times. */
int once_in(struct chance *chance, uint32_t times);

/* --- Inputs ------------------------------------------------------------------------------------ */

/* Bytes in an allocation of exactly their length, so that reading beyond them is seen. */
struct file {
  uint8_t *bytes;
  size_t length;
};

/* Returns a copy of a seed, damaged at up to three places; free its bytes. */
struct file damage(const struct file *seeds, size_t count, struct chance *chance);

/* malloc, or the end of the program. */
void *allocate(size_t bytes);

/* --- Resizers ---------------------------------------------------------------------------------- */

/* A resizer and the image that it writes. */
struct resizing {
  struct bl_resizer *resizer;
  uint8_t *image;
};

/* Opens a resizer with tables, a part of the source and a place in the result that chance chooses.
 * Now and then the request contradicts itself, and there may be no resizer. */
struct resizing open_resizing(struct chance *chance, int32_t width, int32_t height,
                              int32_t channels);

void close_resizing(struct resizing *resizing);

/* --- Inks --------------------------------------------------------------------------------------- */

/* Stands in for a transform of LittleCMS, which drive_profile drives: reads and writes all that it
 * would, under the sanitizers' eyes. */
extern const struct bl_ink ink;

/* --- Entry points ------------------------------------------------------------------------------ */

/* Each gives one input to one part of the library and returns whether it was taken to the end. */
int drive_jpeg(const struct file *file, struct chance *chance);
int drive_tiff(const struct file *file, struct chance *chance);
int drive_webp(const struct file *file, struct chance *chance);
int drive_profile(const struct file *file, struct chance *chance);
int drive_png(const struct file *file, struct chance *chance);
int drive_rows(const struct file *file, struct chance *chance);
int drive_memory(const struct file *file, struct chance *chance);

#endif
