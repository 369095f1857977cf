/*
 * libjpeg's structures under ABI 62, as far as they are used here, for 64-bit systems. The library
 * comes without its headers; jpeg_CreateDecompress refuses a caller whose structure has another
 * size, and the assertions below hold the members to the offsets that its ABI fixes.
 */
#ifndef BUCKETLENS_LIBJPEG_H
#define BUCKETLENS_LIBJPEG_H

#include <stddef.h>
#include <stdint.h>

#define LIBJPEG_VERSION 62

enum { LIBJPEG_GRAYSCALE = 1, LIBJPEG_RGB = 2, LIBJPEG_CMYK = 4 };
enum { LIBJPEG_MAX_COMPONENTS_IN_SCAN = 4, LIBJPEG_COEFFICIENTS = 64 };

/* Markers; the warnings of bytes before a marker, and that a scan met one before its end. */
enum {
  LIBJPEG_SOF0 = 0xC0,
  LIBJPEG_RST0 = 0xD0,
  LIBJPEG_RST7 = 0xD7,
  LIBJPEG_EOI = 0xD9,
  LIBJPEG_EXTRANEOUS = 116,
  LIBJPEG_HIT_MARKER = 117
};

struct libjpeg_decompress;

struct libjpeg_error {
  void (*error_exit)(struct libjpeg_decompress *);
  void (*emit_message)(struct libjpeg_decompress *, int level); /* below 0: a warning */
  void (*output_message)(struct libjpeg_decompress *);
  void (*format_message)(struct libjpeg_decompress *, char *);
  void (*reset)(struct libjpeg_decompress *);
  int32_t code;
  char parameters[80];
  int32_t trace_level;
  long warnings;
  const char *const *messages[4];
};

struct libjpeg_memory {
  void *functions[11];
  long most_to_use;
  long largest_chunk;
};

struct libjpeg_progress {
  void (*monitor)(struct libjpeg_decompress *);
  long counters[3];
};

struct libjpeg_source {
  const uint8_t *next;
  size_t left;
  void (*init)(struct libjpeg_decompress *);
  int (*fill)(struct libjpeg_decompress *);
  void (*skip)(struct libjpeg_decompress *, long bytes);
  int (*resync)(struct libjpeg_decompress *, int desired);
  void (*end)(struct libjpeg_decompress *);
};

struct libjpeg_component {
  int32_t id;
  int32_t index;
  int32_t others[22];
};

struct libjpeg_decompress {
  struct libjpeg_error *error;
  struct libjpeg_memory *memory;
  struct libjpeg_progress *progress;
  void *client;
  int32_t states[2];
  struct libjpeg_source *source;
  uint32_t image_width;
  uint32_t image_height;
  int32_t components;
  int32_t colours;
  int32_t output_colours;
  uint32_t scale_numerator;
  uint32_t scale_denominator;
  int32_t choices[15];
  uint32_t output_width;
  uint32_t output_height;
  int32_t output_samples[3];
  int32_t palette[3];
  uint32_t output_row;
  int32_t input_scan;
  uint32_t input_mcu_row;
  int32_t output_scan;
  uint32_t output_mcu_row;
  /* For each component of a progressive image, how many bits of each coefficient are unknown. */
  int32_t (*unknown_bits)[LIBJPEG_COEFFICIENTS];
  void *tables[12];
  int32_t precision;
  void *component_table;
  int32_t progressive;
  int32_t arithmetic[13];
  uint32_t restart_interval;
  int32_t markers[9];
  int32_t most_horizontal;
  int32_t most_vertical;
  int32_t block_size; /* output pixels of a block's side */
  uint32_t mcu_rows;
  void *range_limits;
  int32_t scan_components;
  struct libjpeg_component *in_scan[LIBJPEG_MAX_COMPONENTS_IN_SCAN];
  int32_t scan[17];
  int32_t unread_marker;
  void *modules[11];
};

_Static_assert(offsetof(struct libjpeg_error, code) == 40, "libjpeg's error manager");
_Static_assert(sizeof(struct libjpeg_error) == 168, "libjpeg's error manager");
_Static_assert(offsetof(struct libjpeg_memory, most_to_use) == 88, "libjpeg's memory manager");
_Static_assert(sizeof(struct libjpeg_source) == 56, "libjpeg's source manager");
_Static_assert(sizeof(struct libjpeg_progress) == 32, "libjpeg's progress monitor");
_Static_assert(sizeof(struct libjpeg_component) == 96, "libjpeg's component");
_Static_assert(offsetof(struct libjpeg_decompress, source) == 40, "libjpeg's decompressor");
_Static_assert(offsetof(struct libjpeg_decompress, output_width) == 136, "libjpeg's decompressor");
_Static_assert(offsetof(struct libjpeg_decompress, output_row) == 168, "libjpeg's decompressor");
_Static_assert(offsetof(struct libjpeg_decompress, unknown_bits) == 192, "libjpeg's decompressor");
_Static_assert(offsetof(struct libjpeg_decompress, progressive) == 312, "libjpeg's decompressor");
_Static_assert(offsetof(struct libjpeg_decompress, restart_interval) == 368,
               "libjpeg's decompressor");
_Static_assert(offsetof(struct libjpeg_decompress, most_horizontal) == 408,
               "libjpeg's decompressor");
_Static_assert(offsetof(struct libjpeg_decompress, in_scan) == 440, "libjpeg's decompressor");
_Static_assert(offsetof(struct libjpeg_decompress, unread_marker) == 540,
               "libjpeg's decompressor");
_Static_assert(sizeof(struct libjpeg_decompress) == 632, "libjpeg's decompressor");

#endif
