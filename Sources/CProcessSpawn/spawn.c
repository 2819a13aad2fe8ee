#define _GNU_SOURCE
#include "CProcessSpawn.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

_Static_assert(sizeof(struct execplan_mark) == 24, "one slot of the marks file is 24 bytes");

/* The kernel's signal set is 64 bits on every machine but MIPS. glibc's sigset_t calls leave out signals 32 and 33,
   hence the raw system calls. */
#define KERNEL_SIGNALS 64
#define KERNEL_SIGNAL_SET 8

/* Enough for the calls of the child, none of which uses more than a page. */
#define CHILD_STACK (32 * 1024)

#ifdef __has_feature
#if __has_feature(thread_sanitizer)
/* The sanitizer takes clone for a fork and sets itself up anew in the child, which here shares the parent's memory. This
   is the same function of the C library under its other name. */
extern int __clone(int (*function)(void *), void *stack, int flags, void *argument, ...);
#define clone __clone
#endif
#endif

struct child {
  const struct execplan_spawn_request *request;
  /* The child shares our memory: what it writes here the parent reads. */
  volatile int stage;
  volatile int error;
};

static void set_mask(uint64_t mask, uint64_t *old) {
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &mask, old, KERNEL_SIGNAL_SET);
}

static void set_default(int signal) {
  /* A kernel sigaction of zeros: SIG_DFL, no flags, empty mask. It is at most 32 bytes long. */
  static const uint64_t action[8];
  syscall(SYS_rt_sigaction, signal, action, NULL, KERNEL_SIGNAL_SET);
}

static void drop_pending(int signal) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_IGN;
  sigaction(signal, &action, NULL);
}

/* A copy above the three standard descriptors, so that dup2 onto those cannot overwrite it. */
static int above_standard(int descriptor) {
  return descriptor < 0 || descriptor > 2 ? descriptor : fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
}

static int write_mark(const struct execplan_spawn_request *request, int descriptor) {
  struct timespec now;
  if (clock_gettime(CLOCK_BOOTTIME, &now) != 0) return -1;
  struct execplan_mark mark = {
    .attempt = request->mark_attempt,
    /* The raw call: the child must not see a process id that the C library remembers. */
    .pid = (unsigned int)syscall(SYS_getpid),
    .spare = 0,
    .started = (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec,
  };
  ssize_t written = pwrite(descriptor, &mark, sizeof mark, request->mark_offset);
  if (written == (ssize_t)sizeof mark) return 0;
  if (written >= 0) errno = ENOSPC;
  return -1;
}

static void close_others(void) {
  if (syscall(SYS_close_range, 3, ~0u, 0) == 0) return;
  struct rlimit limit;
  int end = 65536;
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < (rlim_t)end) end = (int)limit.rlim_cur;
  for (int descriptor = 3; descriptor < end; descriptor++) close(descriptor);
}

/* Where the machine allows less, that is what counts. */
static void limit_files(unsigned long long size) {
  struct rlimit limit = {.rlim_cur = 0, .rlim_max = 0};
  setrlimit(RLIMIT_CORE, &limit);
  if (getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_cur <= size) return;
  limit.rlim_cur = size;
  setrlimit(RLIMIT_FSIZE, &limit);
}

static int fail(struct child *child, int stage) {
  child->error = errno;
  child->stage = stage;
  return 127;
}

