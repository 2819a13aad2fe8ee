#ifndef EXECPLAN_CPROCESSSPAWN_H
#define EXECPLAN_CPROCESSSPAWN_H

/* The calls that Swift's Glibc module does not show, or that must not run Swift code between vfork and exec.
   No system header is included here, so that importing this module brings nothing else into scope. */

/* Where a child failed before its program began. */
enum execplan_stage {
  EXECPLAN_STAGE_NONE = 0,
  /* No process could be made. */
  EXECPLAN_STAGE_CLONE = 1,
  EXECPLAN_STAGE_DESCRIPTORS = 2,
  EXECPLAN_STAGE_DIRECTORY = 3,
  EXECPLAN_STAGE_MARK = 4,
  EXECPLAN_STAGE_EXEC = 5,
  /* The kernel makes processes but has no pidfd (before Linux 5.2). */
  EXECPLAN_STAGE_PIDFD = 6,
};

struct execplan_spawn_request {
  /* Given to execve as it is: no search. */
  const char *path;
  char *const *argv;
  char *const *envp;
  /* NULL: the parent's. */
  const char *directory;
  /* -1: /dev/null. */
  int input;
  int output;
  int error_output;
  /* -1: the parent's umask. */
  int file_creation_mask;
  /* -1: no mark. */
  int mark_descriptor;
  long long mark_offset;
  unsigned long long mark_attempt;
  /* The largest file that it may write, bytes: SIGXFSZ ends it, and no core file tells of that. 0: the parent's. */
  unsigned long long file_size_limit;
};

struct execplan_spawn_result {
  int pid;
  int pidfd;
  /* What failed and its errno; EXECPLAN_STAGE_NONE when the program runs. */
  int stage;
  int error;
};

/* What a child writes into the marks file just before its exec: 24 bytes in the machine's byte order. */
struct execplan_mark {
  unsigned long long attempt;
  unsigned int pid;
  unsigned int spare;
  /* Nanoseconds of CLOCK_BOOTTIME. */
  unsigned long long started;
};

/* Starts a program in a session of its own. Returns 0, or -1 with `stage` and `error` set; then no process is left. */
int execplan_spawn(const struct execplan_spawn_request *request, struct execplan_spawn_result *result);

/* As getrusage(2) counts it. */
struct execplan_usage {
  long long user_microseconds;
  long long system_microseconds;
  /* KiB. */
  long long max_resident;
  /* Of 512 bytes, from and to a disk. */
  long long read_blocks;
  long long written_blocks;
};

struct execplan_exit {
  /* The exit code, or the signal when `signalled` is not 0. */
  int code;
  int signalled;
  struct execplan_usage usage;
};

/* Takes the end of a child without waiting: 1 when it had ended, 0 when it runs, -errno. */
int execplan_reap(int pid, struct execplan_exit *result);

/* What the calling thread used since it was started; its max_resident is that of the process. 0 or -errno. */
int execplan_thread_usage(struct execplan_usage *usage);

/* A pidfd of a process, or -errno. */
int execplan_pidfd_open(int pid);

/* Each returns a descriptor (close-on-exec, non-blocking) or -errno. */
int execplan_epoll_create(void);
int execplan_eventfd(int is_semaphore);
int execplan_boot_timer(void);
/* Blocks the signals in the calling thread; they arrive in the descriptor alone. */
int execplan_signal_descriptor(const int *signals, int count);
/* An anonymous file in memory, for a child's stdin. */
int execplan_memory_file(const char *name);
/* Close-on-exec pipe; the reading end does not block. 0 or -errno. */
int execplan_pipe(int descriptors[2]);
/* The same, but it is the writing end that does not block. */
int execplan_input_pipe(int descriptors[2]);

int execplan_epoll_add(int epoll, int descriptor, unsigned long long token);
int execplan_epoll_remove(int epoll, int descriptor);
/* Fills `tokens` and returns their number, or -errno. Waits without end when `milliseconds` is -1. */
int execplan_epoll_wait(int epoll, unsigned long long *tokens, int capacity, int milliseconds);
/* Arms a boot timer for an instant of CLOCK_BOOTTIME in nanoseconds; 0 disarms it. */
int execplan_boot_timer_set(int timer, long long nanoseconds);
/* The next signal of a signal descriptor, 0 when there is none, or -errno. */
int execplan_signal_read(int descriptor);
/* 1 when the signal was set to be ignored, as nohup does with SIGHUP. */
int execplan_signal_is_ignored(int signal);
void execplan_signal_ignore(int signal);
void execplan_signal_default(int signal);
/* Blocks every signal in the calling thread. */
void execplan_block_signals(void);
/* Names the calling thread; the kernel keeps 15 bytes. */
void execplan_name_thread(const char *name);

/* Copies this process, which must have one thread: 0 in the copy, its process id here, or -errno. */
int execplan_fork(void);
/* Gives up a lock of the open file (F_OFD_SETLK), for every process that has it. */
void execplan_unlock(int descriptor);
/* Keeps the memory of this process out of core files and out of the reach of other processes of its user. */
void execplan_hide_memory(void);
/* Writes no core file of this process and of those that it starts, unless they want one. */
void execplan_forbid_core_files(void);

/* Frees the blocks of a file between two offsets without changing its length. 0 or -errno. */
int execplan_punch_hole(int descriptor, long long offset, long long length);
/* The first offset at or after `offset` that is in a hole (or data), as lseek says, or -errno. */
long long execplan_seek_hole(int descriptor, long long offset);
long long execplan_seek_data(int descriptor, long long offset);

/* A new file of mode 0600, for appending: a descriptor or -errno. An existing file or a link is refused. */
int execplan_create_exclusive(const char *path);

/* Copies the extended attributes of a file, access lists among them: 0 or -errno. Those that only the kernel or a
   privileged process may set are copied where that is allowed. */
int execplan_copy_attributes(int from, int to);
/* Whether only the kernel or a privileged process sets the attribute. */
int execplan_is_privileged_attribute(const char *name);
/* The names of the extended attributes of a path, no link followed, or of the open file where there is no path, each with
   a zero behind it: their bytes, or -errno. */
long execplan_list_attributes(const char *path, int file, char *names, unsigned long size);
/* The value of one: its bytes, or -errno. */
long execplan_get_attribute(const char *path, int file, const char *name, unsigned char *value, unsigned long size);
/* 0 or -errno. */
int execplan_set_attribute(int file, const char *name, const unsigned char *value, unsigned long size);
int execplan_remove_attribute(int file, const char *name);

/* Swaps two names of one file system in one step: 0 or -errno. */
int execplan_exchange(const char *a, const char *b);
/* Watches a file, opened for reading, for programs that open it for writing: 0 when nobody has it open for writing,
   1 when somebody has, -errno when it can't be told. Such an open is held up until the descriptor is closed. */
int execplan_watch_writers(int descriptor);
/* Whether nobody has tried to open the file for writing since. */
int execplan_has_no_writers(int descriptor);

/* A pair of connected sockets that keep messages apart, close-on-exec: 0 or -errno. */
int execplan_line(int descriptors[2]);
/* Whether a descriptor is one of a pair that the parent of this process made with execplan_line. */
int execplan_is_line_to_parent(int descriptor);
/* Watches folders for changes of what lies in them: a descriptor that does not block and is readable when something
   changed, or -errno. */
int execplan_tree_watch(void);
int execplan_tree_watch_add(int watch, const char *folder);
/* Copies the rest of a file into an empty one, without moving a byte where the file system can share them. 0 or
   -errno. */
int execplan_copy_content(int from, int to);

#endif
