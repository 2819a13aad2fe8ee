internal import Diagnostics
package import SourceText

/// The edits by which a plan's living sections come to say what is so: pure, and of the bytes that must change only.
package struct LivingEdits: Sendable {
  /// Why a file is left as it is.
  package enum Refusal: Error, Hashable, Sendable {
    /// The plan has no section in which an entry could stand.
    case noSection(SectionKind)
    /// The new text would not be read as it is meant, because of what stands around it.
    case unreadable
  }

  let plan: MarkdownPlan
  let living: LivingSections

  package init(_ plan: MarkdownPlan) {
    self.plan = plan
    living = LivingSections(plan)
  }

  /// The new bytes of a file.
  ///
  /// Entries of a section that the plan does not have are left out; `missing` names the section.
  /// - Throws: `unreadable`.
  package static func applying(
    _ facts: LivingFacts, to source: SourceFile
  ) throws(Refusal) -> (bytes: [UInt8], missing: [SectionKind]) {
    let edits = LivingEdits(MarkdownPlan.read(source))
    let (fixes, missing, entries) = edits.fixes(for: facts)
    return (try edits.result(of: fixes, entries: entries, states: facts.items), missing)
  }

  /// The new bytes of a file with one entry more.
  ///
  /// - Throws: `noSection`, `unreadable`.
  package static func appending(_ entry: LivingEntry, to source: SourceFile) throws(Refusal) -> [UInt8] {
    let edits = LivingEdits(MarkdownPlan.read(source))
    guard let fix = edits.append([entry], to: entry.section) else { throw .noSection(entry.section) }
    return try edits.result(of: [fix], entries: [entry.section: 1], states: [:])
  }

  /// The fixes, the sections that are missing, and how many entries are added to each section.
  func fixes(for facts: LivingFacts) -> (fixes: [FixIt], missing: [SectionKind], entries: [SectionKind: Int]) {
    var fixes = ticks(facts.items)
    var entries: [SectionKind: [LivingEntry]] = [:]
    if !facts.failures.isEmpty || facts.end != nil {
      let text = singleSpaced
      func isNew(_ mark: String) -> Bool { !contains(text, Array(mark.utf8)) }
      for failure in facts.failures where isNew(failure.mark) {
        entries[.surprises, default: []].append(LivingEntry(failure))
      }
      if let end = facts.end, isNew(end.mark + ":") { entries[.artifacts] = [LivingEntry(end)] }
    }
    var missing: [SectionKind] = []
    var counts: [SectionKind: Int] = [:]
    for kind in SectionKind.standard {
      guard let new = entries[kind] else { continue }
      if let fix = append(new, to: kind) {
        fixes.append(fix)
        counts[kind] = new.count
      } else {
        missing.append(kind)
      }
    }
    return (fixes, missing, counts)
  }

  /// Applies the fixes, and reads the result again: what was meant must have become true, and nothing else.
  private func result(
    of fixes: [FixIt], entries: [SectionKind: Int], states: [String: LivingFacts.ItemState]
  ) throws(Refusal) -> [UInt8] {
    if fixes.isEmpty { return plan.source.bytes }
    let outcome = SourceEditor.apply(fixes, to: plan.source.bytes)
    let after = LivingEdits(MarkdownPlan.read(SourceFile(path: plan.source.path, bytes: outcome.bytes)))
    guard outcome.applied.count == fixes.count,
      after.plan.sections.map(\.heading.value) == plan.sections.map(\.heading.value),
      after.living.decisions.count(where: { !$0.entry.isPlaceholder }) == living.decisions.count(where: {
        !$0.entry.isPlaceholder
      }) + (entries[.decisions] ?? 0),
      after.living.surprises.count(where: { !$0.entry.isPlaceholder }) == living.surprises.count(where: {
        !$0.entry.isPlaceholder
      }) + (entries[.surprises] ?? 0),
      after.living.progress.count == living.progress.count + (entries[.progress] ?? 0),
      after.ticks(states).isEmpty
    else { throw .unreadable }
    return outcome.bytes
  }

  /// The text with one blank where lines break, in which an entry is found however it is wrapped.
  private var singleSpaced: [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(plan.source.bytes.count)
    for byte in plan.source.bytes {
      let isBlank = TextByte.isBlank(byte) || byte == 0x0A || byte == 0x0D
      if !isBlank { text.append(byte) } else if text.last != 0x20 { text.append(0x20) }
    }
    return text
  }

  private func contains(_ text: [UInt8], _ wanted: [UInt8]) -> Bool { text.contains(wanted) }
}
