package import SourceText

/// An item of a list that has a state: `- [x] (2026-03-01 12:00Z) Built the parser.`
package struct ProgressItem: Sendable {
  package enum State: Hashable, Sendable {
    case open
    case done
    /// `[~]`, `[in_progress]`: plans mean by it that work is going on, partly done, skipped or put off.
    case partial
    /// A box that holds something else.
    case unknown
  }

  package enum Mark: Hashable, Sendable {
    /// `[ ]`, `[x]`, `[~]`.
    case box
    /// `[completed]`.
    case word
    /// `✅`, in place of a box.
    case symbol
  }

  package let state: State
  package let mark: Mark
  /// The bytes that say the state: what stands between the brackets, or the symbol.
  package let stateRange: SourceRange
  /// The block of the list item.
  package let block: Int
  /// The section that it stands in, as an index of `MarkdownPlan.sections`; nil above the first heading.
  package let section: Int?
  /// How many items it is nested in.
  package let depth: Int
  /// The text after the mark to the end of the first line, time included.
  package let text: SourceRange
  /// The further lines of the same paragraph, without indentation.
  package let continuation: ArraySlice<SourceRange>
  package let timestamp: ItemTimestamp?
  package let prefix: ItemPrefix?
}
