internal import Foundation
internal import PlanDocument
internal import SourceText
internal import Testing

/// Edits of living sections, as pure functions of the text.
struct LivingEditsTests {
  /// 2026-03-01 12:00:05 UTC.
  private static let noon: Int64 = 1_772_366_405

  private func applying(_ facts: LivingFacts, _ text: String) throws -> String {
    let result = try LivingEdits.applying(facts, to: SourceFile(path: "plan.md", text: text))
    return String(decoding: result.bytes, as: UTF8.self)
  }

  private func ticked(_ item: String, others: String = "") throws -> String {
    let head = "# Plan\n\n## Progress\n\n\(others)"
    let result = try applying(LivingFacts(items: ["a": .done(at: Self.noon)]), head + item + "\n")
    #expect(result.hasPrefix(head) && result.hasSuffix("\n"))
    return String(result.dropFirst(head.count).dropLast())
  }

  @Test(arguments: [
    ("- [ ] `a`: first", "- [x] (2026-03-01 12:00Z) `a`: first"),
    ("* [ ] `a` first\n  goes on", "* [x] (2026-03-01 12:00Z) `a` first\n  goes on"),
    ("- [~] `a`: first", "- [x] (2026-03-01 12:00Z) `a`: first"),
    ("- [ ] (2026-01-01 10:00Z) `a`: first", "- [x] (2026-03-01 12:00Z) `a`: first"),
    ("- [pending] `a`: first", "- [completed] (2026-03-01 12:00Z) `a`: first"),
    ("- ⬜ `a`: first", "- ✅(2026-03-01 12:00Z) `a`: first"),
    ("- [x] `a`: first", "- [x] `a`: first"),
    ("- [x] (2020-01-01) `a`: first", "- [x] (2020-01-01) `a`: first"),
    ("- [ ] `b`: other", "- [ ] `b`: other"),
    ("- [ ] the `a` is later", "- [ ] the `a` is later"),
  ])
  func aTickSaysWhenTheStepWasDone(before: String, after: String) throws {
    let result = try ticked(before)
    // A symbol may have a blank behind it.
    #expect(result == after || result == after.replacingOccurrences(of: "✅(", with: "✅ ("), "\(result)")
  }

  @Test(arguments: [
    ("- [x] (2026-01-02) `z`: old\n", "- [x] (2026-03-01) `a`: first"),
    ("- [x] 2026-01-02 10:00 UTC: `z`: old\n", "- [x] 2026-03-01 12:00 UTC: `a`: first"),
    ("- [X] `z`: old (2026-01-02T10:00:00+09:00)\n", "- [X] `a`: first (2026-03-01T21:00:05+09:00)"),
  ])
  func aTimeIsWrittenAsTheFileWritesTimes(others: String, after: String) throws {
    #expect(try ticked("- [ ] `a`: first", others: others) == after)
  }

  @Test(arguments: [
    ("- [x] (2026-03-01 12:00Z) `a`: first", "- [ ] `a`: first"),
    ("- [x] `a`: first (2026-03-01 12:00Z)", "- [ ] `a`: first"),
    ("- [X] 2026-03-01: `a`: first", "- [ ] `a`: first"),
    ("- [x] `a`: first (2026-03-01 by ana)", "- [ ] `a`: first (2026-03-01 by ana)"),
    ("- [~] `a`: first", "- [~] `a`: first"),
  ])
  func aTickWithoutACheckpointIsTakenBack(before: String, after: String) throws {
    let head = "# Plan\n\n## Progress\n\n"
    #expect(try applying(LivingFacts(items: ["a": .notDone]), head + before + "\n") == head + after + "\n")
  }

  private static let failure = LivingFacts.Failure(
    step: "a", title: "Build it", run: 3, attempt: 2, reason: "exit 1",
    lastLines: ["# no heading", "- [x] no item", "\u{1B}red"], at: noon)

  private static let entry = """
    - Observation: Step `a` failed in run 3, attempt 2 (Build it): exit 1.
      Evidence: The end of its output, 2026-03-01 12:00Z:

          # no heading
          - [x] no item
          red
    """

  @Test(arguments: ["None yet.", "- None yet", "(none)", "TBD"])
  func aFailureReplacesThePlaceholder(placeholder: String) throws {
    let text = "# Plan\n\n## Surprises & Discoveries\n\n\(placeholder)\n\n## Decision Log\n\nNone yet.\n"
    let result = try applying(LivingFacts(failures: [Self.failure]), text)
    #expect(result == text.replacingOccurrences(of: "\n\(placeholder)\n\n##", with: "\n\(Self.entry)\n\n##"))
    #expect(try applying(LivingFacts(failures: [Self.failure]), result) == result)
    // A formatter may have wrapped it.
    let wrapped = result.replacingOccurrences(of: "in run 3, ", with: "in run\n  3, ")
    #expect(try applying(LivingFacts(failures: [Self.failure]), wrapped) == wrapped)
  }

