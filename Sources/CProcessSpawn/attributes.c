#define _GNU_SOURCE
#include "CProcessSpawn.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/xattr.h>

/* Namespaces whose attributes the kernel or a security module sets by itself, and only a privileged process may copy. */
int execplan_is_privileged_attribute(const char *name) {
  return strncmp(name, "security.", 9) == 0 || strncmp(name, "trusted.", 8) == 0;
}

static int copy_one(int from, int to, const char *name) {
  ssize_t size = fgetxattr(from, name, NULL, 0);
  if (size < 0) return errno == ENODATA || execplan_is_privileged_attribute(name) ? 0 : -errno;
  char *value = malloc(size ? (size_t)size : 1);
  if (!value) return -ENOMEM;
  size = fgetxattr(from, name, value, (size_t)size);
  int result = 0;
  if (size < 0 || fsetxattr(to, name, value, (size_t)size, 0) < 0) result = execplan_is_privileged_attribute(name) ? 0 : -errno;
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

long execplan_list_attributes(const char *path, int file, char *names, unsigned long size) {
  ssize_t count = path ? llistxattr(path, names, size) : flistxattr(file, names, size);
  if (count >= 0) return (long)count;
  /* A file system without attributes has none. */
  return errno == ENOTSUP ? 0 : -errno;
}

long execplan_get_attribute(const char *path, int file, const char *name, unsigned char *value, unsigned long size) {
  ssize_t count = path ? lgetxattr(path, name, value, size) : fgetxattr(file, name, value, size);
  return count < 0 ? -errno : (long)count;
}

int execplan_set_attribute(int file, const char *name, const unsigned char *value, unsigned long size) {
  return fsetxattr(file, name, value, size, 0) < 0 ? -errno : 0;
}

int execplan_remove_attribute(int file, const char *name) { return fremovexattr(file, name) < 0 ? -errno : 0; }
