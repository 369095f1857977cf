/*
 * Resizes an image while its rows arrive, in Pillow's two fixed-point passes with 8 bits between
 * them. The last rows that came lie in a ring, as many as an output row is made of.
 */
#include "resize.h"

#include "kernels.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_OUTPUTS = 1 << 16, MAX_SOURCES = 1 << 20, MAX_WEIGHT = 1 << 26, ALIGNMENT = 64 };

struct bl_resizer {
  const struct bl_kernels *kernels;
  struct bl_weights columns;
  struct bl_weights rows;
  int32_t source_width;
  int32_t source_height;
  int32_t channels;        /* that are resized */
  int32_t source_channels; /* of the rows that come */
  int32_t columns_first;
  int32_t ring_rows;
  size_t ring_stride;
  uint8_t *ring;
  int32_t *in_ring;     /* the row that each place of the ring holds; -1 for none */
  const uint8_t **taps; /* the rows of one output */
  uint8_t *line;        /* a row after the row pass */
  uint8_t *result;      /* a finished row */
  uint8_t *composed;    /* rows that were transparent, or in colour where gray is wanted */
  int32_t next;         /* output row */
  uint8_t *image;
  int64_t origin;
  int64_t column_step;
  int64_t row_step;
};

/* The source after the last one of an output. */
static int32_t end(const struct bl_weights *weights, int32_t i) {
  return weights->first[i] + weights->count[i];
}

/* Hands out parts of one allocation; without memory it only counts. */
struct store {
  uint8_t *memory;
  size_t used;
};

