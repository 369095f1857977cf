/* Makes requests for resizers, good and bad. */
#include "fuzz.h"

#include <stdlib.h>

enum { MAX_OUTPUTS = 40, MAX_TAPS = 12 };

struct tables {
  int32_t *first;
  int32_t *count;
  int32_t *weights;
};

/* Tables of outputs that go evenly over a part of the sources, in allocations that end with them. */
static struct bl_axis make_axis(struct chance *chance, int32_t sources, struct tables *tables) {
  int32_t size = 1 + (int32_t)below(chance, MAX_OUTPUTS);
  int32_t stride = 1 + (int32_t)below(chance, MAX_TAPS);
  int32_t start = (int32_t)below(chance, (uint64_t)sources);
  int32_t length = 1 + (int32_t)below(chance, (uint64_t)(sources - start));
  tables->first = allocate((size_t)size * sizeof(int32_t));
  tables->count = allocate((size_t)size * sizeof(int32_t));
  tables->weights = allocate((size_t)size * (size_t)stride * sizeof(int32_t));
  for (int32_t i = 0; i < size; i++) {
    int32_t first = start + (int32_t)((int64_t)i * length / size);
    tables->first[i] = first;
    tables->count[i] = stride < sources - first ? stride : sources - first;
  }
  for (int32_t i = 0; i < size * stride; i++) {
    tables->weights[i] = (int32_t)below(chance, 1 << 23) - (1 << 21);
  }
  return (struct bl_axis){.first = tables->first,
                          .count = tables->count,
                          .weights = tables->weights,
                          .stride = stride,
                          .sources = sources,
                          .size = size};
}

/* Puts the result into its image upright, mirrored, upside down or turned. */
static void lay_out(struct chance *chance, struct bl_resize *request) {
  int64_t columns = request->columns.size;
  int64_t rows = request->rows.size;
  int turned = once_in(chance, 2);
  request->column_step = turned ? 3 * rows : 3;
  request->row_step = turned ? 3 : 3 * columns;
  if (once_in(chance, 2)) {
    request->origin += request->column_step * (columns - 1);
    request->column_step = -request->column_step;
  }
  if (once_in(chance, 2)) {
    request->origin += request->row_step * (rows - 1);
    request->row_step = -request->row_step;
  }
}

/* A number that a careless caller might pass. */
static int64_t odd(struct chance *chance, int64_t sound) {
  switch (below(chance, 4)) {
  case 0:
    return sound + 1;
  case 1:
    return -sound;
  case 2:
    return (int64_t)1 << below(chance, 62);
  default:
    return (int64_t)next(chance);
  }
}

/* Never more outputs, and no longer rows of weights, than the tables have. */
static void contradict(struct chance *chance, struct bl_resize *request, struct tables *tables) {
  struct bl_axis *axis = tables->first == request->rows.first ? &request->rows : &request->columns;
  uint32_t i = below(chance, (uint64_t)axis->size);
  switch (below(chance, 10)) {
  case 0:
    tables->first[i] = (int32_t)odd(chance, tables->first[i]);
    break;
  case 1:
    tables->count[i] = (int32_t)odd(chance, tables->count[i]);
    break;
  case 2:
    tables->weights[i] = (int32_t)odd(chance, tables->weights[i]);
    break;
  case 3:
    axis->sources = (int32_t)odd(chance, axis->sources);
    break;
  case 4:
    axis->size -= (int32_t)below(chance, 2 * (uint64_t)axis->size);
    break;
  case 5:
    request->origin = odd(chance, request->origin);
    break;
  case 6:
    request->column_step = odd(chance, request->column_step);
    break;
  case 7:
    request->row_step = odd(chance, request->row_step);
    break;
  case 8:
    request->max_bytes = (int64_t)below(chance, 1 << 16);
    break;
  default:
    request->channels = (int32_t)odd(chance, request->channels);
  }
}

static void free_tables(struct tables *tables) {
  free(tables->first);
  free(tables->count);
  free(tables->weights);
}

struct resizing open_resizing(struct chance *chance, int32_t width, int32_t height,
                              int32_t channels) {
  struct tables columns;
  struct tables rows;
  struct bl_resize request = {.columns = make_axis(chance, width, &columns),
                              .rows = make_axis(chance, height, &rows),
                              .max_bytes = MAX_MEMORY,
                              .channels = channels,
                              .columns_first = once_in(chance, 2),
                              .code = once_in(chance, 2) ? BL_PLAIN : BL_FASTEST,
                              .gray = once_in(chance, 4)};
  request.image_bytes = 3 * (int64_t)request.columns.size * request.rows.size;
  request.image = allocate((size_t)request.image_bytes);
  lay_out(chance, &request);
  if (once_in(chance, 16)) {
    contradict(chance, &request, once_in(chance, 2) ? &columns : &rows);
  }
  struct resizing resizing = {bl_resizer_open(&request), request.image};
  free_tables(&columns);
  free_tables(&rows);
  return resizing;
}

void close_resizing(struct resizing *resizing) {
  bl_resizer_close(resizing->resizer);
  free(resizing->image);
}
