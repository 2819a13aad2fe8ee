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
    ("```powershell\n$env:X=1; dir\n```\n", .code("powershell")),
    ("    make sure that the tests pass.\n", .output),
    (
      "1. Do:\n   - now:\n\n         make x\n",
      .place("it stands in a nested list, a quotation or beside another block; give it an item of its own")
    ),
  ])
  func leavesAndNamesTheOthers(text: String, verdict: CandidateVerdict) {
    let (after, adoption) = adopt(text)
    #expect(after == text)
    #expect(adoption.left.map(\.verdict) == [verdict])
  }

  @Test(arguments: [
    "FOO=1 cargo test", "cd web && npm ci", "./gradlew build", "scripts/check.sh", "for f in *.sh; do sh \"$f\"; done",
    "cat <<'EOF' > x\nmade by hand.\nEOF", "echo \"a\nsentence.\"", "foo --bar", "(cd x && make)", "dir=$(mktemp -d)",
    ".tools/bin/check web", "make \\\n  all",
    "# list\nls", "export A=b", "if true\nthen\n  echo yes\nfi",
  ])
  func takesForCommands(script: String) {
    let block = script.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)\n" }.joined()
    #expect(adopt("Run:\n\n" + block).adoption.steps.count == 1, "\(adopt("Run:\n\n" + block).adoption.left)")
  }
}
