/*
 * Decodes a JPEG by libjpeg, whose functions the caller found, into a resizer. libjpeg reports a
 * fatal error by a function that must not return: the longjmp that it makes ends here.
 */
#include "libjpeg.h"
#include "resize.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

/* Rows that go to the resizer at once. */
enum { BATCH = 8 };

/* Samples of a pixel that libjpeg gives at most. */
enum { MAX_SAMPLES = 4 };

/* Bytes that libjpeg may have read beyond what it has decoded. */
enum { READ_AHEAD = 16 };

struct decoder {
  struct libjpeg_decompress info; /* first, so that a callback finds the rest around it */
  struct libjpeg_error error;
  struct libjpeg_source source;
  struct libjpeg_progress progress;
  struct bl_source image;
  struct bl_jpeg *jpeg;
  jmp_buf failure;
  int32_t status; /* what to return after a longjmp */
  int32_t dry;    /* whether libjpeg asked for more than the file has */
  int32_t ended;  /* whether the data ended within a scan */
  int32_t beyond; /* whether rows were made of the zeros at the end of the file */
  const uint8_t *zeros; /* where they begin, or the end of the file */
  int32_t scans;  /* whether all data is read, scan by scan, before the first row comes */
  /* Rows of MCUs that came, of each component. */
  uint32_t reached[MAX_SAMPLES];
  uint8_t *rows;
  size_t stride;
};

static struct decoder *decoder_of(struct libjpeg_decompress *info) {
  return (struct decoder *)(void *)info;
}

/* --- libjpeg calls back ------------------------------------------------------------------------ */

static void fail(struct libjpeg_decompress *info) {
  struct decoder *decoder = decoder_of(info);
  decoder->jpeg->error = decoder->error.code;
  decoder->jpeg->scan = info->input_scan;
  longjmp(decoder->failure, 1);
}

/* Notes how many rows of MCUs of the scan in work have come, for each of its components. */
static void note_reached(struct decoder *decoder, uint32_t rows) {
  const struct libjpeg_decompress *info = &decoder->info;
  for (int32_t i = 0; i < info->scan_components && i < LIBJPEG_MAX_COMPONENTS_IN_SCAN; i++) {
    int32_t component = info->in_scan[i]->index;
    if (component >= 0 && component < MAX_SAMPLES &&
        decoder->reached[component] < rows) {
      decoder->reached[component] = rows;
    }
  }
}

/* Whether a scan that met a marker will find data behind it: at the next restart. */
static int goes_on(const struct libjpeg_decompress *info) {
  int32_t marker = info->unread_marker;
  return info->restart_interval > 0 &&
         (marker < LIBJPEG_SOF0 || (marker >= LIBJPEG_RST0 && marker <= LIBJPEG_RST7));
}

static void note_message(struct libjpeg_decompress *info, int level) {
  struct decoder *decoder = decoder_of(info);
  int32_t behind_the_image = decoder->error.code == LIBJPEG_EXTRANEOUS && decoder->dry;
  if (level >= 0 || behind_the_image) {
    return;
  }
  if (decoder->jpeg->warnings < INT32_MAX) {
    decoder->jpeg->warnings++;
  }
  if (decoder->error.code == LIBJPEG_HIT_MARKER && !decoder->ended &&
      (info->unread_marker == LIBJPEG_EOI || (!decoder->scans && !goes_on(info)))) {
    if (!decoder->beyond) {
      note_reached(decoder, info->input_mcu_row + 1);
    }
    decoder->ended = 1;
  }
}

static void print_nothing(struct libjpeg_decompress *info) {
  (void)info;
}

static void format_nothing(struct libjpeg_decompress *info, char *text) {
  (void)info;
  text[0] = '\0';
}

/* Whether what libjpeg decoded last is of the zeros that the file was filled up with. */
static int is_among_zeros(const struct decoder *decoder) {
  return !decoder->dry && decoder->source.next - decoder->zeros > READ_AHEAD;
}

static void watch(struct libjpeg_decompress *info) {
  struct decoder *decoder = decoder_of(info);
  if (!decoder->ended && !decoder->beyond) {
    note_reached(decoder, info->input_mcu_row);
  }
  decoder->beyond |= is_among_zeros(decoder);
  if (info->input_scan > decoder->jpeg->max_scans) {
    decoder->status = BL_JPEG_SCANS;
    longjmp(decoder->failure, 1);
  }
}

