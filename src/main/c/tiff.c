/*
 * Reads the samples of a TIFF by libtiff, whose functions the caller found, and gives them to a
 * resizer as pixels. libtiff undoes compression, prediction, and the order of bytes and bits; what
 * the samples mean is decided here.
 */
#include "lab.h"
#include "resize.h"

#include <stdlib.h>
#include <string.h>

/* libtiff's tags, and values of theirs. */
enum {
  WIDTH = 256,
  HEIGHT = 257,
  BITS = 258,
  SAMPLES = 277,
  ROWS_PER_STRIP = 278,
  PLANES = 284,
  COLOUR_MAP = 320,
  TILE_WIDTH = 322,
  TILE_HEIGHT = 323,
  INK_SET = 332,
  SAMPLE_FORMAT = 339
};
enum { WHITE_IS_ZERO = 0, BLACK_IS_ZERO = 1, RGB = 2, PALETTE = 3, CMYK = 5, CIE_LAB = 8, ICC_LAB = 9 };
enum { SEPARATE = 2, CMYK_INKS = 1 };
enum { UNSIGNED = 1, UNDEFINED = 4 };

enum { MAX_SAMPLES = 64, OPAQUE = 255 };

typedef int (*get_function)(void *, uint32_t tag, ...);
typedef int (*tiled_function)(void *);
typedef int64_t (*read_function)(void *, uint32_t block, void *target, int64_t bytes);

struct reader {
  const struct bl_tiff_functions *functions;
  void *image;
  const struct bl_ink *ink; /* NULL for none */
  uint32_t width;
  uint32_t height;
  uint16_t bits; /* of a sample */
  uint16_t samples;
  uint16_t photometric;
  uint16_t planes;  /* in which samples are stored: one, or as many as there are */
  int32_t alpha;    /* the sample; below 0 for none */
  const uint16_t *palette[3];
  int32_t palette_shift;
  struct bl_lab lab;
  uint8_t levels[256]; /* what a sample of up to 8 bits is of 255 */

  /* Strips or tiles. */
  int32_t tiled;
  uint32_t block_width;
  uint32_t block_height;
  uint32_t across;
  uint32_t down;
  uint64_t block_row; /* bytes of a block's row */

  uint8_t *band;    /* a row of blocks, plane by plane */
  uint16_t *values; /* of a row of the image, pixel by pixel */
  uint8_t *rgba;
};

static int get(const struct reader *reader, uint32_t tag, void *value) {
  return ((get_function)reader->functions->get)(reader->image, tag, value);
}

/* --- What the file holds ----------------------------------------------------------------------- */

static uint16_t colours_of(uint16_t photometric) {
  switch (photometric) {
  case WHITE_IS_ZERO:
  case BLACK_IS_ZERO:
  case PALETTE:
    return 1;
  case RGB:
  case CIE_LAB:
  case ICC_LAB:
    return 3;
  case CMYK:
    return 4;
  default:
    return 0;
  }
}

static int has_bits(const struct reader *reader) {
  switch (reader->photometric) {
  case PALETTE:
    return reader->bits <= 8;
  case CIE_LAB:
  case ICC_LAB:
    return reader->bits == 8 || reader->bits == 16;
  default:
    return reader->bits >= 1 && reader->bits <= 16;
  }
}

/* Some writers store 8 bits in a palette's 16. */
static int has_palette(struct reader *reader) {
  const uint16_t **maps = reader->palette;
  if (!((get_function)reader->functions->get)(reader->image, COLOUR_MAP, &maps[0], &maps[1],
                                              &maps[2])) {
    return 0;
  }
  for (uint32_t i = 0; i < 1u << reader->bits; i++) {
    if (maps[0][i] > 255 || maps[1][i] > 255 || maps[2][i] > 255) {
      reader->palette_shift = 8;
    }
  }
  return 1;
}

static void set_levels(struct reader *reader) {
  uint32_t most = reader->bits < 8 ? (1u << reader->bits) - 1 : 255;
  for (uint32_t value = 0; value <= most; value++) {
    reader->levels[value] = (uint8_t)(value * 255 / most);
  }
}

/* Reads what the directory says of the samples. Returns one of BL_TIFF_. */
static int32_t describe(struct reader *reader, const struct bl_source *wanted) {
  uint16_t planes = 0;
  uint16_t format = 0;
  uint16_t inks = 0;
  if (!get(reader, WIDTH, &reader->width) || !get(reader, HEIGHT, &reader->height)) {
    return BL_TIFF_DAMAGED;
  }
  get(reader, BITS, &reader->bits);
  get(reader, SAMPLES, &reader->samples);
  get(reader, PLANES, &planes);
  get(reader, SAMPLE_FORMAT, &format);
  get(reader, INK_SET, &inks);
  uint16_t colours = colours_of(reader->photometric);
  if (colours == 0 || reader->samples < colours || reader->samples > MAX_SAMPLES ||
      !has_bits(reader) || (format != UNSIGNED && format != UNDEFINED) ||
      (reader->photometric == CMYK && inks != CMYK_INKS)) {
    return BL_TIFF_OTHER_KIND;
  }
  if (reader->width != (uint32_t)wanted->width || reader->height != (uint32_t)wanted->height ||
      wanted->channels != 3 || reader->alpha >= reader->samples || (reader->photometric == PALETTE && !has_palette(reader))) {
    return BL_TIFF_DAMAGED;
  }
  reader->planes = planes == SEPARATE ? reader->samples : 1;
  set_levels(reader);
  if (reader->photometric == CIE_LAB || reader->photometric == ICC_LAB) {
    bl_lab_open(&reader->lab);
  }
  return BL_TIFF_OK;
}

