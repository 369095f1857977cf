/*
 * TensorFlow Lite's C API without Java around it: what the binding is compared with, and where
 * XNNPACK's weight cache can be turned on.
 *
 *   invoke <library> <model> <threads> <interpreters> <cache: on|off>
 *
 * Prints "<milliseconds to make the interpreters> <resident MB>", then reads lines "<count>": every
 * interpreter runs that often at once, each on a thread of its own, and the line answered is
 * "<median microseconds of a run> <runs a second, of all together>".
 */
#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MAX_INTERPRETERS = 8, CACHE_BYTES = 64 << 20 };

/* TfLiteXNNPackDelegateOptions as TensorFlow Lite 2.21 has it, with room for what a release adds. */
typedef struct {
  int32_t num_threads;
  uint32_t runtime_flags;
  uint32_t flags;
  void *weights_cache;
  uint64_t rest[29];
} DelegateOptions;

/* Kernels for signed and for unsigned 8-bit models. */
static const uint32_t QUANTIZED_KERNELS = 1 | 2;

static void *library;

/* What is looked up is called with the type that the C headers give it. */
#define CALL(result, name, ...) ((result(*)(__VA_ARGS__))symbol(name))

static void *symbol(const char *name) {
  void *found = dlsym(library, name);
  if (found == NULL) {
    fprintf(stderr, "the library has no function %s\n", name);
    exit(1);
  }
  return found;
}

static void require(int condition, const char *what) {
  if (!condition) {
    fprintf(stderr, "%s\n", what);
    exit(1);
  }
}

static double microseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e6 + now.tv_nsec / 1e3;
}

/* One interpreter with room for its input and output, and the times of its runs. */
typedef struct {
  void *handle;
  void *input, *output;
  size_t input_bytes, output_bytes;
  void *values, *scores;
  int (*copy_in)(void *, const void *, size_t);
  int (*invoke)(void *);
  int (*copy_out)(const void *, void *, size_t);
  int count;
  double *times;
} Runner;

static void *new_delegate(int threads, void *cache) {
  DelegateOptions options = CALL(DelegateOptions, "TfLiteXNNPackDelegateOptionsDefault", void)();
  options.num_threads = threads;
  options.flags |= QUANTIZED_KERNELS;
  options.weights_cache = cache;
  return CALL(void *, "TfLiteXNNPackDelegateCreate", const DelegateOptions *)(&options);
}

static void open_runner(Runner *runner, void *model, int threads, void *cache) {
  void *options = CALL(void *, "TfLiteInterpreterOptionsCreate", void)();
  CALL(void, "TfLiteInterpreterOptionsSetNumThreads", void *, int32_t)(options, threads);
  CALL(void, "TfLiteInterpreterOptionsAddDelegate", void *, void *)
  (options, new_delegate(threads, cache));
  runner->handle = CALL(void *, "TfLiteInterpreterCreate", void *, void *)(model, options);
  require(runner->handle != NULL, "no interpreter can be made of this model");
  require(CALL(int, "TfLiteInterpreterAllocateTensors", void *)(runner->handle) == 0, "no tensors");
  runner->input =
      CALL(void *, "TfLiteInterpreterGetInputTensor", void *, int32_t)(runner->handle, 0);
  runner->output =
      CALL(void *, "TfLiteInterpreterGetOutputTensor", void *, int32_t)(runner->handle, 0);
  size_t (*bytes)(void *) = CALL(size_t, "TfLiteTensorByteSize", void *);
  runner->input_bytes = bytes(runner->input);
  runner->output_bytes = bytes(runner->output);
  runner->values = calloc(1, runner->input_bytes);
  runner->scores = calloc(1, runner->output_bytes);
  runner->copy_in = CALL(int, "TfLiteTensorCopyFromBuffer", void *, const void *, size_t);
  runner->invoke = CALL(int, "TfLiteInterpreterInvoke", void *);
  runner->copy_out = CALL(int, "TfLiteTensorCopyToBuffer", const void *, void *, size_t);
}

static void *run(void *argument) {
  Runner *runner = argument;
  for (int i = 0; i < runner->count; i++) {
    double start = microseconds();
    int failed = runner->copy_in(runner->input, runner->values, runner->input_bytes) ||
                 runner->invoke(runner->handle) ||
                 runner->copy_out(runner->output, runner->scores, runner->output_bytes);
    require(!failed, "the model failed");
    runner->times[i] = microseconds() - start;
  }
  return NULL;
}

static int ascending(const void *a, const void *b) {
  double difference = *(const double *)a - *(const double *)b;
  return (difference > 0) - (difference < 0);
}

static void answer(Runner *runners, int interpreters, int count) {
  double *times = calloc((size_t)interpreters * count, sizeof *times);
  pthread_t threads[MAX_INTERPRETERS];
  double start = microseconds();
  for (int i = 0; i < interpreters; i++) {
    runners[i].count = count;
    runners[i].times = times + (size_t)i * count;
    if (i > 0) pthread_create(&threads[i], NULL, run, &runners[i]);
  }
  run(&runners[0]);
  for (int i = 1; i < interpreters; i++) pthread_join(threads[i], NULL);
  double seconds = (microseconds() - start) / 1e6;
  qsort(times, (size_t)interpreters * count, sizeof *times, ascending);
  printf("%.1f %.2f\n", times[interpreters * count / 2], interpreters * count / seconds);
  fflush(stdout);
  free(times);
}

static long resident_megabytes(void) {
  long kilobytes = 0;
  char line[256];
  FILE *status = fopen("/proc/self/status", "r");
  while (fgets(line, sizeof line, status) != NULL) sscanf(line, "VmRSS: %ld", &kilobytes);
  fclose(status);
  return kilobytes / 1024;
}

int main(int count, char **arguments) {
  require(count == 6, "usage: invoke <library> <model> <threads> <interpreters> <cache: on|off>");
  library = dlopen(arguments[1], RTLD_NOW);
  require(library != NULL, "the library does not load");
  int threads = atoi(arguments[3]);
  int interpreters = atoi(arguments[4]);
  require(interpreters >= 1 && interpreters <= MAX_INTERPRETERS, "interpreters: 1 to 8");
  void *cache = NULL;
  if (strcmp(arguments[5], "on") == 0) {
    /* With room for all: one that has to grow moves, and 2.21 then reads where it was. */
    cache = CALL(void *, "TfLiteXNNPackDelegateWeightsCacheCreateWithSize", size_t)(CACHE_BYTES);
  }

  Runner runners[MAX_INTERPRETERS];
  double start = microseconds();
  void *model = CALL(void *, "TfLiteModelCreateFromFile", const char *)(arguments[2]);
  require(model != NULL, "the model does not load");
  for (int i = 0; i < interpreters; i++) {
    open_runner(&runners[i], model, threads, cache);
    /* Only a finished cache can be run from; a soft finish leaves room for the same weights. */
    if (cache != NULL && i == 0) {
      CALL(int, "TfLiteXNNPackDelegateWeightsCacheFinalizeSoft", void *)(cache);
    }
  }
  printf("%.1f %ld\n", (microseconds() - start) / 1e3, resident_megabytes());
  fflush(stdout);

  int runs;
  while (scanf("%d", &runs) == 1) answer(runners, interpreters, runs);
  return 0;
}
