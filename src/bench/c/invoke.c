/*
 * LiteRT's C API without Java around it: what the binding is compared with. Linked to the library.
 *
 *   invoke <model> <threads> <interpreters> <file of XNNPACK's weight cache, or ->
 *
 * Prints "<milliseconds to make the interpreters> <resident MB>", then reads lines "<order> <count>":
 *
 *   run N    every interpreter runs N times at once, each on a thread of its own; answers
 *            "<median microseconds of a run> <runs a second, of all together>"
 *   make N   opens the model and makes an interpreter N times; answers "<median microseconds>"
 */
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

int LiteRtCreateEnvironment(int, const EnvironmentOption *, void **environment);
int LiteRtCreateModelFromFile(void *environment, const char *, void **model);
int LiteRtCreateOptions(void **options);
int LiteRtSetOptionsHardwareAccelerators(void *options, int);
int LiteRtCreateOpaqueOptions(const char *name, void *data, void (*)(void *), void **opaque);
int LiteRtAddOpaqueOptions(void *options, void *opaque);
int LiteRtCreateCompiledModel(void *environment, void *model, void *options, void **compiled);
int LiteRtGetModelSignature(void *model, size_t, void **signature);
int LiteRtGetSignatureInputTensorByIndex(void *signature, size_t, void **tensor);
int LiteRtGetSignatureOutputTensorByIndex(void *signature, size_t, void **tensor);
int LiteRtGetRankedTensorType(void *tensor, TensorType *);
int LiteRtGetCompiledModelInputBufferRequirements(void *compiled, size_t, size_t, void **needs);
int LiteRtGetCompiledModelOutputBufferRequirements(void *compiled, size_t, size_t, void **needs);
int LiteRtCreateManagedTensorBufferFromRequirements(void *environment, const TensorType *,
                                                    void *needs, void **buffer);
int LiteRtGetTensorBufferPackedSize(void *buffer, size_t *);
int LiteRtLockTensorBuffer(void *buffer, void **address, int);
int LiteRtUnlockTensorBuffer(void *buffer);
int LiteRtRunCompiledModel(void *compiled, size_t, size_t, void **in, size_t, void **out);
void LiteRtDestroyTensorBuffer(void *), LiteRtDestroyCompiledModel(void *);
void LiteRtDestroyOptions(void *), LiteRtDestroyModel(void *);

/* Every call answers with a status; anything but 0 ends the program. */
#define DO(call) require((call) == 0, #call)

static void *environment, *model;
static char kernel_options[512];

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

/* A tensor's buffer, and as many bytes of our own. */
typedef struct {
  void *handle, *values;
  size_t bytes;
} Buffer;

/* One interpreter with its input, its output, and the times of its runs. */
typedef struct {
  void *options, *handle;
  Buffer input, output;
  int count;
  double *times;
} Runner;

static Buffer new_buffer(void *tensor, void *needs) {
  Buffer buffer;
  TensorType type;
  DO(LiteRtGetRankedTensorType(tensor, &type));
  for (int i = 0; i < 8; i++)
    if (type.dimensions[i] < 0) type.dimensions[i] = 1;
  DO(LiteRtCreateManagedTensorBufferFromRequirements(environment, &type, needs, &buffer.handle));
  DO(LiteRtGetTensorBufferPackedSize(buffer.handle, &buffer.bytes));
  buffer.values = calloc(1, buffer.bytes);
  return buffer;
}

static void open_runner(Runner *runner) {
  void *opaque, *signature, *tensor, *needs;
  DO(LiteRtCreateOptions(&runner->options));
  DO(LiteRtSetOptionsHardwareAccelerators(runner->options, CPU));
  DO(LiteRtCreateOpaqueOptions("xnnpack", strdup(kernel_options), free, &opaque));
  DO(LiteRtAddOpaqueOptions(runner->options, opaque));
  DO(LiteRtCreateCompiledModel(environment, model, runner->options, &runner->handle));
  DO(LiteRtGetModelSignature(model, 0, &signature));
  DO(LiteRtGetSignatureInputTensorByIndex(signature, 0, &tensor));
  DO(LiteRtGetCompiledModelInputBufferRequirements(runner->handle, 0, 0, &needs));
  runner->input = new_buffer(tensor, needs);
  DO(LiteRtGetSignatureOutputTensorByIndex(signature, 0, &tensor));
  DO(LiteRtGetCompiledModelOutputBufferRequirements(runner->handle, 0, 0, &needs));
  runner->output = new_buffer(tensor, needs);
}

