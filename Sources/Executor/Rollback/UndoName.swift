/// How the undo of a step is called among the steps of a run: `undo:STEP`. No step has a colon in its id.
package enum UndoName {
  private static let prefix = "undo:"

  package static func of(_ step: String) -> String { prefix + step }

  /// The step that is taken back; nil for the name of a step itself.
  package static func step(of name: String) -> String? {
    name.utf8.starts(with: prefix.utf8) ? String(name.utf8.dropFirst(prefix.utf8.count)) : nil
  }
}