/* Finds how the image is cut. Returns whether that makes sense. */
static int find_blocks(struct reader *reader) {
  reader->tiled = ((tiled_function)reader->functions->is_tiled)(reader->image);
  if (reader->tiled) {
    if (!get(reader, TILE_WIDTH, &reader->block_width) ||
        !get(reader, TILE_HEIGHT, &reader->block_height)) {
      return 0;
    }
  } else {
    reader->block_width = reader->width;
    get(reader, ROWS_PER_STRIP, &reader->block_height);
    if (reader->block_height > reader->height) {
      reader->block_height = reader->height;
    }
  }
  if (reader->block_width == 0 || reader->block_height == 0) {
    return 0;
  }
  reader->across = (reader->width - 1) / reader->block_width + 1;
  reader->down = (reader->height - 1) / reader->block_height + 1;
  uint64_t together = reader->planes == 1 ? reader->samples : 1;
  reader->block_row = ((uint64_t)reader->block_width * together * reader->bits + 7) / 8;
  return 1;
}

/* Allocates what a row of blocks needs. Returns one of BL_TIFF_. */
static int32_t allocate(struct reader *reader, int64_t max_bytes) {
  uint64_t blocks = (uint64_t)reader->planes * reader->across;
  uint64_t band;
  if (__builtin_mul_overflow(blocks * reader->block_height, reader->block_row, &band) ||
      band > (uint64_t)max_bytes) {
    return BL_TIFF_DAMAGED; /* not what the directory told the caller */
  }
  reader->band = calloc(1, band);
  reader->values = calloc((size_t)reader->width * reader->samples, sizeof *reader->values);
  reader->rgba = calloc(reader->width, 4);
  return reader->band == NULL || reader->values == NULL || reader->rgba == NULL
             ? BL_TIFF_NO_MEMORY
             : BL_TIFF_OK;
}

/* --- Samples ----------------------------------------------------------------------------------- */

static uint8_t *block_of(const struct reader *reader, uint32_t plane, uint32_t column) {
  uint64_t block = (uint64_t)plane * reader->across + column;
  return reader->band + block * reader->block_height * reader->block_row;
}

/* Reads a row of blocks, all planes of it. Returns whether they are there and sound. */
static int read_band(struct reader *reader, uint32_t band, uint32_t rows) {
  read_function read =
      (read_function)(reader->tiled ? reader->functions->read_tile : reader->functions->read_strip);
  int64_t bytes = (int64_t)((reader->tiled ? reader->block_height : rows) * reader->block_row);
  for (uint32_t plane = 0; plane < reader->planes; plane++) {
    for (uint32_t column = 0; column < reader->across; column++) {
      uint32_t number = (plane * reader->down + band) * reader->across + column;
      if (read(reader->image, number, block_of(reader, plane, column), bytes) != bytes) {
        return 0;
      }
    }
  }
  return 1;
}

/* Unpacks count samples to every step-th value. */
static void unpack(const uint8_t *from, uint32_t count, uint32_t bits, uint16_t *to,
                   uint32_t step) {
  if (bits == 8) {
    for (uint32_t i = 0; i < count; i++) {
      to[(size_t)i * step] = from[i];
    }
  } else if (bits == 16) {
    for (uint32_t i = 0; i < count; i++) {
      memcpy(to + (size_t)i * step, from + 2 * (size_t)i, 2);
    }
  } else {
    uint32_t held = 0;
    uint32_t left = 0;
    for (uint32_t i = 0; i < count; i++) {
      while (left < bits) {
        held = held << 8 | *from++;
        left += 8;
      }
      left -= bits;
      to[(size_t)i * step] = (uint16_t)(held >> left & ((1u << bits) - 1));
    }
  }
}

static void unpack_row(struct reader *reader, uint32_t row) {
  uint32_t together = reader->planes == 1 ? reader->samples : 1;
  for (uint32_t plane = 0; plane < reader->planes; plane++) {
    for (uint32_t column = 0; column < reader->across; column++) {
      uint32_t left = column * reader->block_width;
      uint32_t pixels = reader->width - left;
      if (pixels > reader->block_width) {
        pixels = reader->block_width;
      }
      unpack(block_of(reader, plane, column) + row * reader->block_row, pixels * together,
             reader->bits, reader->values + (size_t)left * reader->samples + plane,
             reader->planes);
    }
  }
}

/* --- Colours ----------------------------------------------------------------------------------- */

/* Returns a sample as a level of 255. */
static uint8_t level(const struct reader *reader, uint16_t value) {
  return reader->bits > 8 ? (uint8_t)(value >> (reader->bits - 8)) : reader->levels[value];
}

