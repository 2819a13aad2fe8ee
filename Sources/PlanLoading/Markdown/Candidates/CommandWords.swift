/// Words by which a line of a code block is told to be a command, and not output or prose.
enum CommandWords {
  /// Programs and builtins that plans run.
  static let programs: Set<String> = Set(
    """
    act actionlint ansible ansible-playbook apt apt-get autoconf awk aws az bash bazel biome black brew buf bun bundle \
    bunx cabal cargo cat cd chmod chown clang claude cmake cmp codex command composer coverage cp createdb crontab curl \
    cypress dart date deno df dhall diff docker docker-compose dotnet du duckdb echo egrep elixir env erl eslint exit \
    export false fd find firebase flake8 flutter gcc gcloud gem gh ghc git glab go gofmt golangci-lint gradle grep gzip \
    head helm hg http hugo install iex isort jest journalctl jq just kubectl lein lerna ln ls lychee make mariadb \
    markdownlint markdownlint-cli2 mdformat meson mix mkdir mktemp mvn mypy mysql nim ninja nix nix-build nix-shell node \
    npm npx nx openssl perl pg_dump php pip pip3 pipenv pipx playwright pnpm podman poetry popd pre-commit prettier \
    printf prove psql pushd pwd py pyright pytest python python3 rails rake rebar3 redis-cli rg rm rmdir rspec rsync \
    ruby ruff rustc rustfmt rustup sbt scp sed set sh shellcheck sleep sort source sqlite3 ssh stack stat sudo supabase \
    svn swift swiftformat swiftlint systemctl tail tar task tee terraform test time timeout touch tox tr trap true tsc \
    tsx turbo type ulimit umask uniq unset unzip uv uvx vercel vitest wait wc wget which wrangler xargs xcodebuild yarn \
    yq zig zip zsh
    """.split(separator: " ").map(String.init))

  /// Keywords that begin, join and end compound commands.
  static let keywords: Set<String> = [
    "if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac", "function", "{", "}",
    "!", "[", "[[",
  ]

  /// Lines that only end a compound command; code in other languages has them, too.
  static let closing: Set<String> = ["}", ")", "fi", "done", "esac"]

  /// Programs whose names are also English words that begin sentences.
  static let ambiguous: Set<String> = [
    "make", "test", "find", "go", "run", "set", "type", "sort", "time", "wait", "head", "install", "export", "cat",
    "just", "task", "which", "command", "date", "env", "source", "stack", "act", "echo", "touch", "exit", "do", "if",
    "for", "while", "else", "then", "case", "until", "true", "false", "swift", "node", "nix", "deno", "mix", "bundle",
    "http", "black", "stat", "split", "tee", "prove", "watch",
  ]

  /// Names that are no command when they stand alone: what a program prints, or the beginning of a sentence.
  static let incomplete: Set<String> = [
    "true", "false", "test", "type", "time", "set", "head", "run", "task", "source", "command", "find", "sort", "split",
    "git", "docker", "cp", "mv", "ln", "export", "echo", "touch", "which", "sed", "grep",
  ]

  /// Words of what programs print about their work.
  static let printed: Set<String> = [
    "passed", "failed", "failures", "passing", "failing", "skipped", "succeeded", "successfully", "warnings", "errors",
    "ok", "found", "warning", "error", "done", "finished", "compiled",
  ]

  /// Words that stand in sentences.
  static let prose: Set<String> = ["the", "that", "sure", "a", "an", "to", "is", "are", "and", "with", "of", "all"]
}
