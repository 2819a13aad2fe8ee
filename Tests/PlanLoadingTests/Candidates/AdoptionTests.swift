internal import Diagnostics
internal import PlanDocument
internal import PlanLoading
internal import SourceText
internal import Testing

@Suite struct AdoptionTests {
  private func adopt(_ steps: String) -> (text: String, adoption: Adoption) {
    let source = SourceFile(path: "x.md", text: "# Move\n\n## Concrete Steps\n\n" + steps)
    var collector = DiagnosticCollector()
    let adoption = Adoption.of(PlanDocument.read(source, into: &collector))
    let text = String(decoding: adoption.bytes, as: UTF8.self)
    return (String(text.dropFirst("# Move\n\n## Concrete Steps\n\n".count)), adoption)
  }

  @Test(arguments: [
    // In an item of a numbered list, a block that CommonMark reads as text too
    ("1. Run the tests.\n\n       make test\n", "1. `run-tests`: Run the tests.\n\n       make test\n"),
    ("1. Run the tests.\n\n    make test\n", "1. `run-tests`: Run the tests.\n\n       make test\n"),
    (
      "1) Build:\n\n   ```sh\n   make\n   ```\n\n   Then check:\n\n   ```sh\n   make check\n   ```\n",
      "1) `build`: Build:\n\n   ```sh\n   make\n   ```\n\n1) `check`: Then check:\n\n   ```sh\n   make check\n   ```\n"
    ),
    // At the top
    ("Run the tests:\n\n    make test\n", "1. `run-tests`: Run the tests:\n\n       make test\n"),
    ("    make test\n", "1. `make-test`: run `make test`.\n\n       make test\n"),
    ("Look\nhere:\n\n```\nls -l\n```\n", "1. `look-here`: Look\n   here:\n\n   ```\n   ls -l\n   ```\n"),
    // In a bullet
    ("- Run it:\n\n      make run\n\n  more\n", "1. `run`: Run it:\n\n       make run\n\n   more\n"),
    // A block that says it is shell text may hold any program
    ("Format:\n\n```bash\nmise run fmt\n```\n", "1. `format`: Format:\n\n   ```bash\n   mise run fmt\n   ```\n"),
    // A folder of another machine
    (
      "Build:\n\n    cd /nowhere/repo\n    make\n\nTest:\n\n    cd /nowhere/repo/api\n    make test\n",
      "1. `build`: Build:\n\n       make\n\n1. `test`: Test:\n\n       cd api\n       make test\n"
    ),
    // Two of one name
    (
      "Test:\n\n    make x\n\nTest:\n\n    make y\n",
      "1. `test`: Test:\n\n       make x\n\n1. `test-2`: Test:\n\n       make y\n"
    ),
    ("Test:\r\n\r\n    make x\r\n", "1. `test`: Test:\r\n\r\n       make x\r\n"),
    // Two blocks in one bullet, and one behind other text of a bullet
    (
      "- Build:\n\n      make\n\n  Then check\n  it:\n\n      make check\n\n  more\n- Look.\n",
      "1. `build`: Build:\n\n       make\n\n1. `check`: Then check\n   it:\n\n       make check\n\n   more\n- Look.\n"
    ),
    (
      "- Read it.\n\n  Test:\n\n  ```\n  make x\n  ```\n",
      "- Read it.\n\n1. `test`: Test:\n\n   ```\n   make x\n   ```\n"
    ),
    (
      "* Do:\n\n  ```sh\n  make\n  ```\n\n  ```sh\n  make x\n  ```\n",
      "1. `do`: Do:\n\n   ```sh\n   make\n   ```\n\n1. `make-x`: run `make x`.\n\n   ```sh\n   make x\n   ```\n"
    ),
    ("1. ```sh\n   make\n   ```\n", "1. `make`: run `make`.\n\n   ```sh\n   make\n   ```\n"),
    // A nested list stays as it is
    (
      "1. Do:\n   - now:\n\n     ```\n     make x\n     ```\n",
      "1. Do:\n   - now:\n\n     ```sh {#now}\n     make x\n     ```\n"
    ),
    (
      "- Do:\n  1. now:\n\n         make x\n         make y\n",
      "- Do:\n  1. now:\n\n     ```sh {#now}\n     make x\n     make y\n     ```\n"
    ),
    // Behind a list that announces it
    (
      "1) Read it.\n2) Run the tests:\n\n```bash\nmake test\n```\n",
      "1) Read it.\n2) `run-tests`: Run the tests:\n\n   ```bash\n   make test\n   ```\n"
    ),
    // What a step shows beside its script is marked as text
    (
      "1. Test:\n\n       make test\n\n   It says:\n\n       14 passed in 1.68s\n         all good\n\n2. Look.\n",
      "1. `test`: Test:\n\n       make test\n\n   It says:\n\n   ```text\n   14 passed in 1.68s\n     all good\n   ```\n\n2. Look.\n"
    ),
    (
      "- Test:\n\n  ```\n  make test\n  ```\n\n  ```\n  14 passed\n  ```\n\n  ```sh\n  rm -r out\n  ```\n",
      "1. `test`: Test:\n\n   ```\n   make test\n   ```\n\n   ```text\n   14 passed\n   ```\n\n   ```sh {example}\n   rm -r out\n   ```\n"
    ),
    // Prompts, and fences that say "text"
    (
      "Run:\n\n```console\n$ make x\n$ make y\n```\n",
      "1. `run`: Run:\n\n   ```sh\n   make x\n   make y\n   ```\n"
    ),
    ("Run:\n\n    $ make x\n", "1. `run`: Run:\n\n       make x\n"),
    // A folder in a paragraph of its own
    (
      "Start:\n\n  cwd: apps/api\n\n    make run\n\n  cwd: <repo-root>\n\n    make all\n",
      "1. `start`: Start:\n\n   Working directory: `apps/api`.\n\n       make run\n\n"
        + "1. `make-all`: run `make all`.\n\n   Working directory: `.`.\n\n       make all\n"
    ),
    // The name of a step is that of its telling command
    (
      "```\nset -e\ncd web\nnpm ci\n```\n",
      "1. `npm-ci`: run `npm ci`.\n\n   ```\n   set -e\n   cd web\n   npm ci\n   ```\n"
    ),
  ])
  func declaresCommandBlocksWithFewCharacters(before: String, after: String) {
    let (text, adoption) = adopt(before)
    #expect(text == after, "\(adoption.left)")
    #expect(adopt(text).adoption.steps.isEmpty)
    #expect(adopt(text).text == text)
  }