/* Rounds as Pillow does. */
static uint8_t without_ink(uint32_t white, uint32_t ink) {
  uint32_t product = ink * white + 128;
  return (uint8_t)(white - ((product + (product >> 8)) >> 8));
}

/* The two kinds differ in where a and b have their zero, and in the white of 16 bits. */
static void convert_lab(const struct reader *reader, const uint16_t *values, uint8_t *rgb) {
  int icc = reader->photometric == ICC_LAB;
  int wide = reader->bits == 16;
  float white = !wide ? 0xFF : icc ? 0xFF00 : 0xFFFF;
  float axes[2];
  for (int i = 0; i < 2; i++) {
    uint16_t value = wide ? values[1 + i] : (uint16_t)(values[1 + i] << 8);
    axes[i] = (float)(icc ? value - 0x8000 : (int16_t)value) / 256;
  }
  bl_lab_convert(&reader->lab, (float)values[0] * 100 / white, axes[0], axes[1], rgb);
}

static void convert(const struct reader *reader, const uint16_t *values, uint8_t *rgb) {
  switch (reader->photometric) {
  case WHITE_IS_ZERO:
    rgb[0] = rgb[1] = rgb[2] = (uint8_t)(255 - level(reader, values[0]));
    break;
  case BLACK_IS_ZERO:
    rgb[0] = rgb[1] = rgb[2] = level(reader, values[0]);
    break;
  case PALETTE:
    for (int i = 0; i < 3; i++) {
      rgb[i] = (uint8_t)(reader->palette[i][values[0]] >> reader->palette_shift);
    }
    break;
  case CMYK:
    for (int i = 0; i < 3; i++) {
      rgb[i] = without_ink(255u - level(reader, values[3]), level(reader, values[i]));
    }
    break;
  case RGB:
    for (int i = 0; i < 3; i++) {
      rgb[i] = level(reader, values[i]);
    }
    break;
  default:
    convert_lab(reader, values, rgb);
  }
}

static uint8_t alpha_of(const struct reader *reader, const uint16_t *values) {
  return reader->alpha < 0 ? OPAQUE : level(reader, values[reader->alpha]);
}

/* The inks go where the pixels will be, become three bytes each there, and are moved apart. */
static void print_row(const struct reader *reader) {
  const uint16_t *values = reader->values;
  uint8_t *rgba = reader->rgba;
  for (size_t x = 0; x < reader->width; x++, values += reader->samples) {
    for (int i = 0; i < 4; i++) {
      rgba[4 * x + i] = level(reader, values[i]);
    }
  }
  reader->ink->run(reader->ink->transform, rgba, rgba, reader->width);
  for (size_t x = reader->width; x-- > 0;) {
    values -= reader->samples;
    memmove(rgba + 4 * x, rgba + 3 * x, 3);
    rgba[4 * x + 3] = alpha_of(reader, values);
  }
}

static void convert_row(struct reader *reader) {
  const uint16_t *values = reader->values;
  uint8_t *rgba = reader->rgba;
  for (uint32_t x = 0; x < reader->width; x++, values += reader->samples, rgba += 4) {
    convert(reader, values, rgba);
    rgba[3] = alpha_of(reader, values);
  }
}

/* --- A decode ---------------------------------------------------------------------------------- */

static int32_t read_rows(struct reader *reader, struct bl_resizer *resizer, uint32_t ground) {
  uint32_t rows;
  for (uint32_t top = 0; top < reader->height; top += rows) {
    rows = reader->height - top < reader->block_height ? reader->height - top
                                                       : reader->block_height;
    if (!read_band(reader, top / reader->block_height, rows)) {
      return BL_TIFF_DAMAGED;
    }
    for (uint32_t row = 0; row < rows; row++) {
      unpack_row(reader, row);
      if (reader->photometric == CMYK && reader->ink != NULL) {
        print_row(reader);
      } else {
        convert_row(reader);
      }
      if (!bl_resizer_rgba(resizer, top + row, 1, reader->rgba, 4 * (int64_t)reader->width,
                           ground)) {
        return BL_TIFF_DAMAGED;
      }
    }
  }
  return BL_TIFF_OK;
}

int32_t bl_tiff_read(const struct bl_tiff *tiff) {
  struct reader reader;
  struct bl_source wanted = bl_resizer_source(tiff->resizer);
  memset(&reader, 0, sizeof reader);
  reader.functions = tiff->functions;
  reader.image = tiff->image;
  reader.ink = tiff->ink;
  reader.photometric = (uint16_t)tiff->photometric;
  reader.alpha = tiff->alpha;
  int32_t status = describe(&reader, &wanted);
  if (status == BL_TIFF_OK && !find_blocks(&reader)) {
    status = BL_TIFF_DAMAGED;
  }
  if (status == BL_TIFF_OK) {
    status = allocate(&reader, tiff->max_bytes);
  }
  if (status == BL_TIFF_OK) {
    status = read_rows(&reader, tiff->resizer, tiff->ground);
  }
  free(reader.rgba);
  free(reader.values);
  free(reader.band);
  return status;
}
