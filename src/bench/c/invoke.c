/*
 * LiteRT's C API without Java around it: what the binding is compared with.
 *
 *   invoke <library> <model> <threads> <interpreters> <file of XNNPACK's weight cache, or ->
 *
 * Prints "<milliseconds to make the interpreters> <resident MB>", then reads lines "<order> <count>":
 *
 *   run N    every interpreter runs N times at once, each on a thread of its own; answers
 *            "<median microseconds of a run> <runs a second, of all together>"
 *   make N   opens the model and makes an interpreter N times; answers "<median microseconds>"
 */
#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MAX_INTERPRETERS = 8, CPU = 1, READ = 0, WRITE = 1 };

/* LiteRtEnvOption: a tag and a LiteRtAny. */
typedef struct {
  int32_t tag;
  struct {
    int32_t type;
    int64_t value;
  } any;
} EnvironmentOption;

/* An integer; the tags keep the environment from looking for accelerators, and from talking. */
enum { INTEGER = 2, REGISTERED_ACCELERATORS = 24, LOWEST_SEVERITY = 25, ERRORS = 3 };

/* LiteRtRankedTensorType: element type, 7 bits of rank, 8 dimensions, 8 strides. */
typedef struct {
  int32_t element;
  uint32_t rank;
  int32_t dimensions[8];
  uint32_t strides[8];
} TensorType;

static void *library, *environment, *model;
static char kernel_options[512];

static void require(int condition, const char *what) {
  if (!condition) {
    fprintf(stderr, "%s\n", what);
    exit(1);
  }
}

static void *symbol(const char *name) {
  void *found = dlsym(library, name);
  require(found != NULL, name);
  return found;
}

/* Every function of the API answers with a status; anything but 0 ends the program. */
#define CALL(name, types, ...) require(((int(*) types)symbol(name))(__VA_ARGS__) == 0, name)
#define FREE(name, handle) ((void (*)(void *))symbol(name))(handle)

static double microseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e6 + now.tv_nsec / 1e3;
}

/* One interpreter with its input, its output, and the times of its runs. */
typedef struct {
  void *options, *handle, *input, *output;
  size_t input_bytes, output_bytes;
  void *values, *scores;
  int count;
  double *times;
} Runner;

static void *new_buffer(Runner *runner, const char *tensor, const char *requirement, size_t *bytes) {
  void *signature, *spec, *needs, *buffer;
  TensorType type;
  CALL("LiteRtGetModelSignature", (void *, size_t, void **), model, 0, &signature);
  CALL(tensor, (void *, size_t, void **), signature, 0, &spec);
  CALL("LiteRtGetRankedTensorType", (void *, TensorType *), spec, &type);
  for (int i = 0; i < 8; i++)
    if (type.dimensions[i] < 0) type.dimensions[i] = 1;
  CALL(requirement, (void *, size_t, size_t, void **), runner->handle, 0, 0, &needs);
  CALL("LiteRtCreateManagedTensorBufferFromRequirements",
       (void *, const TensorType *, void *, void **), environment, &type, needs, &buffer);
  CALL("LiteRtGetTensorBufferPackedSize", (void *, size_t *), buffer, bytes);
  return buffer;
}

static void open_model(const char *path) {
  CALL("LiteRtCreateModelFromFile", (void *, const char *, void **), environment, path, &model);
}

static void open_runner(Runner *runner) {
  void *opaque;
  CALL("LiteRtCreateOptions", (void **), &runner->options);
  CALL("LiteRtSetOptionsHardwareAccelerators", (void *, int), runner->options, CPU);
  CALL("LiteRtCreateOpaqueOptions", (const char *, void *, void (*)(void *), void **), "xnnpack",
       strdup(kernel_options), free, &opaque);
  CALL("LiteRtAddOpaqueOptions", (void *, void *), runner->options, opaque);
  CALL("LiteRtCreateCompiledModel", (void *, void *, void *, void **), environment, model,
       runner->options, &runner->handle);
  runner->input = new_buffer(runner, "LiteRtGetSignatureInputTensorByIndex",
                             "LiteRtGetCompiledModelInputBufferRequirements", &runner->input_bytes);
  runner->output =
      new_buffer(runner, "LiteRtGetSignatureOutputTensorByIndex",
                 "LiteRtGetCompiledModelOutputBufferRequirements", &runner->output_bytes);
  runner->values = calloc(1, runner->input_bytes);
  runner->scores = calloc(1, runner->output_bytes);
}

