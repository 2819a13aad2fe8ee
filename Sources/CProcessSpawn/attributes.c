#define _GNU_SOURCE
#include "CProcessSpawn.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/xattr.h>

/* Namespaces whose attributes the kernel or a security module sets by itself, and only a privileged process may copy. */
static int is_privileged(const char *name) {
  return strncmp(name, "security.", 9) == 0 || strncmp(name, "trusted.", 8) == 0;
}

static int copy_one(int from, int to, const char *name) {
  ssize_t size = fgetxattr(from, name, NULL, 0);
  if (size < 0) return errno == ENODATA || is_privileged(name) ? 0 : -errno;
  char *value = malloc(size ? (size_t)size : 1);
  if (!value) return -ENOMEM;
  size = fgetxattr(from, name, value, (size_t)size);
  int result = 0;
  if (size < 0 || fsetxattr(to, name, value, (size_t)size, 0) < 0) result = is_privileged(name) ? 0 : -errno;
  free(value);
  return result;
}

int execplan_copy_attributes(int from, int to) {
  ssize_t size = flistxattr(from, NULL, 0);
  /* A file system without attributes has none to copy. */
  if (size < 0) return errno == ENOTSUP ? 0 : -errno;
  if (size == 0) return 0;
  char *names = malloc((size_t)size);
  if (!names) return -ENOMEM;
  size = flistxattr(from, names, (size_t)size);
  int result = size < 0 ? -errno : 0;
  for (ssize_t at = 0; result == 0 && at < size; at += (ssize_t)strlen(names + at) + 1) {
    result = copy_one(from, to, names + at);
  }
  free(names);
  return result;
}
