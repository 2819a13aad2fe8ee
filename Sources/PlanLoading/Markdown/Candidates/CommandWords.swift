/// Words by which a line of a code block is told to be a command, and not output or prose.
enum CommandWords {
  /// Programs and builtins that plans run.
  static let programs: Set<String> = Set(
    """
    . : Rscript act actionlint adb airflow alembic ansible ansible-lint ansible-playbook apt apt-get ar argocd asdf \
    astro atlas autoconf awk aws az base64 basename bash bazel bazelisk bb bin/rails biome black brakeman brew buf \
    buildah bun bundle bunx busted c++ cabal cargo cat cc cd celery changeset checkov chmod chown circleci cksum \
    clang clang++ clang-format clang-tidy claude clj cmake cmp coderabbit codesign codex colima comm command \
    commitlint composer conda corepack cosign coverage cp cpack createdb createuser crontab crystal ctest curl cut \
    cypress dagger dart date dbt defaults deno devbox devenv df dhall diesel diff dig direnv dirname django-admin \
    docker docker-compose dotnet dotnet-ef drizzle-kit drush du duckdb dune earthly echo egrep elixir env erl \
    esbuild eslint etcdctl eval exec exit expo export false fd ffmpeg ffprobe file find firebase flake8 flask \
    flutter flyway fnm foreman forge fossil fourmolu free fvm g++ gatsby gcc gcloud gdb gem gh ghc ghcup git git-lfs \
    gitlab-runner gitleaks glab gleam go gofmt golangci-lint goose gpg gradle grep grpcurl grype gunicorn gzip \
    hardhat hatch head helm hexdump hg hlint hostname http httpie hugo hyperfine id iex initdb install \
    install-name-tool ip isort istioctl jest jj journalctl jq julia just k6 kafka-topics kill kind knex ko kotlinc \
    kubectl kustomize ld ldd lefthook lein lerna lima liquibase lldb ln locust ls lsof lua luarocks lychee mage \
    magick make mamba mariadb markdownlint markdownlint-cli2 md5sum mdformat melos meson mill minikube mise mix \
    mkdir mkdocs mktemp molecule mongo mongosh moon multipass mv mvn mypy mysql nc nerdctl nest netstat newman next \
    ng nim ninja nix nix-build nix-shell nl nm node nomad nox npm nproc npx nslookup nvm nx oapi-codegen objdump od \
    ollama opam openssl ormolu overmind p4 packer pandoc paste pdm perf perl pg_dump pg_isready pg_restore pgrep php \
    phpstan phpunit ping pip pip3 pipenv pipx pkill playwright plutil pnpm pod podman poetry popd pre-commit \
    prettier printf prisma protoc prove ps psalm psql pushd pwd py pyright pytest python python3 rabbitmqctl rails \
    rake react-native readlink realpath rebar3 redis-cli remix rev rg rm rmdir rollup rspec rsync rubocop ruby ruff \
    rush rustc rustfmt rustup rye sbt scalac scp sed semgrep seq sequelize set sh sha1sum sha256sum shards \
    shellcheck shuf skaffold skopeo sleep slither solc sops sort source sphinx-build sqlc sqlcmd sqlite3 sqlx ss ssh \
    ssh-keygen stack stat storybook strace strings stylelint sudo supabase svn swift swiftformat swiftlint syft \
    symfony systemctl tac tail tar task tee terraform terragrunt test tflint tilt time timeout tofu touch tox tr \
    trap trivy true tsc tsup tsx tty tuist turbo type typeorm ulimit umask uname uniq unset unzip uv uvicorn uvx \
    vagrant valgrind vercel vite vitest volta wait wasm-pack wc webpack websocat wget which whoami wp wrangler wrk \
    xargs xcodebuild xcodegen xcrun xdg-open xh xxd yarn yq zig zip zsh
    """.split(separator: " ").map(String.init))

  /// Keywords that begin, join and end compound commands.
  static let keywords: Set<String> = [
    "if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac", "function", "{", "}",
    "!", "[", "[[",
  ]

  /// Lines that only begin or end a compound command; code in other languages has them, too.
  static let closing: Set<String> = ["{", "}", "(", ")", "fi", "done", "esac"]

  /// Words that begin lines of code in other languages.
  static let code: Set<String> = [
    "assert", "async", "await", "class", "const", "def", "enum", "fn", "from", "func", "impl", "import", "interface",
    "let", "mod", "namespace", "package", "pub", "private", "public", "raise", "return", "static", "struct", "throw",
    "trait",
    "use", "using", "var", "yield",
  ]

  /// Marks between a thing and what is said of it: no command has them outside of quotes.
  static let arrows: Set<String> = ["->", "=>", "→", "⇒", "<-", ":=", "=="]

  /// Programs whose names are also English words that begin sentences.
  static let ambiguous: Set<String> = [
    "make", "test", "find", "go", "run", "set", "type", "sort", "time", "wait", "head", "install", "export", "cat",
    "just", "task", "which", "command", "date", "env", "source", "stack", "act", "echo", "touch", "exit", "do", "if",
    "for", "while", "else", "then", "case", "until", "true", "false", "swift", "node", "nix", "deno", "mix", "bundle",
    "http", "black", "stat", "split", "tee", "prove", "watch", "cut", "paste", "kill", "file", "id", "next", "kind",
    "goose", "atlas", "rush", "mage", "perf", "forge", "mill", "pod", "free", "strings", "comm", "foreman", "eval",
    "exec",
    "defaults", "packer", "dune", "ping", "crystal", "changeset", ".",
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