static void do_nothing(struct libjpeg_decompress *info) {
  (void)info;
}

/* The file is over: libjpeg gets an end marker, as often as it asks. */
static int fill(struct libjpeg_decompress *info) {
  static const uint8_t end[] = {0xFF, LIBJPEG_EOI};
  decoder_of(info)->dry = 1;
  info->source->next = end;
  info->source->left = sizeof end;
  return 1;
}

static void skip(struct libjpeg_decompress *info, long bytes) {
  struct libjpeg_source *source = info->source;
  if (bytes <= 0) {
    return;
  }
  if ((size_t)bytes > source->left) {
    fill(info);
    return;
  }
  source->next += bytes;
  source->left -= (size_t)bytes;
}

/* --- Calls to libjpeg -------------------------------------------------------------------------- */

typedef int (*resync_function)(struct libjpeg_decompress *, int);
typedef void (*create_function)(struct libjpeg_decompress *, int, size_t);
typedef void (*destroy_function)(struct libjpeg_decompress *);
typedef int (*header_function)(struct libjpeg_decompress *, int);
typedef int (*start_function)(struct libjpeg_decompress *);
typedef uint32_t (*read_function)(struct libjpeg_decompress *, uint8_t **, uint32_t);
typedef uint32_t (*skip_function)(struct libjpeg_decompress *, uint32_t);
typedef void (*crop_function)(struct libjpeg_decompress *, uint32_t *, uint32_t *);

static uint32_t smaller(uint32_t a, uint32_t b) {
  return a < b ? a : b;
}

static void skip_rows(struct decoder *decoder, uint32_t rows) {
  if (rows > 0) {
    ((skip_function)decoder->jpeg->functions->skip)(&decoder->info, rows);
  }
}

/* Reads up to count rows, each left pixels from the start of its place. Returns how many. */
static uint32_t read_rows(struct decoder *decoder, uint32_t count, uint32_t left) {
  uint8_t *places[BATCH];
  uint32_t done = 0;
  for (uint32_t row = 0; row < count; row++) {
    places[row] = decoder->rows + row * decoder->stride +
                  (size_t)left * (size_t)decoder->info.output_samples[0];
  }
  while (done < count) {
    uint32_t more = ((read_function)decoder->jpeg->functions->read)(
        &decoder->info, places + done, count - done);
    if (more == 0) {
      longjmp(decoder->failure, 1);
    }
    done += more;
  }
  return done;
}

/* Cyan, magenta, yellow and black, each inverted as Adobe stores it and everybody else after it,
 * to red, green and blue, which may lie in the same row before them; rounds as Pillow does. */
static void convert_cmyk(const uint8_t *inks, uint8_t *rgb, uint32_t width) {
  for (uint32_t x = 0; x < width; x++, inks += 4, rgb += 3) {
    uint32_t black = inks[3];
    for (int i = 0; i < 3; i++) {
      uint32_t product = (255u - inks[i]) * black + 128;
      rgb[i] = (uint8_t)(black - ((product + (product >> 8)) >> 8));
    }
  }
}

/* Makes red, green and blue of the row's columns that came, from left on, at their places. */
static void print_row(const struct decoder *decoder, uint8_t *row, uint32_t left) {
  const struct bl_ink *ink = decoder->jpeg->ink;
  uint32_t width = decoder->info.output_width;
  uint8_t *inks = row + 4 * (size_t)left;
  uint8_t *rgb = row + 3 * (size_t)left;
  if (ink == NULL) {
    convert_cmyk(inks, rgb, width);
    return;
  }
  for (size_t i = 0; i < 4 * (size_t)width; i++) {
    inks[i] = (uint8_t)(255 - inks[i]);
  }
  ink->run(ink->transform, inks, rgb, width);
}

/* --- Steps of a decode ------------------------------------------------------------------------- */

