/// Programs and builtins whose arguments are more than data, by their names.
enum ShellCommandNames {
  /// Shells: `-c` makes an argument a program, and without a file they read one from standard input.
  static let shells: Set<String> = [
    "sh", "bash", "dash", "ksh", "ksh93", "mksh", "zsh", "ash", "rbash", "fish", "csh", "tcsh", "pwsh",
  ]

  /// Their arguments are parsed again, run, or taken as names that a shell evaluates.
  static let evaluators: Set<String> = [
    "eval", "trap", "alias", ".", "source", "let", "unset", "read", "mapfile", "readarray", "getopts", "bind",
    "complete", "compgen", "compopt", "enable", "hash", "fc", "history", "shopt", "nameref", "compound", "enum",
    "ssh", "scp", "sshpass", "rsh", "mosh", "su", "runuser", "sg", "xargs", "parallel", "watch", "entr", "at",
    "batch", "crontab", "script", "screen", "tmux", "expect", "vim", "vi", "ex", "ed", "emacs",
    "m4", "gdb",
    // zsh
    "zstyle", "zle", "sched", "emulate", "autoload", "functions", "zformat", "zparseopts", "vared", "bindkey",
    "compdef", "zmodload", "zcompile", "zargs",
  ]

  /// Those of them that also take a program from standard input.
  static let inputEvaluators: Set<String> = [
    "ssh", "sshpass", "rsh", "mosh", "su", "runuser", "at", "batch", "crontab", "parallel", "vim",
    "vi", "ex", "ed", "expect", "m4", "gdb", ".", "source", "eval",
  ]

  /// Languages whose programs come as a file, as an argument behind an option, or from standard input.
  static let interpreters: Set<String> = [
    "perl", "ruby", "node", "nodejs", "deno", "bun", "php", "lua", "luajit", "Rscript", "R", "tclsh", "julia",
    "osascript", "guile", "groovy", "scala", "swift",
  ]

  /// Languages whose program is the first operand.
  static let programFirst: Set<String> = ["awk", "gawk", "mawk", "nawk", "sed", "gsed"]

  /// Databases whose clients run programs on a line of their input.
  static let databases: Set<String> = ["sqlite3", "psql", "mysql", "mariadb", "duckdb", "sqlplus"]

  /// Programs and builtins that run the rest of their arguments.
  static let wrappers: Set<String> = [
    "command", "builtin", "exec", "env", "nohup", "nice", "timeout", "sudo", "doas", "setsid", "stdbuf", "ionice",
    "chrt", "taskset", "unshare", "nsenter", "chroot", "flock", "strace", "ltrace", "xvfb-run", "docker", "podman",
    "kubectl", "lxc", "busybox", "toybox", "gosu", "su-exec", "fakeroot", "proot", "systemd-run", "pkexec", "setarch",
    "unbuffer", "caffeinate", "npx", "uv", "poetry", "-",
  ]

  /// Those that run their first argument, when it is no option, and nothing else.
  static let transparentWrappers: Set<String> = [
    "command", "builtin", "exec", "env", "nohup", "nice", "sudo", "doas", "setsid",
  ]

  /// Those of them that are part of the shell.
  static let shellWrappers: Set<String> = ["command", "builtin", "exec"]

  /// What every shell does itself when it is called without a path, so that no process gets the arguments.
  static let builtins: Set<String> = [
    ":", "[", "cd", "declare", "echo", "eval", "exit", "export", "false", "integer", "kill", "local", "print", "printf",
    "pwd", "read", "readonly", "return", "set", "shift", "test", "true", "typeset", "umask", "unset", "wait",
  ]

  static let declarations: Set<String> = [
    "declare", "typeset", "local", "export", "readonly", "integer", "float",
  ]

  /// ksh and zsh compute the arguments of these.
  static let computingBuiltins: Set<String> = [
    "exit", "return", "shift", "break", "continue", "print", "sleep", "ulimit",
  ]

  /// Operators of `[[ ]]` that compute their operands or look up names.
  static let computingTests: Set<String> = ["-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-v", "-R", "-t", "-o"]

  static let unaryTests: Set<String> = [
    "-n", "-z", "-e", "-f", "-d", "-s", "-r", "-w", "-x", "-L", "-h", "-b", "-c", "-p", "-S", "-g", "-u", "-k", "-O",
    "-G", "-N",
  ]

  static let binaryTests: Set<String> = ["=", "==", "!=", "<", ">", "-nt", "-ot", "-ef"]

  /// Variables whose values the shell runs or expands again.
  static let evaluatedVariables: Set<String> = [
    "PS0", "PS1", "PS2", "PS3", "PS4", "PROMPT", "PROMPT2", "PROMPT3", "PROMPT4", "RPROMPT", "PROMPT_COMMAND",
    "BASH_ENV", "ENV", "MAIL", "MAILPATH", "FCEDIT", "SHELLOPTS", "BASHOPTS", "IFS",
  ]

  /// Variables whose values the shell computes as numbers.
  static let computedVariables: Set<String> = [
    "RANDOM", "SRANDOM", "SECONDS", "LINENO", "OPTIND", "HISTCMD", "BASHPID", "EPOCHSECONDS", "EPOCHREALTIME",
    "COLUMNS", "LINES", "HISTSIZE", "SAVEHIST", "TMOUT", "ERRNO", "PPID", "UID", "EUID", "GID", "EGID", "SHLVL",
    "KEYTIMEOUT", "LISTMAX", "MAILCHECK", "BAUD", "DIRSTACKSIZE", "FUNCNEST", "OPTERR", "ARGC",
  ]
}