static void *take(struct store *store, size_t count, size_t size) {
  uint8_t *part = store->memory == NULL ? NULL : store->memory + store->used;
  store->used += (count * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  return part;
}

static int32_t most_taps(const struct bl_axis *axis) {
  int32_t most = 1;
  for (int32_t i = 0; i < axis->size; i++) {
    most = axis->count[i] > most ? axis->count[i] : most;
  }
  return most;
}

static int is_axis(const struct bl_axis *axis) {
  if (axis->size < 1 || axis->size > MAX_OUTPUTS || axis->sources < 1 ||
      axis->sources > MAX_SOURCES || axis->first == NULL || axis->count == NULL ||
      axis->weights == NULL) {
    return 0;
  }
  int32_t first = 0;
  int32_t end = 0;
  for (int32_t i = 0; i < axis->size; i++) {
    if (axis->first[i] < first || axis->first[i] > axis->sources || axis->count[i] < 0 ||
        axis->count[i] > axis->stride || axis->count[i] > axis->sources - axis->first[i] ||
        axis->first[i] + axis->count[i] < end) {
      return 0;
    }
    first = axis->first[i];
    end = first + axis->count[i];
    for (int32_t tap = 0; tap < axis->count[i]; tap++) {
      int32_t weight = axis->weights[(size_t)i * (size_t)axis->stride + (size_t)tap];
      if (weight <= -MAX_WEIGHT || weight >= MAX_WEIGHT) {
        return 0;
      }
    }
  }
  return 1;
}

/* Whether every pixel of the result lies inside the image. */
static int fits(const struct bl_resize *request) {
  const int64_t limit = (int64_t)1 << 40;
  int64_t steps[] = {request->column_step, request->row_step};
  int64_t lasts[] = {request->columns.size - 1, request->rows.size - 1};
  int64_t lowest = request->origin;
  int64_t highest = request->origin;
  if (request->image == NULL || request->origin < 0 || request->origin > limit) {
    return 0;
  }
  for (int axis = 0; axis < 2; axis++) {
    if (steps[axis] < -limit / MAX_OUTPUTS || steps[axis] > limit / MAX_OUTPUTS) {
      return 0;
    }
    int64_t reach = steps[axis] * lasts[axis];
    lowest += reach < 0 ? reach : 0;
    highest += reach > 0 ? reach : 0;
  }
  return lowest >= 0 && highest <= request->image_bytes - 3;
}

static void plan_weights(struct store *store, const struct bl_axis *axis,
                         struct bl_weights *weights) {
  size_t size = (size_t)axis->size;
  int32_t stride = (most_taps(axis) + BL_GROUP - 1) / BL_GROUP * BL_GROUP;
  size_t all = size * (size_t)stride;
  weights->size = axis->size;
  weights->stride = stride;
  weights->first = take(store, size, sizeof *weights->first);
  weights->count = take(store, size, sizeof *weights->count);
  weights->whole = take(store, all, sizeof *weights->whole);
  weights->high = take(store, all, sizeof *weights->high);
  weights->low = take(store, all, sizeof *weights->low);
}

static int32_t resized_channels(const struct bl_resize *request) {
  return request->gray ? 1 : request->channels;
}

/* Lays the resizer out in the store; the same both times, once to count and once to point. */
static struct bl_resizer *plan(struct store *store, const struct bl_resize *request,
                               struct bl_resizer *draft) {
  struct bl_resizer *resizer = take(store, 1, sizeof *resizer);
  size_t channels = (size_t)resized_channels(request);
  size_t width = (size_t)request->columns.sources * channels;
  size_t outputs = (size_t)request->columns.size * channels;
  size_t came = (size_t)request->columns.sources * (size_t)request->channels;
  size_t ring_width = request->columns_first ? outputs : width;
  size_t ring_rows = (size_t)most_taps(&request->rows) + BL_BATCH - 1;
  draft->ring_rows = (int32_t)ring_rows;
  draft->ring_stride = (ring_width + BL_SLACK + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  plan_weights(store, &request->columns, &draft->columns);
  plan_weights(store, &request->rows, &draft->rows);
  draft->in_ring = take(store, ring_rows, sizeof *draft->in_ring);
  draft->taps = take(store, ring_rows + BL_GROUP, sizeof *draft->taps);
  draft->line = take(store, ring_width + BL_SLACK, 1);
  draft->result = take(store, outputs + BL_SLACK, 1);
  draft->composed = take(store, BL_BATCH * came + BL_SLACK, 1);
  draft->ring = take(store, ring_rows, draft->ring_stride);
  return resizer;
}

static void copy_weights(const struct bl_axis *axis, struct bl_weights *weights) {
  memcpy(weights->first, axis->first, (size_t)axis->size * sizeof *axis->first);
  memcpy(weights->count, axis->count, (size_t)axis->size * sizeof *axis->count);
  for (int32_t i = 0; i < axis->size; i++) {
    size_t from = (size_t)i * (size_t)axis->stride;
    size_t to = (size_t)i * (size_t)weights->stride;
    for (int32_t tap = 0; tap < axis->count[i]; tap++, from++, to++) {
      int32_t weight = axis->weights[from];
      int32_t high = (weight + (1 << (BL_LOW_BITS - 1))) >> BL_LOW_BITS;
      weights->whole[to] = weight;
      weights->high[to] = (int16_t)high;
      weights->low[to] = (int16_t)(weight - high * (1 << BL_LOW_BITS));
    }
  }
}

struct bl_resizer *bl_resizer_open(const struct bl_resize *request) {
  if (!is_axis(&request->columns) || !is_axis(&request->rows) || !fits(request) ||
      (request->channels != 1 && request->channels != 3)) {
    return NULL;
  }
  struct bl_resizer draft = {0};
  struct store store = {NULL, 0};
  plan(&store, request, &draft);
  if (request->max_bytes < 0 || store.used > (uint64_t)request->max_bytes) {
    return NULL;
  }
  store.memory = calloc(1, store.used);
  if (store.memory == NULL) {
    return NULL;
  }
  store.used = 0;
  struct bl_resizer *resizer = plan(&store, request, &draft);
  draft.kernels = request->code == BL_PLAIN ? &bl_plain_kernels : bl_fastest_kernels();
  draft.source_width = request->columns.sources;
  draft.source_height = request->rows.sources;
  draft.channels = resized_channels(request);
  draft.source_channels = request->channels;
  draft.columns_first = request->columns_first != 0;
  draft.image = request->image;
  draft.origin = request->origin;
  draft.column_step = request->column_step;
  draft.row_step = request->row_step;
  *resizer = draft;
  copy_weights(&request->columns, &resizer->columns);
  copy_weights(&request->rows, &resizer->rows);
  for (int32_t place = 0; place < resizer->ring_rows; place++) {
    resizer->in_ring[place] = -1;
  }
  return resizer;
}

void bl_resizer_close(struct bl_resizer *resizer) {
  free(resizer);
}

int32_t bl_resizer_missing(const struct bl_resizer *resizer) {
  return resizer->rows.size - resizer->next;
}

const char *bl_resizer_code(void) {
  return bl_fastest_kernels()->name;
}

int32_t bl_abi_version(void) {
  return BL_ABI_VERSION;
}

struct bl_source bl_resizer_source(const struct bl_resizer *resizer) {
  const struct bl_weights *columns = &resizer->columns;
  const struct bl_weights *rows = &resizer->rows;
  return (struct bl_source){
      .width = resizer->source_width,
      .height = resizer->source_height,
      .channels = resizer->source_channels,
      .left = columns->first[0],
      .right = end(columns, columns->size - 1),
      .top = rows->first[0],
      .bottom = end(rows, rows->size - 1),
  };
}

static void columns(const struct bl_resizer *resizer, const uint8_t *const *from,
                    uint8_t *const *to, int32_t rows) {
  if (resizer->channels == 1) {
    resizer->kernels->columns1(&resizer->columns, from, to, rows);
  } else {
    resizer->kernels->columns3(&resizer->columns, from, to, rows);
  }
}

static void keep(struct bl_resizer *resizer, int32_t y, const uint8_t *const *from, int32_t rows) {
  uint8_t *places[BL_BATCH];
  for (int32_t row = 0; row < rows; row++) {
    int32_t place = (y + row) % resizer->ring_rows;
    places[row] = resizer->ring + (size_t)place * resizer->ring_stride;
    resizer->in_ring[place] = y + row;
  }
  if (resizer->columns_first) {
    columns(resizer, from, places, rows);
    return;
  }
  for (int32_t row = 0; row < rows; row++) {
    memcpy(places[row], from[row], (size_t)resizer->source_width * (size_t)resizer->channels);
  }
}

/* Writes a finished row into the image. */
static void place(struct bl_resizer *resizer, const uint8_t *row) {
  uint8_t *to = resizer->image + resizer->origin + resizer->row_step * resizer->next;
  int32_t width = resizer->columns.size;
  if (resizer->channels == 3 && resizer->column_step == 3) {
    memcpy(to, row, 3 * (size_t)width);
    return;
  }
  int32_t green = resizer->channels == 3 ? 1 : 0;
  for (int32_t x = 0; x < width; x++, row += resizer->channels) {
    uint8_t *pixel = to + resizer->column_step * x;
    pixel[0] = row[0];
    pixel[1] = row[green];
    pixel[2] = row[2 * green];
  }
}

/* Makes the next row of the result from the rows in the ring. Returns 0 if one is not there. */
static int make_row(struct bl_resizer *resizer) {
  int32_t first = resizer->rows.first[resizer->next];
  int32_t count = resizer->rows.count[resizer->next];
  for (int32_t tap = 0; tap < count; tap++) {
    int32_t place = (first + tap) % resizer->ring_rows;
    if (resizer->in_ring[place] != first + tap) {
      return 0;
    }
    resizer->taps[tap] = resizer->ring + (size_t)place * resizer->ring_stride;
  }
  for (int32_t tap = count; tap % BL_GROUP != 0; tap++) {
    resizer->taps[tap] = resizer->taps[count - 1];
  }
  int32_t width = resizer->columns_first ? resizer->columns.size : resizer->source_width;
  resizer->kernels->rows(&resizer->rows, resizer->next, resizer->taps, resizer->line,
                         (size_t)width * (size_t)resizer->channels);
  const uint8_t *line = resizer->line;
  if (resizer->columns_first) {
    place(resizer, line);
  } else {
    columns(resizer, &line, &resizer->result, 1);
    place(resizer, resizer->result);
  }
  resizer->next++;
  return 1;
}

/* Makes the rows of the result whose last source is row y or one before it. */
static int make_rows(struct bl_resizer *resizer, int32_t y) {
  while (resizer->next < resizer->rows.size && end(&resizer->rows, resizer->next) <= y + 1) {
    if (!make_row(resizer)) {
      return 0;
    }
  }
  return 1;
}

/* Returns how many of the rows from y to end, up to BL_BATCH, outputs are made of without a gap. */
static int32_t wanted(const struct bl_resizer *resizer, int32_t y, int32_t last) {
  const struct bl_weights *rows = &resizer->rows;
  int32_t output = resizer->next;
  int32_t count = 0;
  while (count < BL_BATCH && y + count < last) {
    while (output < rows->size && end(rows, output) <= y + count) {
      output++;
    }
    if (output == rows->size || rows->first[output] > y + count) {
      break;
    }
    count++;
  }
  return count;
}

static int is_inside(const struct bl_resizer *resizer, int64_t y, int64_t count) {
  return y >= 0 && count >= 0 && y <= resizer->source_height && count <= resizer->source_height - y;
}

/* Makes luma of colours, as ITU-R 601-2 weighs them, in the fixed point of Pillow's convert("L").
 * It may lie where they do. */
static void luma(const uint8_t *rgb, uint8_t *gray, int32_t width) {
  for (int32_t x = 0; x < width; x++, rgb += 3) {
    gray[x] = (uint8_t)((rgb[0] * 19595 + rgb[1] * 38470 + rgb[2] * 7471 + 0x8000) >> 16);
  }
}

int32_t bl_resizer_rows(struct bl_resizer *resizer, int64_t y, int64_t count,
                        const uint8_t *pixels, int64_t stride) {
  if (!is_inside(resizer, y, count) ||
      stride < (int64_t)resizer->source_width * resizer->source_channels) {
    return 0;
  }
  int32_t last = (int32_t)(y + count);
  for (int32_t row = (int32_t)y; row < last;) {
    const uint8_t *from[BL_BATCH];
    int32_t rows = wanted(resizer, row, last);
    for (int32_t i = 0; i < rows; i++) {
      from[i] = pixels + (row - y + i) * stride;
      if (resizer->channels != resizer->source_channels) {
        uint8_t *gray = resizer->composed + 3 * (size_t)i * (size_t)resizer->source_width;
        luma(from[i], gray, resizer->source_width);
        from[i] = gray;
      }
    }
    keep(resizer, row, from, rows);
    row += rows > 0 ? rows : 1;
    if (!make_rows(resizer, row - 1)) {
      return 0;
    }
  }
  return 1;
}

int32_t bl_resizer_rgba(struct bl_resizer *resizer, int64_t y, int64_t count,
                        const uint8_t *pixels, int64_t stride, uint32_t ground) {
  if (resizer->source_channels != 3 || !is_inside(resizer, y, count) ||
      stride < (int64_t)resizer->source_width * 4) {
    return 0;
  }
  int32_t last = (int32_t)(y + count);
  for (int32_t row = (int32_t)y; row < last;) {
    int32_t rows = wanted(resizer, row, last);
    for (int32_t i = 0; i < rows; i++) {
      bl_compose(pixels + (row - y + i) * stride,
                 resizer->composed + 3 * (size_t)i * (size_t)resizer->source_width,
                 resizer->source_width, ground);
    }
    rows = rows > 0 ? rows : 1;
    if (!bl_resizer_rows(resizer, row, rows, resizer->composed,
                         3 * (int64_t)resizer->source_width)) {
      return 0;
    }
    row += rows;
  }
  return 1;
}