static void set_up(struct decoder *decoder) {
  struct bl_jpeg *jpeg = decoder->jpeg;
  struct libjpeg_decompress *info = &decoder->info;
  decoder->error.error_exit = fail;
  decoder->error.emit_message = note_message;
  decoder->error.output_message = print_nothing;
  decoder->error.format_message = format_nothing;
  decoder->error.reset = do_nothing;
  info->error = &decoder->error;
  ((create_function)jpeg->functions->create)(info, LIBJPEG_VERSION, sizeof *info);
  info->memory->most_to_use = (long)jpeg->max_memory;
  decoder->source.next = jpeg->file;
  decoder->source.left = (size_t)jpeg->length;
  decoder->source.init = do_nothing;
  decoder->source.fill = fill;
  decoder->source.skip = skip;
  decoder->source.resync = (resync_function)jpeg->functions->resync;
  decoder->source.end = do_nothing;
  info->source = &decoder->source;
  decoder->progress.monitor = watch;
  info->progress = &decoder->progress;
}

static int32_t output_colours(int32_t components) {
  return components == 1 ? LIBJPEG_GRAYSCALE : components == 4 ? LIBJPEG_CMYK : LIBJPEG_RGB;
}

/* Reads everything up to the pixels. Whatever is not set keeps libjpeg's default, as in Pillow. */
static int32_t start(struct decoder *decoder) {
  struct bl_jpeg *jpeg = decoder->jpeg;
  struct libjpeg_decompress *info = &decoder->info;
  ((header_function)jpeg->functions->read_header)(info, 1);
  if (info->components != 1 && info->components != 3 && info->components != 4) {
    return BL_JPEG_OTHER_SIZE;
  }
  decoder->scans = info->progressive || info->scan_components < info->components;
  info->output_colours = output_colours(info->components);
  info->scale_numerator = 1;
  info->scale_denominator = (uint32_t)jpeg->reduction;
  ((start_function)jpeg->functions->start)(info);
  if (info->output_width != (uint32_t)decoder->image.width ||
      info->output_height != (uint32_t)decoder->image.height ||
      info->output_samples[0] != info->components ||
      decoder->image.channels != (info->components == 1 ? 1 : 3)) {
    return BL_JPEG_OTHER_SIZE;
  }
  decoder->stride = (size_t)info->output_width * (size_t)info->components;
  decoder->rows = calloc(1, BATCH * decoder->stride + BL_SLACK);
  return decoder->rows == NULL ? BL_JPEG_NO_MEMORY : BL_JPEG_OK;
}

/* Whether a part of the image comes out as it would from the whole. Not where libjpeg smooths over
 * coefficients of a progressive image that did not come: it looks beyond the part. */
static int is_exact_in_part(const struct libjpeg_decompress *info) {
  enum { SMOOTHED = 10 };
  if (!info->progressive || info->unknown_bits == NULL) {
    return 1;
  }
  for (int32_t component = 0; component < info->components; component++) {
    for (int coefficient = 0; coefficient < SMOOTHED; coefficient++) {
      if (info->unknown_bits[component][coefficient] != 0) {
        return 0;
      }
    }
  }
  return 1;
}

/* Leaves out columns, and rows above, that no output is made of. One MCU to each side and two above
 * stay, because what lies at the edge of a part is upsampled otherwise. Returns the first column
 * that comes. */
static uint32_t leave_out(struct decoder *decoder) {
  struct libjpeg_decompress *info = &decoder->info;
  uint32_t mcu_width = (uint32_t)(info->block_size * info->most_horizontal);
  uint32_t mcu_height = (uint32_t)(info->block_size * info->most_vertical);
  uint32_t left = (uint32_t)decoder->image.left;
  uint32_t right = (uint32_t)decoder->image.right;
  left -= smaller(left, mcu_width);
  right = smaller(right + mcu_width, info->output_width);
  if (right - left < info->output_width) {
    uint32_t width = right - left;
    ((crop_function)decoder->jpeg->functions->crop)(info, &left, &width);
  }
  uint32_t above = (uint32_t)decoder->image.top / mcu_height;
  skip_rows(decoder, (above - smaller(above, 2)) * mcu_height);
  return left;
}