  @Test(arguments: [
    ("    pytest -q\n    14 passed in 1.68s\n", CandidateVerdict.mixed("14 passed in 1.68s")),
    ("    total 12\n    drwx------ 2 me me\n", .output), ("    git push origin main\n", .destructive("git push")),
    ("    rm -rf build && make\n", .destructive("rm -rf")), ("    make deploy ID=<id>\n", .placeholder("<id>")),
    ("    curl http://x ...\n", .placeholder("...")), ("```rust\nfn main() {}\n```\n", .code("rust")),
    ("```powershell\n$env:X=1; dir\n```\n", .foreign("PowerShell")),
    ("    make sure that the tests pass.\n", .output),
    ("> Run:\n>\n> ```sh\n> make x\n> ```\n", .place("it stands in a quotation; take it out of it")),
    ("    CLAW_MODE=x \\\n    TOKEN=... \\\n    make run\n", .placeholder("TOKEN=...")),
    ("    curl -d '<b>x</b>' http://localhost/<id>\n", .placeholder("<id>")),
    ("    make deploy DIR=/absolute/path/to/repo\n", .placeholder("DIR=/absolute/path/to/repo")),
    ("    git -C web push\n", .destructive("git push")), ("    find . -name x -delete\n", .destructive("find -delete")),
    ("    make && (rm -f -r out)\n", .destructive("rm -rf")),
    ("    bash -c 'git clean -fdx'\n", .destructive("git clean")),
    ("    docker compose -f x.yml down\n", .destructive("docker compose down")),
    ("    psql app -c 'DROP TABLE users'\n", .destructive("DROP TABLE users")),
    ("    curl -X POST https://api.example.com/x\n", .destructive("curl to another machine")),
    ("    x=\"$(a $(git push))\"\n", .destructive("git push")),
    ("    curl -fsSL https://example.com/i.sh | sh\n", .destructive("curl | sh")),
    ("To roll back:\n\n    git revert HEAD\n", .undo),
    ("    /home/me/work/tool\n", .output), ("    scripts/a.sh\n    scripts/b.sh\n", .output),
    ("Expected output:\n\n    make x\n", .output), ("    true\n", .output), ("    git version 2.47.1\n", .output),
    ("    test result: ok. 5 passed; 0 failed\n", .output), ("```bash\nrunning 5 tests\n```\n", .output),
    ("    {\n      \"a\": 1\n    }\n", .output), ("    export default x;\n", .output), ("    return -x\n", .output),
    ("    make x -> it works\n", .output), ("    python 3.11.2\n", .output), ("    go: downloading x\n", .output),
    ("    $env:X = \"1\"\n    make\n", .foreign("PowerShell")), ("    Get-ChildItem src\n", .foreign("PowerShell")),
    ("    fn main() {\n    }\n", .output), ("    let x = 1\n", .output),
    ("    $ make x\n    cc -c x.c\n", .mixed("cc -c x.c")),
    ("    PS C:\\work> pytest -q\n    8 passed in 0.11s\n", .mixed("8 passed in 0.11s")),
    ("    PS C:\\work> pytest -q\n", .foreign("PowerShell")),
  ])
  func leavesAndNamesTheOthers(text: String, verdict: CandidateVerdict) {
    let (after, adoption) = adopt(text)
    #expect(after == text)
    #expect(adoption.left.map(\.verdict) == [verdict])
  }

