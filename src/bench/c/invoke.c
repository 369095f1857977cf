/*
 * LiteRT's C API without Java around it: what the binding is compared with. Linked to the library.
 *
 *   invoke <model> <threads> <interpreters> <file of XNNPACK's weight cache, or ->
 *
 * Opens the model and makes the interpreters, then reads lines "<order> <count>" and answers each
 * with times in microseconds:
 *
 *   open     that of the beginning
 *   run N    each run, of N by every interpreter at once, each on a thread of its own
 *   make N   each time that it opens the model and makes an interpreter anew
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST = 8, CPU = 1, READ = 0, WRITE = 1 };

/* LiteRtEnvOption: a tag and a LiteRtAny, here an integer. */
typedef struct { int32_t tag; struct { int32_t type; int64_t value; } any; } EnvironmentOption;

/* They keep the environment from looking for accelerators, and from talking. */
static const EnvironmentOption environment_options[] = {{24, {2, CPU}}, {25, {2, 3}}};

/* LiteRtRankedTensorType: element type, 7 bits of rank, 8 dimensions, 8 strides. */
typedef struct { int32_t element; uint32_t rank; int32_t dimensions[8]; uint32_t strides[8]; } TensorType;

/* What a function makes or finds comes back by its last argument. */
int LiteRtCreateEnvironment(int, const EnvironmentOption *, void **environment);
int LiteRtCreateModelFromFile(void *environment, const char *, void **model);
int LiteRtCreateOptions(void **options), LiteRtSetOptionsHardwareAccelerators(void *options, int);
int LiteRtCreateOpaqueOptions(const char *, void *data, void (*)(void *), void **opaque);
int LiteRtAddOpaqueOptions(void *options, void *opaque);
int LiteRtCreateCompiledModel(void *environment, void *model, void *options, void **compiled);
int LiteRtGetModelSignature(void *model, size_t, void **signature);
int LiteRtGetSignatureInputTensorByIndex(void *signature, size_t, void **tensor);
int LiteRtGetSignatureOutputTensorByIndex(void *signature, size_t, void **tensor);
int LiteRtGetRankedTensorType(void *tensor, TensorType *);
int LiteRtGetCompiledModelInputBufferRequirements(void *compiled, size_t, size_t, void **needs);
int LiteRtGetCompiledModelOutputBufferRequirements(void *compiled, size_t, size_t, void **needs);
int LiteRtCreateManagedTensorBufferFromRequirements(void *environment, const TensorType *, void *needs, void **buffer);
int LiteRtGetTensorBufferPackedSize(void *buffer, size_t *);
int LiteRtLockTensorBuffer(void *buffer, void **address, int), LiteRtUnlockTensorBuffer(void *buffer);
int LiteRtRunCompiledModel(void *compiled, size_t, size_t, void **in, size_t, void **out);
void LiteRtDestroyTensorBuffer(void *), LiteRtDestroyCompiledModel(void *);
void LiteRtDestroyOptions(void *), LiteRtDestroyModel(void *);

typedef struct {
  void *model, *options, *compiled, *in, *out;
  size_t in_bytes, out_bytes;
  int runs;
  double *times;
} Interpreter;

static void *environment;
static const char *path;
static char kernel_options[512];
static char values[1 << 22];
static _Thread_local char scores[1 << 16];

/* A status that is not 0 ends the program. */
#define DO(call) \
  if ((call) != 0) fprintf(stderr, "%s\n", #call), exit(1)

static double microseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e6 + now.tv_nsec / 1e3;
}

/* Of a tensor; a batch of open length, -1, is one image. */
static size_t new_buffer(void *tensor, void *needs, void **buffer) {
  TensorType type;
  size_t bytes;
  DO(LiteRtGetRankedTensorType(tensor, &type));
  for (int i = 0; i < 8; i++) type.dimensions[i] = abs(type.dimensions[i]);
  DO(LiteRtCreateManagedTensorBufferFromRequirements(environment, &type, needs, buffer));
  DO(LiteRtGetTensorBufferPackedSize(*buffer, &bytes));
  return bytes;
}

