/*
 * A library to preload on arm64: an open() that knows which processors there are where the system
 * does not say. AWS Lambda on arm64 has no /sys/devices/system/cpu, without which XNNPACK's cpuinfo
 * gives up and LiteRT compiles no model.
 *
 * Where the real file is missing, "possible" and "present" in that folder are answered by a memory
 * file with "0-N". Every other call is the C library's.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What the engine looks up to see that this library is loaded. */
__attribute__((visibility("default"))) const int bucketlens_cpulist = 1;

static int list_of_processors(void) {
  char list[32];
  long processors = sysconf(_SC_NPROCESSORS_CONF);
  int length = snprintf(list, sizeof list, "0-%ld\n", processors > 1 ? processors - 1 : 0);
  int file = (int)syscall(SYS_memfd_create, "cpulist", 1u /* MFD_CLOEXEC */);
  if (file < 0) {
    return -1;
  }
  if (pwrite(file, list, (size_t)length, 0) != length) {
    close(file);
    errno = EIO;
    return -1;
  }
  return file;
}

__attribute__((visibility("default"))) int open(const char *path, int flags, ...) {
  mode_t mode = 0;
  if ((flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE) {
    va_list arguments;
    va_start(arguments, flags);
    mode = va_arg(arguments, mode_t);
    va_end(arguments);
  }
  int file = openat(AT_FDCWD, path, flags, mode);
  if (file < 0 && errno == ENOENT &&
      (strcmp(path, "/sys/devices/system/cpu/possible") == 0 ||
       strcmp(path, "/sys/devices/system/cpu/present") == 0)) {
    return list_of_processors();
  }
  return file;
}
