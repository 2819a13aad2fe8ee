#define _GNU_SOURCE
#include "CProcessSpawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>

int execplan_exchange(const char *a, const char *b) {
  return renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE) == 0 ? 0 : -errno;
}

int execplan_watch_writers(int descriptor) {
  /* SIGURG is ignored unless somebody asks for it; the usual SIGIO would end the process. */
  if (fcntl(descriptor, F_SETSIG, SIGURG) != 0) return -errno;
  if (fcntl(descriptor, F_SETLEASE, F_RDLCK) == 0) return 0;
  return errno == EAGAIN ? 1 : -errno;
}

int execplan_has_no_writers(int descriptor) { return fcntl(descriptor, F_GETLEASE) == F_RDLCK; }
