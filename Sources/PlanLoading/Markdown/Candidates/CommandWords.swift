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
    "(",
    ")", "!", "[", "[[",
  ]

  /// Programs whose names are also English words that begin sentences.
  static let ambiguous: Set<String> = [
    "make", "test", "find", "go", "run", "set", "type", "sort", "time", "wait", "head", "install", "export", "cat",
    "just", "task", "which", "command", "date", "env", "source", "stack", "act", "echo", "touch", "exit", "do", "if",
    "for", "while", "else", "then", "case", "until", "true", "false", "swift", "node", "nix", "deno", "mix", "bundle",
    "http", "black", "stat", "split", "tee", "prove", "watch",
  ]

  /// What must not be declared without a person: its effect can't be taken back, or leaves this machine.
  static let destructive: [[String]] = [
    ["rm", "-rf"], ["rm", "-fr"], ["rm", "-r"], ["git", "push"], ["git", "reset", "--hard"], ["git", "clean"],
    ["git", "tag"], ["kubectl", "delete"], ["kubectl", "apply"], ["helm", "uninstall"], ["helm", "upgrade"],
    ["helm", "install"], ["terraform", "apply"], ["terraform", "destroy"], ["docker", "system"], ["docker", "rm"],
    ["docker", "volume", "rm"], ["docker", "compose", "down"], ["docker-compose", "down"], ["docker", "push"],
    ["npm", "publish"], ["pnpm", "publish"], ["cargo", "publish"], ["twine", "upload"], ["gh", "release"],
    ["gh", "pr"], ["gh", "repo"], ["aws", "s3", "rm"], ["dropdb"], ["mkfs"], ["dd"], ["sudo"], ["shutdown"], ["reboot"],
    ["systemctl"], ["vercel"], ["wrangler", "deploy"], ["firebase", "deploy"], ["fly", "deploy"],
  ]
}