/* Of `model`, or of the file where that is NULL. */
static void open_interpreter(Interpreter *it, void *model) {
  void *opaque, *signature, *tensor, *needs;
  it->model = model;
  if (!model) DO(LiteRtCreateModelFromFile(environment, path, &it->model));
  DO(LiteRtCreateOptions(&it->options));
  DO(LiteRtSetOptionsHardwareAccelerators(it->options, CPU));
  DO(LiteRtCreateOpaqueOptions("xnnpack", strdup(kernel_options), free, &opaque));
  DO(LiteRtAddOpaqueOptions(it->options, opaque));
  DO(LiteRtCreateCompiledModel(environment, it->model, it->options, &it->compiled));
  DO(LiteRtGetModelSignature(it->model, 0, &signature));
  DO(LiteRtGetSignatureInputTensorByIndex(signature, 0, &tensor));
  DO(LiteRtGetCompiledModelInputBufferRequirements(it->compiled, 0, 0, &needs));
  it->in_bytes = new_buffer(tensor, needs, &it->in);
  DO(LiteRtGetSignatureOutputTensorByIndex(signature, 0, &tensor));
  DO(LiteRtGetCompiledModelOutputBufferRequirements(it->compiled, 0, 0, &needs));
  it->out_bytes = new_buffer(tensor, needs, &it->out);
  DO(it->in_bytes > sizeof values || it->out_bytes > sizeof scores);
}

static double make(void) {
  Interpreter it;
  double start = microseconds();
  open_interpreter(&it, NULL);
  double took = microseconds() - start;
  LiteRtDestroyTensorBuffer(it.in);
  LiteRtDestroyTensorBuffer(it.out);
  LiteRtDestroyCompiledModel(it.compiled);
  LiteRtDestroyOptions(it.options);
  LiteRtDestroyModel(it.model);
  return took;
}

static void *run(void *argument) {
  Interpreter *it = argument;
  for (int i = 0; i < it->runs; i++) {
    void *address;
    double start = microseconds();
    DO(LiteRtLockTensorBuffer(it->in, &address, WRITE));
    memcpy(address, values, it->in_bytes);
    DO(LiteRtUnlockTensorBuffer(it->in));
    DO(LiteRtRunCompiledModel(it->compiled, 0, 1, &it->in, 1, &it->out));
    DO(LiteRtLockTensorBuffer(it->out, &address, READ));
    memcpy(scores, address, it->out_bytes);
    DO(LiteRtUnlockTensorBuffer(it->out));
    it->times[i] = microseconds() - start;
  }
  return NULL;
}

/* Prints the times of all. */
static void run_at_once(Interpreter *all, int interpreters, int count) {
  pthread_t threads[MOST];
  for (int i = 0; i < interpreters; i++) {
    all[i].runs = count;
    all[i].times = calloc(count, sizeof(double));
    DO(pthread_create(&threads[i], NULL, run, &all[i]));
  }
  for (int i = 0; i < interpreters; i++) {
    pthread_join(threads[i], NULL);
    for (int time = 0; time < count; time++) printf("%.1f ", all[i].times[time]);
    free(all[i].times);
  }
}

int main(int arguments, char **argument) {
  if (arguments != 5 || atoi(argument[3]) > MOST) return 2;
  path = argument[1];
  int length = snprintf(kernel_options, sizeof kernel_options, "num_threads = %s\n", argument[2]);
  if (strcmp(argument[4], "-") != 0)
    snprintf(kernel_options + length, sizeof kernel_options - length,
             "weight_cache_file_path = \"%s\"\n", argument[4]);
  int interpreters = atoi(argument[3]);

  Interpreter all[MOST];
  double start = microseconds();
  DO(LiteRtCreateEnvironment(2, environment_options, &environment));
  for (int i = 0; i < interpreters; i++) open_interpreter(&all[i], i ? all[0].model : NULL);
  double opened = microseconds() - start;

  char order[8];
  int count;
  while (scanf("%7s %d", order, &count) == 2) {
    if (strcmp(order, "open") == 0) printf("%.1f", opened);
    if (strcmp(order, "run") == 0) run_at_once(all, interpreters, count);
    if (strcmp(order, "make") == 0)
      for (int i = 0; i < count; i++) printf("%.1f ", make());
    puts("");
    fflush(stdout);
  }
  return 0;
}