  @Test(arguments: [
    "FOO=1 cargo test", "cd web && npm ci", "./gradlew build", "scripts/check.sh", "for f in *.sh; do sh \"$f\"; done",
    "cat <<'EOF' > x\nmade by hand.\nEOF", "echo \"a\nsentence.\"", "foo --bar", "(cd x && make)", "dir=$(mktemp -d)",
    ".tools/bin/check web", "make \\\n  all", "make all", "mise run check", "python3.11 tool.py",
    ". .venv/bin/activate", ".build/debug/tool x",
    "git commit -m 'Say it -> there'",
    "grep -r '#\\[cfg(feature = \"x\")' src | wc -l", "rg -n 'Vec<u8>' src", "sort <in.txt >out.txt",
    "curl -d '<b>x</b>' http://localhost/", "curl -fsS -X POST http://127.0.0.1:80/x -d '{}'",
    "A=1 \\\n  B=2 \\\n  make",
    "go test ./...", "git tag --list", "git stash push", "test \"$a\" = b", "echo 'a; rm -rf b'",
    "make test 2>&1 | tee log",
    "# list\nls", "export A=b", "if true\nthen\n  echo yes\nfi",
  ])
  func takesForCommands(script: String) {
    let block = script.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)\n" }.joined()
    #expect(adopt("Run:\n\n" + block).adoption.steps.count == 1, "\(adopt("Run:\n\n" + block).adoption.left)")
  }

  @Test func readsNamesOfAnyProgramInShellText() {
    let (text, _) = adopt("Run:\n\n```bash\natb test all\natb dev quality\n```\n")
    #expect(text.hasPrefix("1. `run`: Run:\n"))
  }

  @Test(arguments: [
    ("A:\n\n    cd web\n    npm ci\n\nB:\n\n    npm test\n", ["", "\"cd web\" of a step before does not last"]),
    ("A:\n\n    export X=1\n\nB:\n\n    make $X\n", ["", "\"export X=1\" of a step before does not last"]),
    ("A:\n\n    cd web && npm ci\n\nB:\n\n    make\n", ["", ""]),
    ("A:\n\n    cd web\n    npm ci\n\nB:\n\n    cd api\n    make\n", ["", ""]),
    ("A:\n\n    X=1\n    make\n\nB:\n\n    make y\n", ["", ""]),
  ])
  func saysWhatDoesNotLastIntoTheNextStep(text: String, notes: [String]) {
    let steps = adopt(text).adoption.steps
    #expect(steps.count == notes.count)
    for (step, note) in zip(steps, notes) {
      #expect(step.notes.count == (note.isEmpty ? 0 : 1))
      #expect(step.notes.first?.hasPrefix(note) ?? true, "\(step.notes)")
    }
  }
}
