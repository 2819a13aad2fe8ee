package import SourceText

/// A time that stands in an item of a living section.
package struct ItemTimestamp: Sendable {
  package enum Position: Hashable, Sendable { case start, middle, end }

  /// With the brackets around it.
  package let range: SourceRange
  /// The date and the time alone.
  package let inner: SourceRange
  /// Nil if there is no such time: month 13, the 31st of a short month.
  package let time: CivilTime?
  package let style: TimestampStyle
  package let position: Position
  /// Whether other text stands in the same brackets: `(2026-06-05 / CI OK)`.
  package let hasText: Bool
}
