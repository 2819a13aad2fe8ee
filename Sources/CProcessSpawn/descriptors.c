#define _GNU_SOURCE
#include "CProcessSpawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

static int or_error(int value) { return value < 0 ? -errno : value; }

int execplan_pidfd_open(int pid) { return or_error((int)syscall(SYS_pidfd_open, pid, 0)); }

int execplan_epoll_create(void) { return or_error(epoll_create1(EPOLL_CLOEXEC)); }

int execplan_eventfd(int is_semaphore) {
  /* A semaphore is for threads that sleep in read; a wake-up is polled. */
  return or_error(eventfd(0, EFD_CLOEXEC | (is_semaphore ? EFD_SEMAPHORE : EFD_NONBLOCK)));
}

int execplan_boot_timer(void) { return or_error(timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK)); }

int execplan_boot_timer_set(int timer, long long nanoseconds) {
  struct itimerspec when;
  memset(&when, 0, sizeof when);
  when.it_value.tv_sec = (time_t)(nanoseconds / 1000000000);
  when.it_value.tv_nsec = (long)(nanoseconds % 1000000000);
  return or_error(timerfd_settime(timer, TFD_TIMER_ABSTIME, &when, NULL));
}

int execplan_signal_descriptor(const int *signals, int count) {
  sigset_t set;
  sigemptyset(&set);
  for (int i = 0; i < count; i++) sigaddset(&set, signals[i]);
  int error = pthread_sigmask(SIG_BLOCK, &set, NULL);
  if (error != 0) return -error;
  return or_error(signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
}

int execplan_signal_read(int descriptor) {
  struct signalfd_siginfo info;
  ssize_t count = read(descriptor, &info, sizeof info);
  if (count == (ssize_t)sizeof info) return (int)info.ssi_signo;
  return count < 0 && errno != EAGAIN && errno != EINTR ? -errno : 0;
}

int execplan_signal_is_ignored(int signal) {
  struct sigaction action;
  return sigaction(signal, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

static void set_disposition(int signal, void (*disposition)(int)) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = disposition;
  sigaction(signal, &action, NULL);
}

void execplan_signal_ignore(int signal) { set_disposition(signal, SIG_IGN); }

void execplan_signal_default(int signal) { set_disposition(signal, SIG_DFL); }

void execplan_block_signals(void) {
  sigset_t set;
  sigfillset(&set);
  pthread_sigmask(SIG_SETMASK, &set, NULL);
}

void execplan_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

int execplan_fork(void) { return or_error((int)fork()); }

void execplan_unlock(int descriptor) {
  struct flock lock = {.l_type = F_UNLCK, .l_whence = SEEK_SET};
  fcntl(descriptor, F_OFD_SETLK, &lock);
}

void execplan_hide_memory(void) { prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

int execplan_memory_file(const char *name) { return or_error(memfd_create(name, MFD_CLOEXEC)); }

/* The flag belongs to one end's own open file: the child's end stays blocking. */
static int pipe_with_open_end(int descriptors[2], int open_end) {
  if (pipe2(descriptors, O_CLOEXEC) != 0) return -errno;
  if (fcntl(descriptors[open_end], F_SETFL, O_NONBLOCK) == 0) return 0;
  int error = errno;
  close(descriptors[0]);
  close(descriptors[1]);
  return -error;
}

int execplan_pipe(int descriptors[2]) { return pipe_with_open_end(descriptors, 0); }

int execplan_input_pipe(int descriptors[2]) { return pipe_with_open_end(descriptors, 1); }

int execplan_epoll_add(int epoll, int descriptor, unsigned long long token) {
  struct epoll_event event;
  memset(&event, 0, sizeof event);
  event.events = EPOLLIN;
  event.data.u64 = token;
  return or_error(epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event));
}

int execplan_epoll_remove(int epoll, int descriptor) {
  return or_error(epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, NULL));
}

int execplan_epoll_wait(int epoll, unsigned long long *tokens, int capacity, int milliseconds) {
  struct epoll_event events[64];
  if (capacity > 64) capacity = 64;
  int count = epoll_wait(epoll, events, capacity, milliseconds);
  if (count < 0) return errno == EINTR ? 0 : -errno;
  for (int i = 0; i < count; i++) tokens[i] = events[i].data.u64;
  return count;
}

int execplan_punch_hole(int descriptor, long long offset, long long length) {
  return or_error(fallocate(descriptor, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, length));
}

static long long seek_or_error(int descriptor, long long offset, int whence) {
  off_t found = lseek(descriptor, offset, whence);
  return found < 0 ? -errno : found;
}

long long execplan_seek_hole(int descriptor, long long offset) { return seek_or_error(descriptor, offset, SEEK_HOLE); }

long long execplan_seek_data(int descriptor, long long offset) { return seek_or_error(descriptor, offset, SEEK_DATA); }

int execplan_create_exclusive(const char *path) {
  int descriptor = or_error(open(path, O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  /* The umask may have taken the owner's rights away. */
  if (descriptor >= 0) (void)fchmod(descriptor, 0600);
  return descriptor;
}

void execplan_forbid_core_files(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_CORE, &limit) == 0) {
    /* The hard limit stays, so that a program that wants core files can still have them. */
    limit.rlim_cur = 0;
    (void)setrlimit(RLIMIT_CORE, &limit);
  }
}
