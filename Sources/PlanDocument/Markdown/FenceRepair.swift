package import SourceText

/// A fence that was read otherwise than CommonMark reads it.
package struct FenceRepair: Sendable {
  package enum Kind: Hashable, Sendable {
    /// A fence around the whole file, as in a chat; what is inside was read.
    case outer
    /// A fence that nothing ends before a heading of the plan, and so would hide it; it was ended there.
    case unclosed
    /// A fence that opens a block at the end of the file, without anything in it.
    case stray
  }

  package let kind: Kind
  /// The line of the opening fence.
  package let range: SourceRange
  /// The heading before which an unclosed fence was ended, or the closing fence of an outer one.
  package let end: SourceRange?
}
