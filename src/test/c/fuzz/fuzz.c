/*
 * Gives damaged files to every entry point of src/main/c, and ends at the first thing that a
 * sanitizer finds.
 *
 *   fuzz CORPUS INPUTS [SEED [FIRST]]
 *
 * CORPUS is a folder of image files. Input number n depends on the seed and n alone: a finding tells
 * both, and `fuzz CORPUS 1 SEED n` shows it again.
 */
#include "fuzz.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MAX_SEEDS = 1024, PROFILE_SIGNATURE = 36 };

/* Seeds of one kind. */
struct seeds {
  size_t count;
  struct file files[MAX_SEEDS];
};

struct corpus {
  struct seeds all;
  struct seeds jpegs;
  struct seeds tiffs;
  struct seeds webps;
  struct seeds profiles;
};

/* An entry point, how many of a thousand inputs it gets, and what came of them.
 * Profiles cost a hundred times what others do. */
struct target {
  const char *name;
  int (*drive)(const struct file *, struct chance *);
  const struct seeds *seeds;
  uint32_t share;
  uint64_t inputs;
  uint64_t taken;
  clock_t slowest;
};

/* The input in work, for a report of a finding. */
static struct {
  uint64_t seed;
  uint64_t number;
} current;

/* The sanitizers abort, which is no moment like another signal's: whatever runs may be called. */
static void tell_input(int aborted) {
  (void)aborted;
  fprintf(stderr, "Found by input %llu of seed %llu\n", (unsigned long long)current.number,
          (unsigned long long)current.seed);
}

/* --- The corpus -------------------------------------------------------------------------------- */

static void add(struct seeds *seeds, struct file file) {
  if (seeds->count == MAX_SEEDS) {
    fprintf(stderr, "More than %d files: raise MAX_SEEDS\n", MAX_SEEDS);
    exit(2);
  }
  seeds->files[seeds->count++] = file;
}

static int begins(const struct file *file, size_t at, const char *bytes, size_t length) {
  return file->length >= at + length && memcmp(file->bytes + at, bytes, length) == 0;
}

/* Profiles lie uncompressed in everything but PNGs. */
static void add_profiles(struct seeds *profiles, const struct file *file) {
  for (size_t at = 0; at + PROFILE_SIGNATURE < file->length; at++) {
    const uint8_t *profile = file->bytes + at;
    if (begins(file, at + PROFILE_SIGNATURE, "acsp", 4)) {
      size_t length = (size_t)profile[1] << 16 | (size_t)profile[2] << 8 | profile[3];
      if (profile[0] == 0 && length <= file->length - at) {
        add(profiles, (struct file){file->bytes + at, length});
      }
    }
  }
}

static struct file read_file(const char *folder, const char *name) {
  char path[4096];
  struct file file = {allocate(1 << 20), 0};
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *stream = fopen(path, "rb");
  if (stream != NULL) {
    file.length = fread(file.bytes, 1, 1 << 20, stream);
    fclose(stream);
  }
  return file;
}

static int by_name(const struct dirent **a, const struct dirent **b) {
  return strcmp((*a)->d_name, (*b)->d_name);
}

static void load(struct corpus *corpus, const char *folder) {
  struct dirent **names;
  int count = scandir(folder, &names, NULL, by_name);
  for (int i = 0; i < count; i++) {
    struct file file = read_file(folder, names[i]->d_name);
    add(&corpus->all, file);
    add_profiles(&corpus->profiles, &file);
    if (begins(&file, 0, "\xFF\xD8", 2)) {
      add(&corpus->jpegs, file);
    } else if (begins(&file, 0, "II*\0", 4) || begins(&file, 0, "MM\0*", 4)) {
      add(&corpus->tiffs, file);
    } else if (begins(&file, 8, "WEBP", 4)) {
      add(&corpus->webps, file);
    }
    free(names[i]);
  }
  if (count < 0) {
    perror(folder);
    exit(2);
  }
  free(names);
}

/* --- The run ----------------------------------------------------------------------------------- */

static struct target *choose(struct target *targets, struct chance *chance) {
  uint32_t place = below(chance, 1000);
  while (place >= targets->share) {
    place -= targets->share;
    targets++;
  }
  return targets;
}

static void run(struct target *targets, uint64_t number) {
  current.number = number;
  struct chance chance = {current.seed * 0x9FB21C651E98DF25u ^ number};
  struct target *target = choose(targets, &chance);
  struct file file = damage(target->seeds->files, target->seeds->count, &chance);
  clock_t start = clock();
  target->taken += target->drive(&file, &chance) != 0;
  clock_t taken = clock() - start;
  target->inputs++;
  target->slowest = target->slowest > taken ? target->slowest : taken;
  free(file.bytes);
}

static void report(const struct target *targets, size_t count) {
  for (size_t i = 0; i < count; i++) {
    printf("%-9s %9llu inputs, %9llu taken, slowest %ld ms\n", targets[i].name,
           (unsigned long long)targets[i].inputs, (unsigned long long)targets[i].taken,
           (long)(targets[i].slowest * 1000 / CLOCKS_PER_SEC));
  }
}

int main(int arguments, char **argument) {
  static struct corpus corpus;
  if (arguments < 3) {
    fprintf(stderr, "fuzz CORPUS INPUTS [SEED [FIRST]]\n");
    return 2;
  }
  load(&corpus, argument[1]);
  struct target targets[] = {
      {"JPEG", drive_jpeg, &corpus.jpegs, 300, 0, 0, 0},
      {"TIFF", drive_tiff, &corpus.tiffs, 300, 0, 0, 0},
      {"WebP", drive_webp, &corpus.webps, 100, 0, 0, 0},
      {"profiles", drive_profile, &corpus.profiles, 4, 0, 0, 0},
      {"PNG lines", drive_png, &corpus.all, 116, 0, 0, 0},
      {"rows", drive_rows, &corpus.all, 130, 0, 0, 0},
      {"memory", drive_memory, &corpus.all, 50, 0, 0, 0},
  };
  size_t count = sizeof targets / sizeof *targets;
  uint64_t inputs = strtoull(argument[2], NULL, 10);
  current.seed = arguments > 3 ? strtoull(argument[3], NULL, 10) : 1;
  uint64_t first = arguments > 4 ? strtoull(argument[4], NULL, 10) : 0;
  for (size_t i = 0; i < count; i++) {
    if (targets[i].seeds->count == 0) {
      fprintf(stderr, "%s has no seeds for %s\n", argument[1], targets[i].name);
      return 2;
    }
  }
  signal(SIGABRT, tell_input);
  for (uint64_t number = first; number < first + inputs; number++) {
    run(targets, number);
  }
  signal(SIGABRT, SIG_DFL);
  report(targets, count);
  return 0;
}