static void close_runner(Runner *runner) {
  LiteRtDestroyTensorBuffer(runner->input.handle);
  LiteRtDestroyTensorBuffer(runner->output.handle);
  LiteRtDestroyCompiledModel(runner->handle);
  LiteRtDestroyOptions(runner->options);
  free(runner->input.values);
  free(runner->output.values);
}

static void *run(void *argument) {
  Runner *runner = argument;
  Buffer in = runner->input, out = runner->output;
  for (int i = 0; i < runner->count; i++) {
    void *address;
    double start = microseconds();
    DO(LiteRtLockTensorBuffer(in.handle, &address, WRITE));
    memcpy(address, in.values, in.bytes);
    DO(LiteRtUnlockTensorBuffer(in.handle));
    DO(LiteRtRunCompiledModel(runner->handle, 0, 1, &in.handle, 1, &out.handle));
    DO(LiteRtLockTensorBuffer(out.handle, &address, READ));
    memcpy(out.values, address, out.bytes);
    DO(LiteRtUnlockTensorBuffer(out.handle));
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

static void answer_run(Runner *runners, int interpreters, int count, double *times) {
  pthread_t threads[MAX_INTERPRETERS];
  double start = microseconds();
  for (int i = 0; i < interpreters; i++) {
    runners[i].count = count;
    runners[i].times = times + (size_t)i * count;
    require(pthread_create(&threads[i], NULL, run, &runners[i]) == 0, "no thread");
  }
  for (int i = 0; i < interpreters; i++) pthread_join(threads[i], NULL);
  double seconds = (microseconds() - start) / 1e6;
  int all = interpreters * count;
  printf("%.1f %.2f\n", median(times, all), all / seconds);
}

static void answer_make(const char *path, int count, double *times) {
  void *first = model;
  for (int i = 0; i < count; i++) {
    Runner runner;
    double start = microseconds();
    DO(LiteRtCreateModelFromFile(environment, path, &model));
    open_runner(&runner);
    times[i] = microseconds() - start;
    close_runner(&runner);
    LiteRtDestroyModel(model);
  }
  model = first;
  printf("%.1f\n", median(times, count));
}

static long resident_megabytes(void) {
  long pages, resident;
  FILE *sizes = fopen("/proc/self/statm", "r");
  require(fscanf(sizes, "%ld %ld", &pages, &resident) == 2, "/proc/self/statm");
  fclose(sizes);
  return resident * 4 / 1024;
}

int main(int count, char **arguments) {
  require(count == 5, "usage: invoke <model> <threads> <interpreters> <weight cache>");
  int length = snprintf(kernel_options, sizeof kernel_options, "num_threads = %s\n", arguments[2]);
  if (strcmp(arguments[4], "-") != 0)
    snprintf(kernel_options + length, sizeof kernel_options - length,
             "weight_cache_file_path = \"%s\"\n", arguments[4]);
  int interpreters = atoi(arguments[3]);
  require(interpreters >= 1 && interpreters <= MAX_INTERPRETERS, "interpreters: 1 to 8");
  EnvironmentOption options[] = {{REGISTERED_ACCELERATORS, {INTEGER, CPU}},
                                 {LOWEST_SEVERITY, {INTEGER, ERRORS}}};

  Runner runners[MAX_INTERPRETERS];
  double start = microseconds();
  DO(LiteRtCreateEnvironment(2, options, &environment));
  DO(LiteRtCreateModelFromFile(environment, arguments[1], &model));
  for (int i = 0; i < interpreters; i++) open_runner(&runners[i]);
  printf("%.1f %ld\n", (microseconds() - start) / 1e3, resident_megabytes());
  fflush(stdout);

  char order[8];
  int times;
  while (scanf("%7s %d", order, &times) == 2) {
    double *measured = calloc((size_t)interpreters * times, sizeof *measured);
    if (strcmp(order, "make") == 0)
      answer_make(arguments[1], times, measured);
    else
      answer_run(runners, interpreters, times, measured);
    free(measured);
    fflush(stdout);
  }
  return 0;
}
