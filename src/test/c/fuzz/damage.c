/* Damages files as dev.bucketlens.image.Mutator does. */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const uint8_t edges[] = {0, 1, 2, 4, 0x7F, 0x80, 0xFE, 0xFF};

uint64_t next(struct chance *chance) {
  uint64_t z = chance->state += 0x9E3779B97F4A7C15u;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
  z = (z ^ z >> 27) * 0x94D049BB133111EBu;
  return z ^ z >> 31;
}

uint32_t below(struct chance *chance, uint64_t limit) {
  return (uint32_t)(next(chance) % limit);
}

int once_in(struct chance *chance, uint32_t times) {
  return below(chance, times) == 0;
}

void *allocate(size_t bytes) {
  void *memory = malloc(bytes);
  if (memory == NULL) {
    fprintf(stderr, "No memory for %zu bytes\n", bytes);
    exit(2);
  }
  return memory;
}

static uint8_t edge(struct chance *chance) {
  return edges[below(chance, sizeof edges)];
}

static size_t smaller(size_t a, size_t b) {
  return a < b ? a : b;
}

/* Gives the file another length; what it has of it stays. */
static void resize(struct file *file, size_t length) {
  uint8_t *bytes = allocate(length);
  memcpy(bytes, file->bytes, smaller(length, file->length));
  free(file->bytes);
  *file = (struct file){bytes, length};
}

static void splice(struct file *file, size_t at, const struct file *other, struct chance *chance) {
  if (other->length > 0) {
    size_t from = below(chance, other->length);
    size_t length = smaller(1 + below(chance, 64), other->length - from);
    memcpy(file->bytes + at, other->bytes + from, smaller(length, file->length - at));
  }
}

static void repeat(struct file *file, size_t at, struct chance *chance) {
  size_t old = file->length;
  size_t length = smaller(1 + below(chance, 64), old - at);
  resize(file, old + length);
  memmove(file->bytes + at + length, file->bytes + at, old - at);
}

static void change(struct file *file, const struct file *other, struct chance *chance) {
  /* Headers decide sizes and tables, so half of the damage goes there. */
  size_t at = below(chance, once_in(chance, 2) ? smaller(file->length, 128) : file->length);
  switch (below(chance, 8)) {
  case 0:
  case 1:
    file->bytes[at] = (uint8_t)next(chance);
    break;
  case 2:
    file->bytes[at] ^= (uint8_t)(1u << below(chance, 8));
    break;
  case 3:
    file->bytes[at] = edge(chance);
    break;
  case 4:
    memset(file->bytes + at, edge(chance), smaller(1 + below(chance, 8), file->length - at));
    break;
  case 5:
    resize(file, at);
    break;
  case 6:
    splice(file, at, other, chance);
    break;
  default:
    repeat(file, at, chance);
  }
}

struct file damage(const struct file *seeds, size_t count, struct chance *chance) {
  const struct file *seed = &seeds[below(chance, count)];
  struct file file = {NULL, seed->length};
  file.bytes = allocate(seed->length);
  memcpy(file.bytes, seed->bytes, seed->length);
  for (uint32_t changes = below(chance, 4); changes > 0 && file.length > 0; changes--) {
    change(&file, &seeds[below(chance, count)], chance);
  }
  return file;
}