/* Runs between clone and exec in the parent's memory, all signals blocked: system calls only. */
static int run_child(void *argument) {
  struct child *child = argument;
  const struct execplan_spawn_request *request = child->request;

  for (int signal = 1; signal <= KERNEL_SIGNALS; signal++) {
    if (signal != SIGKILL && signal != SIGSTOP) set_default(signal);
  }
  /* Own session: no controlling terminal, and one process group for the step and what it starts. */
  setsid();
  /* What the terminal sent to the parent's group while this process was still in it is not for the step.
     Setting a signal to be ignored drops it when it is pending. */
  static const int from_terminal[] = {SIGINT, SIGQUIT, SIGHUP, SIGTSTP};
  for (unsigned i = 0; i < sizeof from_terminal / sizeof *from_terminal; i++) {
    drop_pending(from_terminal[i]);
    set_default(from_terminal[i]);
  }
  if (request->file_creation_mask >= 0) umask((mode_t)request->file_creation_mask);

  int sources[3] = {request->input, request->output, request->error_output};
  int mark = above_standard(request->mark_descriptor);
  if (request->mark_descriptor >= 0 && mark < 0) return fail(child, EXECPLAN_STAGE_DESCRIPTORS);
  for (int i = 0; i < 3; i++) {
    if (sources[i] < 0) {
      sources[i] = open("/dev/null", (i == 0 ? O_RDONLY : O_WRONLY) | O_CLOEXEC);
      if (sources[i] < 0) return fail(child, EXECPLAN_STAGE_DESCRIPTORS);
    }
    sources[i] = above_standard(sources[i]);
    if (sources[i] < 0) return fail(child, EXECPLAN_STAGE_DESCRIPTORS);
  }
  for (int i = 0; i < 3; i++) {
    if (dup2(sources[i], i) < 0) return fail(child, EXECPLAN_STAGE_DESCRIPTORS);
  }
  if (request->directory != NULL && chdir(request->directory) != 0) return fail(child, EXECPLAN_STAGE_DIRECTORY);

  /* Last before the exec, so that a mark means: what follows is the program. */
  if (mark >= 0 && write_mark(request, mark) != 0) return fail(child, EXECPLAN_STAGE_MARK);
  close_others();
  if (request->file_size_limit > 0) limit_files(request->file_size_limit);
  set_mask(0, NULL);
  /* ETXTBSY: somebody has the program open for writing. It may be a child that another thread is just making: until its
     own exec it holds a copy of every descriptor, also of a script that was written and closed here meanwhile. So wait
     a little, 255 ms in all. */
  struct timespec wait = {.tv_sec = 0, .tv_nsec = 1000000};
  for (int tries = 0; tries < 9; tries++) {
    execve(request->path, request->argv, request->envp);
    if (errno != ETXTBSY || tries == 8) break;
    nanosleep(&wait, NULL);
    wait.tv_nsec *= 2;
  }
  return fail(child, EXECPLAN_STAGE_EXEC);
}

int execplan_spawn(const struct execplan_spawn_request *request, struct execplan_spawn_result *result) {
  char stack[CHILD_STACK] __attribute__((aligned(16)));
  struct child child = {.request = request, .stage = EXECPLAN_STAGE_NONE, .error = 0};
  uint64_t old;
  int pidfd = -1;
  int saved = errno;
  set_mask(~(uint64_t)0, &old);
  /* The parent stands still until the child has called execve or _exit, as with vfork; but the child has a stack of
     its own, so it cannot spoil the parent's frames. */
  int pid = clone(run_child, stack + sizeof stack, CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD, &child, &pidfd);
  int clone_error = errno;
  set_mask(old, NULL);
  errno = saved;

  result->pid = pid;
  result->pidfd = pidfd;
  result->stage = child.stage;
  result->error = child.error;
  if (pid < 0) {
    result->stage = EXECPLAN_STAGE_CLONE;
    result->error = clone_error;
    return -1;
  }
  if (child.stage == EXECPLAN_STAGE_NONE && pidfd >= 0) return 0;

  if (child.stage == EXECPLAN_STAGE_NONE) {
    result->stage = EXECPLAN_STAGE_PIDFD;
    result->error = ENOSYS;
    kill(-pid, SIGKILL);
  }
  while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {
  }
  if (pidfd >= 0) close(pidfd);
  result->pid = -1;
  result->pidfd = -1;
  errno = saved;
  return -1;
}

static void take_usage(const struct rusage *usage, struct execplan_usage *result) {
  result->user_microseconds = (long long)usage->ru_utime.tv_sec * 1000000 + usage->ru_utime.tv_usec;
  result->system_microseconds = (long long)usage->ru_stime.tv_sec * 1000000 + usage->ru_stime.tv_usec;
  result->max_resident = usage->ru_maxrss;
  result->read_blocks = usage->ru_inblock;
  result->written_blocks = usage->ru_oublock;
}

int execplan_reap(int pid, struct execplan_exit *result) {
  int status;
  struct rusage usage;
  int got;
  do {
    got = wait4(pid, &status, WNOHANG, &usage);
  } while (got < 0 && errno == EINTR);
  if (got < 0) return -errno;
  if (got == 0) return 0;
  result->signalled = WIFSIGNALED(status);
  result->code = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
  take_usage(&usage, &result->usage);
  return 1;
}

int execplan_thread_usage(struct execplan_usage *result) {
  struct rusage usage;
  if (getrusage(RUSAGE_THREAD, &usage) < 0) return -errno;
  take_usage(&usage, result);
  return 0;
}
