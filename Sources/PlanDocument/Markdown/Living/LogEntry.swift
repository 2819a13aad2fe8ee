package import SourceText

/// An entry of Decision Log or of Surprises & Discoveries: a list item, a paragraph or a part under a heading of
/// its own, with what its labels say.
package struct LogEntry: Sendable {
  package struct Field: Hashable, Sendable {
    package let label: EntryLabel
    /// The label as it is written, without marks of emphasis and without the colon.
    package let labelRange: SourceRange
    /// What follows the colon on the same line, and the further lines up to the next label; empty if there is nothing.
    package internal(set) var text: SourceRange
  }

  /// The blocks of the entry.
  package internal(set) var blocks: Range<Int>
  /// The first line of its text.
  package let firstLine: SourceRange
  /// In the order of the text.
  package internal(set) var fields: [Field]
  /// A time that the entry begins with: `- 2026-02-17: …`.
  package let timestamp: ItemTimestamp?
  /// Whether it only says that there is nothing to say: "None yet."
  package let isPlaceholder: Bool

  package func field(_ label: EntryLabel) -> Field? { fields.first { $0.label == label } }
}

/// An entry of the Decision Log.
package struct DecisionEntry: Sendable {
  package let entry: LogEntry

  package var decision: LogEntry.Field? { entry.field(.decision) }
  package var rationale: LogEntry.Field? { entry.field(.rationale) }
  package var date: LogEntry.Field? { entry.field(.dateAuthor) ?? entry.field(.date) }
  package var author: LogEntry.Field? { entry.field(.dateAuthor) ?? entry.field(.author) }
}

/// An entry of Surprises & Discoveries.
package struct SurpriseEntry: Sendable {
  package let entry: LogEntry

  package var observation: LogEntry.Field? { entry.field(.observation) }
  package var evidence: LogEntry.Field? { entry.field(.evidence) }
}
