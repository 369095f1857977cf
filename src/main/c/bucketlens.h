/*
 * What Java calls: every parameter and result is a pointer or a whole number, larger things go by
 * pointer to a structure. The structures' members lie at the same offsets on every 64-bit platform;
 * the bindings (image.resize.ResizeRequest, image.format.jpeg.JpegLibrary, image.format.tiff.TiffLibrary)
 * repeat them.
 *
 * Nothing here keeps state between calls but a resizer, which one thread uses at a time. No
 * function prints, exits or lets a longjmp out.
 */
#ifndef BUCKETLENS_H
#define BUCKETLENS_H

#include <stddef.h>
#include <stdint.h>

#define BL_EXPORT __attribute__((visibility("default")))

/* Which version of this header a library was built from. Raise it with every change of a structure
 * or a signature: Java refuses a library of another version. */
#define BL_ABI_VERSION 3

/* Bytes that the caller of bl_resizer_rows leaves readable after the last row: vector loads read
 * beyond the pixels they use. */
#define BL_SLACK 64

BL_EXPORT int32_t bl_abi_version(void);

/* --- Resizing ---------------------------------------------------------------------------------- */

/* Fractional bits of a weight: Pillow's 32 less 8 for the pixel and 2 for overshoot. */
#define BL_PRECISION_BITS 22

/* What makes each output of one axis: output i is the sum of the sources first[i] up to, and not
 * including, first[i] + count[i], by the weights from weights[i * stride]. */
struct bl_axis {
  const int32_t *first;   /* never falls from one output to the next */
  const int32_t *count;   /* nor does first[i] + count[i] */
  const int32_t *weights; /* with BL_PRECISION_BITS fractional bits, below 16 in absolute value */
  int32_t stride;         /* at least the largest count */
  int32_t sources;
  int32_t size; /* outputs */
  int32_t reserved;
};

/* Which code runs. */
enum { BL_FASTEST = 0, BL_PLAIN = 1 };

struct bl_resize {
  struct bl_axis columns;
  struct bl_axis rows;
  uint8_t *image; /* receives 3 * columns.size * rows.size bytes, RGB; outlives the resizer */
  int64_t image_bytes;
  int64_t origin;      /* byte of output (0, 0) in image */
  int64_t column_step; /* bytes from one output of a row to the next; may be negative */
  int64_t row_step;    /* bytes from one row of outputs to the next; may be negative */
  int64_t max_bytes;   /* most that the resizer may allocate */
  int32_t channels;    /* of the rows that come: 1 or 3 */
  int32_t columns_first;
  int32_t code; /* BL_FASTEST or BL_PLAIN */
  int32_t gray; /* whether rows of three channels are made gray before they are resized */
};

struct bl_resizer;

/* Opens a resizer, or returns NULL if the request contradicts itself, would take more than
 * max_bytes, or there is no memory. Copies the tables. */
BL_EXPORT struct bl_resizer *bl_resizer_open(const struct bl_resize *request);

/* Takes rows y to y + count - 1, each stride bytes after the one before. Rows come from the top;
 * those that no output is made of may be left out, and are ignored. Returns 1, or 0 if a row that
 * an output needs did not come or the rows do not fit the image. */
BL_EXPORT int32_t bl_resizer_rows(struct bl_resizer *resizer, int64_t y, int64_t count,
                                  const uint8_t *pixels, int64_t stride);

/* As bl_resizer_rows, of rows of red, green, blue and alpha for a resizer of three channels. Ground
 * is what shows through, as 0xRRGGBB, with bit 24 if the colours are multiplied by alpha already.
 * Nothing need be readable after the last row. */
BL_EXPORT int32_t bl_resizer_rgba(struct bl_resizer *resizer, int64_t y, int64_t count,
                                  const uint8_t *pixels, int64_t stride, uint32_t ground);

/* Returns how many rows of the result are still to be made. */
BL_EXPORT int32_t bl_resizer_missing(const struct bl_resizer *resizer);

/* Frees a resizer; NULL is none. */
BL_EXPORT void bl_resizer_close(struct bl_resizer *resizer);

/* Returns "avx2", "neon" or "plain": what BL_FASTEST means on this processor. */
BL_EXPORT const char *bl_resizer_code(void);

/* --- Ink --------------------------------------------------------------------------------------- */

/* LittleCMS's transform from the inks of a file's colour profile to sRGB: cyan, magenta, yellow and
 * black of a byte each, 255 for full ink, to red, green and blue. Threads may share it. */
struct bl_ink {
  void (*run)(void *transform, const void *inks, void *rgb, uint32_t pixels); /* cmsDoTransform */
  void *transform;
};

/* --- JPEG -------------------------------------------------------------------------------------- */

/* libjpeg's functions, ABI 62, in the order of this table. */
struct bl_jpeg_functions {
  void *create;       /* jpeg_CreateDecompress */
  void *destroy;      /* jpeg_destroy_decompress */
  void *read_header;  /* jpeg_read_header */
  void *start;        /* jpeg_start_decompress */
  void *read;         /* jpeg_read_scanlines */
  void *skip;         /* jpeg_skip_scanlines */
  void *crop;         /* jpeg_crop_scanline */
  void *resync;       /* jpeg_resync_to_restart */
};

