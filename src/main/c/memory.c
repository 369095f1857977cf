/* A file in memory, as libtiff's callbacks want it: so that no call goes from C into Java. */
#include "bucketlens.h"

#include <string.h>

int64_t bl_memory_read(struct bl_memory *file, void *target, int64_t count) {
  int64_t left = file->length - file->position;
  if (left < 0 || count < 0) {
    return 0;
  }
  if (count > left) {
    count = left;
  }
  memcpy(target, file->bytes + file->position, (size_t)count);
  file->position += count;
  return count;
}

int64_t bl_memory_write(struct bl_memory *file, void *source, int64_t count) {
  (void)file;
  (void)source;
  (void)count;
  return -1;
}

uint64_t bl_memory_seek(struct bl_memory *file, uint64_t offset, int origin) {
  const int64_t bases[] = {0, file->position, file->length};
  int64_t target;
  if (origin < 0 || origin > 2 ||
      __builtin_add_overflow(bases[origin], (int64_t)offset, &target) || target < 0) {
    return UINT64_MAX;
  }
  file->position = target;
  return (uint64_t)target;
}

int bl_memory_close(struct bl_memory *file) {
  (void)file;
  return 0;
}

uint64_t bl_memory_size(struct bl_memory *file) { return (uint64_t)file->length; }

int bl_memory_map(struct bl_memory *file, void **base, uint64_t *size) {
  *base = (void *)file->bytes;
  *size = (uint64_t)file->length;
  return 1;
}

void bl_memory_unmap(struct bl_memory *file, void *base, uint64_t size) {
  (void)file;
  (void)base;
  (void)size;
}
