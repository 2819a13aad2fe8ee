package import SourceText

/// A heading of a markdown plan with what stands below it.
package struct Section: Sendable {
  package let kind: SectionKind
  /// The text of the heading, as it is written.
  package let heading: Located<String>
  /// The heading in the form in which headings are compared: see `HeadingText`.
  let name: [UInt8]
  /// 1 to 6.
  package let level: Int
  /// The block of the heading.
  package let block: Int
  /// The blocks below it, sections of deeper levels included, to the next heading of its level or higher.
  package let body: Range<Int>
  /// The place in `MarkdownPlan.sections` of the section that this one is part of; nil at the top.
  package let parent: Int?
}