  @Test func whatAPersonWroteStays() throws {
    let text = "# Plan\n\n## Surprises & Discoveries\n\nNo index was used.\n\n---\n\n## Artifacts and Notes\n## Next\n"
    var second = Self.failure
    second.attempt = 3
    let facts = LivingFacts(
      failures: [Self.failure, second],
      end: .init(run: 3, state: "succeeded", counts: "2 steps ran and succeeded", at: Self.noon))
    let result = try applying(facts, text)
    let other = Self.entry.replacingOccurrences(of: "attempt 2", with: "attempt 3")
    #expect(
      result == """
        # Plan

        ## Surprises & Discoveries

        No index was used.

        \(Self.entry)
        \(other)

        ---

        ## Artifacts and Notes

        - 2026-03-01 12:00Z: run 3 succeeded: 2 steps ran and succeeded.

        ## Next

        """)
    #expect(try applying(facts, result) == result)
  }

  @Test func lineEndsMarksAndTheLastLineStayAsTheyAre() throws {
    let text =
      "\u{FEFF}# Plan\r\n\r\n## Progress\r\n\r\n- [ ] `a`: first\r\n\r\n## Surprises & Discoveries\r\n\r\n* Observation: x\r\n  Evidence: y"
    let result = try applying(
      LivingFacts(items: ["a": .done(at: Self.noon)], failures: [Self.failure]), text)
    #expect(result.unicodeScalars.first == "\u{FEFF}" && result.utf8.last != 0x0A)
    #expect(result.utf8.count { $0 == 0x0A } == result.utf8.count { $0 == 0x0D })
    #expect(result.contains("y\r\n* Observation: Step `a`") && result.contains("- [x] (2026-03-01 12:00Z) `a`"))
  }

  @Test func entriesAreReadAsWhatTheyAre() throws {
    let text =
      "# Plan\n\n## Progress\n\n- [ ] x\n\n## Surprises & Discoveries\n\n## Decision Log\n\nNone.\n\n## Outcomes & Retrospective\n\nNone yet.\n"
    var source = SourceFile(path: "plan.md", text: text)
    for entry: LivingEntry in [
      .decision("Load\nwhole days", why: "Part of a day\ncannot be checked.", by: "ana", at: Self.noon),
      .surprise("It is slow", evidence: "real 12 s"), .surprise("It is red", evidence: "one\n# two\n\nthree\n"),
      .progress("look", isDone: false, at: Self.noon), .progress("looked", isDone: true, at: Self.noon),
      .outcome("It works.", at: Self.noon),
    ] {
      source = SourceFile(path: "plan.md", bytes: try LivingEdits.appending(entry, to: source))
    }
    let (living, plan, file) = LivingText.read(String(decoding: source.bytes, as: UTF8.self))
    #expect(living.decisions.map { $0.decision.map { file.text($0.text) } } == ["Load whole days"])
    #expect(living.decisions.first?.rationale != nil && living.decisions.first?.date != nil)
    #expect(living.surprises.count == 2 && living.surprises.allSatisfy { $0.evidence?.text.isEmpty == false })
    #expect(living.progress.map(\.state) == [.open, .open, .done] && living.progress.last?.timestamp != nil)
    #expect(living.outcomes?.state == .filled && plan.sections.count == 5)
    #expect(throws: LivingEdits.Refusal.noSection(.decisions)) {
      try LivingEdits.appending(
        .decision("a", why: "b", by: "c", at: 0), to: SourceFile(path: "p.md", text: "# P\n"))
    }
  }

  @Test(arguments: [
    (
      "- 2026-03-01 - Load events - status: planned - owner: ana",
      "- 2026-03-01 - Load events - status: done - owner: ana"
    ),
    (
      "- 2026-03-01 - [load](plans/load.md) - status: `in-progress`",
      "- 2026-03-01 - [load](plans/load.md) - status: `done`"
    ),
    ("- 2026-03-01 - Load events - status: completed", "- 2026-03-01 - Load events - status: completed"),
    ("- 2026-03-01 - Other - status: planned", "- 2026-03-01 - Other - status: planned"),
  ])
  func theListSaysHowThePlanStands(line: String, after: String) {
    for (heading, isIndex) in [("Active ExecPlan Index", true), ("Example", false)] {
      let text = "# Plans\n\n## \(heading)\n\n\(line)\n"
      let source = SourceFile(path: "PLANS.md", text: text)
      let fixes = PlanIndexEdit.fixes(
        in: MarkdownPlan.read(source), names: ["Load events", "plans/load.md"], status: .done)
      let result = String(decoding: SourceEditor.apply(fixes, to: source.bytes).bytes, as: UTF8.self)
      #expect(result == (isIndex ? text.replacingOccurrences(of: line, with: after) : text))
    }
  }

  // MARK: Nothing to write

  private static let corpus: [URL] = {
    var folders = [URL(fileURLWithPath: #filePath + "/../../../Corpus/ok").standardized]
    if let more = ProcessInfo.processInfo.environment["EXECPLAN_CORPUS"] { folders.append(URL(fileURLWithPath: more)) }
    return folders.flatMap { folder in
      (FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects as? [URL] ?? [])
        .filter { $0.pathExtension == "md" }
    }
  }()

  /// What the file already says changes no byte of it.
  @Test func factsThatAreThereChangeNothing() throws {
    #expect(Self.corpus.count > 5)
    for url in Self.corpus {
      let bytes = Array(try Data(contentsOf: url))
      let source = SourceFile(path: url.lastPathComponent, bytes: bytes)
      var facts = LivingFacts()
      for item in LivingSections(MarkdownPlan.read(source)).progress {
        guard let prefix = item.prefix, prefix.kind == .identifier else { continue }
        // An id may stand in several items; the first counts.
        if facts.items[prefix.name] != nil { continue }
        facts.items[prefix.name] = item.state == .done ? .done(at: Self.noon) : .notDone
      }
      let result = try? LivingEdits.applying(facts, to: source)
      let ids = Set(facts.items.keys)
      let isMixed = LivingSections(MarkdownPlan.read(source)).progress.contains { item in
        guard let prefix = item.prefix, ids.contains(prefix.name), let state = facts.items[prefix.name] else {
          return false
        }
        return (item.state == .done) != (state != .notDone)
      }
      #expect(isMixed || result?.bytes == bytes, "\(url.path)")
    }
  }
}
