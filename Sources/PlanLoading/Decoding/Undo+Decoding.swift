internal import PlanModel
internal import SourceText
internal import YAML

enum UndoKey: String, FieldKey {
  case run, exec, file, edit, sql, http, fetch, uses, with, partial, idempotent

  static let table = KeyTable<UndoKey>()
  static let actions: [UndoKey] = [.run, .exec, .file, .edit, .sql, .http, .fetch, .uses]
}

extension DecodingContext {
  /// `undo:` holds an action of its own and what is to be known of it; a bare text is a `run`, but for `none`.
  mutating func undo(
    _ step: inout StepDetails, _ node: YAMLNode, shell: Interpreter, defaults: StepDefaults
  ) {
    // It runs when the step is done, so the values of the step itself are there.
    let outer = allowsOwnValues
    allowsOwnValues = true
    defer { allowsOwnValues = outer }
    if node.kind == .scalar {
      if node.text == "none" {
        step.undoTerms = .none
      } else {
        step.undo = action(.run, node, shell: shell, defaults: defaults)
      }
      return
    }
    guard mapping(node, "\"undo\"") else { return }
    let fields = Fields<UndoKey>(node, &self, what: "an undo action")
    step.undo = undoAction(fields, shell: shell, defaults: defaults)
    if let value = fields[.partial], bool(value, "\"partial\"") ?? false { step.undoTerms.insert(.partial) }
    if let value = fields[.idempotent], bool(value, "\"idempotent\"") ?? false { step.undoTerms.insert(.idempotent) }
  }

  private mutating func undoAction(
    _ fields: Fields<UndoKey>, shell: Interpreter, defaults: StepDefaults
  ) -> Action? {
    let present = UndoKey.actions.filter { fields.has($0) }
    guard let key = present.first, present.count == 1, let value = fields[key] else {
      if !fields.misspells(UndoKey.actions) {
        report(
          .noAction, fields.node.range, "\"undo\" needs exactly one action",
          notes: ["give it one of: \(UndoKey.actions.map(\.rawValue).joined(separator: ", "))"])
      }
      return nil
    }
    if key != .uses, let with = fields.keyRange(.with) {
      report(
        .conflictingKeys, with, "\"with\" goes with \"uses\", and this undo has \"\(key.rawValue)\"",
        notes: ["put what the action takes under \"\(key.rawValue)\" itself"])
    }
    if key == .uses { return usesAction(value, with: fields[.with]).map(Action.uses) }
    return StepKey(rawValue: key.rawValue).flatMap { action($0, value, shell: shell, defaults: defaults) }
  }
}
