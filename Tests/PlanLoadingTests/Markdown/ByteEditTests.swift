internal import Diagnostics
internal import Foundation
internal import Markdown
internal import PlanDocument
internal import PlanLoading
internal import SourceText
internal import TestSupport
internal import Testing

/// Changes bytes of plans at random and reads them through all stages: nothing may trap, and every finding has to
/// lie in the file.
@Suite struct ByteEditTests {
  private static let corpus = ProcessInfo.processInfo.environment["EXECPLAN_CORPUS"]

  private static let plan = """
    ---
    execplan: 1
    title: A plan
    ---
    # A plan

    This ExecPlan is a living document.

    ## Purpose / Big Picture

    See **it** work: `make demo`, [as said](docs/a.md).

    ## Progress

    - [x] (2026-01-02 10:00Z) `build`: done.
    - [ ] Milestone 2 (completed: a; remaining: b).

    ## Surprises & Discoveries

    - Observation: it is slow.
      Evidence: `10 s`

    ## Decision Log

    - Decision: wait.
      Rationale: it is cheap.
      Date/Author: 2026-01-02, me

    ## Outcomes & Retrospective

    None yet.

    ## Concrete Steps

    1. `build`: make it. Timeout: `10m`.

           make all

    2. `test`: try it. Needs: `build`.

        make test

    ```yaml {#copy needs="build"}
    file: {path: a, content: b}
    ```

    ### Step `last`: the end

    Needs: `copy` · Outputs: `dist/**`

        ls dist

    Expected output contains:

        a.tar

    ## Validation and Acceptance

    | ID | Task | Depends on | Effort |
    |----|------|------------|--------|
    | T1 | One  | —          | 2h     |
    | T2 | Two  | T1         | 1d     |

    ## Idempotence and Recovery

    Undo of `build`:

        make clean

    """

  /// Marks that change what stands around them are drawn more often than others.
  private static func edit(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
    let marks = Array("#`-*>|[]():{}\n\n \t\r\0~_\\<&=\"".utf8)
    let place = Int.random(in: 0...max(0, bytes.count - 1), using: &generator)
    let byte =
      Bool.random(using: &generator)
      ? marks.randomElement(using: &generator) ?? 0 : UInt8.random(in: 0...255, using: &generator)
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: if place < bytes.count { bytes[place] = byte }
    case 1: bytes.insert(byte, at: min(place, bytes.count))
    case 2: if place < bytes.count { bytes.remove(at: place) }
    default: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 0..<40, using: &generator)))
    }
  }

  private static func readAll(_ bytes: [UInt8]) -> Bool {
    let source = SourceFile(path: "x.md", bytes: bytes)
    var collector = DiagnosticCollector()
    _ = PlanDocument.detect(source, into: &collector)
    let document = PlanDocument.detect(source, isListed: true, into: &collector)
    guard let document, let markdown = document.markdown else { return false }
    for code in markdown.codeBlocks { _ = code.text(in: source) }
    let loaded = PlanLoader.load(document, path: "x.md")
    let standard = StandardRules.check(document, profile: StandardProfile())
    for diagnostic in collector.diagnostics + loaded.diagnostics.diagnostics + standard.diagnostics {
      if diagnostic.range.upperBound > bytes.count { return false }
      _ = document.suppressions.suppresses(diagnostic, in: source)
    }
    return true
  }

  @Test func aPlanWithOddBytesIsRead() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<150 {
      var bytes = Array(Self.plan.utf8)
      for _ in 0..<Int.random(in: 1...6, using: &generator) { Self.edit(&bytes, &generator) }
      #expect(Self.readAll(bytes), "\(String(decoding: bytes, as: UTF8.self))")
    }
  }

  @Test func anyBeginningOfAPlanIsRead() {
    let bytes = Array(Self.plan.utf8)
    for count in stride(from: 0, to: bytes.count, by: 23) { #expect(Self.readAll(Array(bytes[..<count]))) }
  }

  /// Runs only where EXECPLAN_CORPUS names a folder with real plans: 100 edits of each of 20 files.
  @Test(.enabled(if: corpus != nil)) func realPlansWithOddBytesAreRead() throws {
    let folder = URL(fileURLWithPath: try #require(Self.corpus)).appendingPathComponent("execplans")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".md") }.sorted()
    var generator = SeededGenerator(seed: 20)
    for name in names.shuffled(using: &generator).prefix(20) {
      let original = Array(try Data(contentsOf: folder.appendingPathComponent(name)))
      for edit in 0..<100 {
        var bytes = original
        Self.edit(&bytes, &generator)
        #expect(Self.readAll(bytes), "\(name), edit \(edit)")
      }
    }
  }
}
