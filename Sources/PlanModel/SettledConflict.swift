package import Digest

/// What was decided about a step that would make what is there already: the run keeps it, so that nobody is asked twice.
package struct SettledConflict: Hashable, Sendable {
  /// Who decided.
  package enum Source: String, Hashable, Sendable, CaseIterable {
    /// `--on-conflict`
    case flag
    /// `--yes`
    case yes
    /// Somebody at the terminal.
    case prompt
    /// `on_conflict` in the plan.
    case plan
  }

  package var step: String
  /// `adopt` or `overwrite`.
  package var choice: OnConflict
  package var source: Source
  /// What the conflict was, for people.
  package var detail: String

  /// The digest of the step's definition then; an answer is not one for another step of that name.
  package var definition: SHA256Digest?

  package init(
    step: String, choice: OnConflict, source: Source, detail: String, definition: SHA256Digest? = nil
  ) {
    self.step = step
    self.choice = choice
    self.source = source
    self.detail = detail
    self.definition = definition
  }
}

extension SettledConflict {
  package var value: Value {
    .map(
      [
        .init("step", .string(step)), .init("choice", .string(choice.rawValue)), .init("by", .string(source.rawValue)),
        .init("detail", .string(detail)),
      ] + (definition.map { [.init("definition", .string($0.hex))] } ?? []))
  }

  /// Nil when the value is none.
  package init?(_ value: Value) {
    guard case .string(let step)? = value["step"], case .string(let choice)? = value["choice"],
      let choice = OnConflict(rawValue: choice), case .string(let source)? = value["by"],
      let source = Source(rawValue: source), case .string(let detail)? = value["detail"]
    else { return nil }
    var definition: SHA256Digest?
    if case .string(let hex)? = value["definition"] { definition = SHA256Digest(hex: hex) }
    self.init(step: step, choice: choice, source: source, detail: detail, definition: definition)
  }
}