static void close_runner(Runner *runner) {
  FREE("LiteRtDestroyTensorBuffer", runner->input);
  FREE("LiteRtDestroyTensorBuffer", runner->output);
  FREE("LiteRtDestroyCompiledModel", runner->handle);
  FREE("LiteRtDestroyOptions", runner->options);
  free(runner->values);
  free(runner->scores);
}

static void *run(void *argument) {
  Runner *runner = argument;
  int (*lock)(void *, void **, int) = symbol("LiteRtLockTensorBuffer");
  int (*unlock)(void *) = symbol("LiteRtUnlockTensorBuffer");
  int (*invoke)(void *, size_t, size_t, void **, size_t, void **) = symbol("LiteRtRunCompiledModel");
  for (int i = 0; i < runner->count; i++) {
    void *address;
    double start = microseconds();
    require(lock(runner->input, &address, WRITE) == 0, "no input");
    memcpy(address, runner->values, runner->input_bytes);
    require(unlock(runner->input) == 0, "the input stays locked");
    require(invoke(runner->handle, 0, 1, &runner->input, 1, &runner->output) == 0, "a run failed");
    require(lock(runner->output, &address, READ) == 0, "no output");
    memcpy(runner->scores, address, runner->output_bytes);
    require(unlock(runner->output) == 0, "the output stays locked");
    runner->times[i] = microseconds() - start;
  }
  return NULL;
}

static int ascending(const void *a, const void *b) {
  double difference = *(const double *)a - *(const double *)b;
  return (difference > 0) - (difference < 0);
}

static double median(double *times, int count) {
  qsort(times, count, sizeof *times, ascending);
  return times[count / 2];
}

static void answer_run(Runner *runners, int interpreters, int count) {
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
  int all = interpreters * count;
  printf("%.1f %.2f\n", median(times, all), all / seconds);
  free(times);
}

static void answer_make(const char *path, int count) {
  double *times = calloc(count, sizeof *times);
  void *first = model;
  for (int i = 0; i < count; i++) {
    Runner runner;
    double start = microseconds();
    open_model(path);
    open_runner(&runner);
    times[i] = microseconds() - start;
    close_runner(&runner);
    FREE("LiteRtDestroyModel", model);
  }
  model = first;
  printf("%.1f\n", median(times, count));
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
  require(count == 6, "usage: invoke <library> <model> <threads> <interpreters> <weight cache>");
  library = dlopen(arguments[1], RTLD_NOW);
  require(library != NULL, "the library does not load");
  int length = snprintf(kernel_options, sizeof kernel_options, "num_threads = %s\n", arguments[3]);
  if (strcmp(arguments[5], "-") != 0)
    snprintf(kernel_options + length, sizeof kernel_options - length,
             "weight_cache_file_path = \"%s\"\n", arguments[5]);
  int interpreters = atoi(arguments[4]);
  require(interpreters >= 1 && interpreters <= MAX_INTERPRETERS, "interpreters: 1 to 8");
  EnvironmentOption options[] = {{REGISTERED_ACCELERATORS, {INTEGER, CPU}},
                                 {LOWEST_SEVERITY, {INTEGER, ERRORS}}};

  Runner runners[MAX_INTERPRETERS];
  double start = microseconds();
  CALL("LiteRtCreateEnvironment", (int, const EnvironmentOption *, void **), 2, options,
       &environment);
  open_model(arguments[2]);
  for (int i = 0; i < interpreters; i++) open_runner(&runners[i]);
  printf("%.1f %ld\n", (microseconds() - start) / 1e3, resident_megabytes());
  fflush(stdout);

  char order[8];
  int times;
  while (scanf("%7s %d", order, &times) == 2) {
    if (strcmp(order, "make") == 0)
      answer_make(arguments[2], times);
    else
      answer_run(runners, interpreters, times);
    fflush(stdout);
  }
  return 0;
}
