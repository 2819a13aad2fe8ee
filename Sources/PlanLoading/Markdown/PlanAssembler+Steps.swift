internal import Diagnostics
internal import SourceText
internal import YAML

extension PlanAssembler {
  mutating func collectSteps() {
    steps += declared.steps.map { .declared($0) }
    // Sorted by place, gates after all others.
    steps = steps.enumerated().sorted {
      ($0.element.isGate ? 1 : 0, $0.element.start, $0.offset) < (
        $1.element.isGate ? 1 : 0, $1.element.start, $1.offset
      )
    }.map(\.element)
  }

  /// The steps run from top to bottom until one of them says what it needs.
  mutating func order() {
    let isGraph = steps.contains { $0.hasNeeds }
    let range = SourceRange(start: steps[0].start, end: steps[0].start)
    writer.assembler.key("order", range)
    writer.assembler.scalar(isGraph ? "graph" : "listed", range, isText: true)
    if isGraph { reportUnstatedNeeds() }
  }

  private mutating func reportUnstatedNeeds() {
    var phasesBegun: Set<String> = []
    for (index, entry) in steps.enumerated() {
      guard case .declared(let step) = entry, !step.isGate else { continue }
      let isFirstOfPhase = step.phase.map { phasesBegun.insert($0.value).inserted } ?? false
      if index == 0 || isFirstOfPhase || entry.hasNeeds { continue }
      writer.collector.report(
        .unstatedNeeds, step.id.range, "\"\(step.id.value)\" starts at once, since it says nothing about its needs",
        notes: ["write \"Needs: none\", or name the steps that it needs"])
    }
  }

  mutating func writeSteps() {
    if steps.isEmpty, declared.undos.isEmpty { return }
    var undos: [String: DeclaredStep] = [:]
    let ids = Set(steps.compactMap(\.id))
    for undo in declared.undos {
      if !ids.contains(undo.id.value) {
        reportUnknownUndo(undo, ids)
      } else if let first = undos[undo.id.value] {
        writer.collector.report(
          .duplicateIdentifier, undo.id.range, "there is an undo of \"\(undo.id.value)\" already",
          related: [.init("the first one", first.id.range)])
      } else {
        undos[undo.id.value] = undo
      }
    }
    guard let first = steps.first else { return }
    writer.assembler.key("steps", SourceRange(start: first.start, end: first.start))
    writer.assembler.begin(.sequence, SourceRange(start: first.start, end: first.start))
    for entry in steps {
      let undo = entry.id.flatMap { undos[$0] }
      switch entry {
      case .declared(let step): writer.step(step, undo: undo)
      case .yaml(let node): writer.copy(node, undo: undo)
      }
    }
    writer.assembler.end()
  }

  private mutating func reportUnknownUndo(_ undo: DeclaredStep, _ ids: Set<String>) {
    let near = NearestName.of(undo.id.value, among: ids)
    writer.collector.report(
      .unknownName, undo.id.range, "there is no step \"\(undo.id.value)\" to take back",
      notes: [near.map { "did you mean \"\($0)\"?" } ?? "name a step of this plan in backticks"],
      fix: near.map { FixIt("write \"\($0)\"", [.init(undo.id.range, with: $0)], isSafe: false) })
  }
}