static int32_t resize(struct decoder *decoder) {
  struct libjpeg_decompress *info = &decoder->info;
  uint32_t left = is_exact_in_part(info) ? leave_out(decoder) : 0;
  uint32_t bottom = (uint32_t)decoder->image.bottom;
  while (info->output_row < bottom) {
    uint32_t y = info->output_row;
    uint32_t rows = read_rows(decoder, smaller(BATCH, bottom - y), left);
    if (info->components == 4) {
      for (uint32_t row = 0; row < rows; row++) {
        print_row(decoder, decoder->rows + row * decoder->stride, left);
      }
    }
    if (!bl_resizer_rows(decoder->jpeg->resizer, y, rows, decoder->rows,
                         (int64_t)decoder->stride)) {
      return BL_JPEG_OTHER_SIZE;
    }
  }
  if (decoder->jpeg->to_the_end && info->output_row < info->output_height) {
    skip_rows(decoder, info->output_height - 1 - info->output_row);
    read_rows(decoder, 1, left);
  }
  return BL_JPEG_OK;
}

/* Returns the rows of the result that the file has data for: of the component that has least. */
static int32_t rows_read(const struct decoder *decoder) {
  const struct libjpeg_decompress *info = &decoder->info;
  uint32_t least = info->mcu_rows;
  for (int32_t component = 0; component < info->components; component++) {
    least = smaller(least, decoder->reached[component]);
  }
  uint64_t rows = (uint64_t)least * (uint64_t)(info->block_size * info->most_vertical);
  return (int32_t)(rows < info->output_height ? rows : info->output_height);
}

/* Whether the zeros at the end of the file were taken for data, which they may be: a flat part of a
 * picture, but that ends where they end. */
static int is_filled_up(const struct decoder *decoder) {
  if (decoder->scans) {
    return decoder->beyond;
  }
  return is_among_zeros(decoder) && decoder->source.left > READ_AHEAD;
}

/* Whether no end marker follows the last row of the only scan, if that was read. A byte or two of
 * data may stand before it. */
static int lacks_end(const struct decoder *decoder) {
  const struct libjpeg_decompress *info = &decoder->info;
  if (decoder->scans || info->output_row < info->output_height) {
    return 0;
  }
  if (decoder->dry || info->unread_marker != 0) {
    return decoder->dry || info->unread_marker != LIBJPEG_EOI;
  }
  const uint8_t *bytes = decoder->source.next;
  for (size_t i = 0; i < READ_AHEAD && i + 1 < decoder->source.left; i++) {
    if (bytes[i] == 0xFF && bytes[i + 1] != 0 && bytes[i + 1] != 0xFF) {
      return bytes[i + 1] != LIBJPEG_EOI;
    }
  }
  return 1;
}

/* Has the setjmp, and no variables of its own that a longjmp could lose. */
static int32_t decode(struct decoder *decoder) {
  if (setjmp(decoder->failure) != 0) {
    return decoder->status;
  }
  set_up(decoder);
  int32_t status = start(decoder);
  if (status == BL_JPEG_OK) {
    status = resize(decoder);
  }
  if (status == BL_JPEG_OK) {
    int32_t rows = rows_read(decoder);
    int32_t lacks_scans = decoder->dry && decoder->scans && rows < decoder->image.height;
    decoder->jpeg->ends_early = decoder->ended || lacks_scans || is_filled_up(decoder);
    decoder->jpeg->lacks_end = lacks_end(decoder);
    decoder->jpeg->rows_read = decoder->jpeg->ends_early ? rows : decoder->image.height;
  }
  return status;
}

int32_t bl_jpeg_decode(struct bl_jpeg *jpeg) {
  struct decoder decoder;
  memset(&decoder, 0, sizeof decoder);
  decoder.jpeg = jpeg;
  decoder.image = bl_resizer_source(jpeg->resizer);
  decoder.status = BL_JPEG_FAILED;
  decoder.zeros = jpeg->file + jpeg->length;
  while (decoder.zeros > jpeg->file && decoder.zeros[-1] == 0) {
    decoder.zeros--;
  }
  jpeg->error = 0;
  jpeg->warnings = 0;
  jpeg->ends_early = 0;
  jpeg->rows_read = 0;
  jpeg->lacks_end = 0;
  jpeg->scan = 0;
  int32_t status = decode(&decoder);
  free(decoder.rows);
  if (decoder.info.memory != NULL) {
    ((destroy_function)jpeg->functions->destroy)(&decoder.info);
  }
  return status;
}