enum {
  BL_JPEG_OK = 0,
  BL_JPEG_FAILED = 1,     /* libjpeg gave up: see error */
  BL_JPEG_OTHER_SIZE = 2, /* the image is not what the resizer was opened for */
  BL_JPEG_SCANS = 3,      /* more than max_scans */
  BL_JPEG_NO_MEMORY = 4
};

struct bl_jpeg {
  const struct bl_jpeg_functions *functions;
  const uint8_t *file;
  int64_t length;
  struct bl_resizer *resizer;
  int64_t max_memory; /* most that libjpeg may take for coefficients, in bytes */
  int32_t reduction;  /* 1, 2, 4 or 8 */
  int32_t max_scans;
  int32_t to_the_end; /* whether rows below the last needed one are read, to learn rows_read */
  int32_t reserved;
  const struct bl_ink *ink; /* of four components; NULL if no profile says what they look like */

  /* What came of it. */
  int32_t error;     /* libjpeg's number of the error that ended the decoding; 0 for none */
  int32_t warnings;  /* how often libjpeg met data that cannot be */
  int32_t ends_early;
  /* Rows of the image, from the top, that the file has data for; the row of blocks in which the
   * data ends is among them. */
  int32_t rows_read;
  int32_t lacks_end; /* whether no end marker follows the last row; not told of several scans */
  int32_t scan;      /* in which, or behind which, an error ended the decoding; from 1 */
};

/* Decodes a JPEG into a resizer. Returns one of BL_JPEG_. */
BL_EXPORT int32_t bl_jpeg_decode(struct bl_jpeg *jpeg);

/* --- TIFF -------------------------------------------------------------------------------------- */

/* libtiff's functions, in the order of this table. */
struct bl_tiff_functions {
  void *get;        /* TIFFGetFieldDefaulted */
  void *is_tiled;   /* TIFFIsTiled */
  void *read_strip; /* TIFFReadEncodedStrip */
  void *read_tile;  /* TIFFReadEncodedTile */
};

enum {
  BL_TIFF_OK = 0,
  BL_TIFF_DAMAGED = 1,    /* or not what the resizer was opened for, or beyond max_bytes */
  BL_TIFF_OTHER_KIND = 2, /* samples that are not read here */
  BL_TIFF_NO_MEMORY = 3
};

struct bl_tiff {
  const struct bl_tiff_functions *functions;
  void *image; /* open, at the directory to read */
  struct bl_resizer *resizer; /* of three channels */
  int64_t max_bytes;   /* most that a row of strips or tiles may take */
  int32_t photometric; /* TIFF's number of what the samples mean */
  int32_t alpha;       /* which sample of a pixel is alpha; below 0 for none */
  uint32_t ground;     /* as bl_resizer_rgba takes it */
  int32_t reserved;
  const struct bl_ink *ink; /* of CMYK; NULL if no profile says what it looks like */
};

/* Reads an image into a resizer: gray, RGB and CMYK of 1 to 16 bits a sample, palettes of up to 8,
 * Lab of 8 and 16; in strips or tiles, samples together or in planes. Returns one of BL_TIFF_. */
BL_EXPORT int32_t bl_tiff_read(const struct bl_tiff *tiff);

/* --- PNG --------------------------------------------------------------------------------------- */

/* Undoes a line's filter in place. Line and above, the restored line before or zeros, have length
 * bytes without the filter's number and do not overlap; pixel is at least 1, the bytes from a sample
 * to the same one of the pixel to its left. Returns 1, or 0 if there is no such filter. */
BL_EXPORT int32_t bl_png_restore(int64_t filter, uint8_t *line, const uint8_t *above,
                                 int64_t length, int64_t pixel);

/* --- A file in memory ------------------------------------------------------------------------- */

/* What libtiff's file procedures read. Whoever opens it keeps the bytes, which nothing changes. */
struct bl_memory {
  const uint8_t *bytes;
  int64_t length;
  int64_t position; /* may lie behind the end; what is read there is nothing */
};

/* libtiff's TIFFReadWriteProc, TIFFSeekProc, TIFFCloseProc, TIFFSizeProc, TIFFMapFileProc and
 * TIFFUnmapFileProc. The file is "mapped" where it lies: libtiff copies no strip of it. */
BL_EXPORT int64_t bl_memory_read(struct bl_memory *file, void *target, int64_t count);
BL_EXPORT int64_t bl_memory_write(struct bl_memory *file, void *source, int64_t count);
BL_EXPORT uint64_t bl_memory_seek(struct bl_memory *file, uint64_t offset, int origin);
BL_EXPORT int bl_memory_close(struct bl_memory *file);
BL_EXPORT uint64_t bl_memory_size(struct bl_memory *file);
BL_EXPORT int bl_memory_map(struct bl_memory *file, void **base, uint64_t *size);
BL_EXPORT void bl_memory_unmap(struct bl_memory *file, void *base, uint64_t size);

#endif
