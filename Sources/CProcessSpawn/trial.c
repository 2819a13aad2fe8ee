#define _GNU_SOURCE
#include "CProcessSpawn.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

int execplan_line(int descriptors[2]) {
  return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, descriptors) == 0 ? 0 : -errno;
}

int execplan_is_line_to_parent(int descriptor) {
  int kind = 0;
  socklen_t size = sizeof kind;
  if (getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &kind, &size) != 0 || kind != SOCK_SEQPACKET) return 0;
  struct ucred maker;
  size = sizeof maker;
  /* Of a pair of sockets: who made it (unix(7)). */
  if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &maker, &size) != 0) return 0;
  return maker.pid > 0 && maker.pid == getppid();
}

int execplan_tree_watch(void) {
  int descriptor = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  return descriptor < 0 ? -errno : descriptor;
}

int execplan_tree_watch_add(int watch, const char *folder) {
  const unsigned int changes = IN_CREATE | IN_MODIFY | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB;
  return inotify_add_watch(watch, folder, changes | IN_ONLYDIR | IN_DONT_FOLLOW) < 0 ? -errno : 0;
}

int execplan_copy_content(int from, int to) {
  if (ioctl(to, FICLONE, from) == 0) return 0;
  static const size_t piece = 1 << 20;
  int is_first = 1;
  while (1) {
    ssize_t count = copy_file_range(from, NULL, to, NULL, piece, 0);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && is_first) break;
    if (count < 0) return -errno;
    if (count == 0 && is_first) break;
    if (count == 0) return 0;
    is_first = 0;
  }
  char buffer[1 << 16];
  while (1) {
    ssize_t count = read(from, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return -errno;
    if (count == 0) return 0;
    for (ssize_t done = 0; done < count;) {
      ssize_t more = write(to, buffer + done, (size_t)(count - done));
      if (more < 0 && errno == EINTR) continue;
      if (more <= 0) return more < 0 ? -errno : -EIO;
      done += more;
    }
  }
}
