internal import Diagnostics
package import SourceText

extension MarkdownPlan {
  /// Whether there is a heading with a name, apart from case, numbering and marks.
  package func hasSection(named name: String) -> Bool {
    let wanted = HeadingText.normalized(Array(name.utf8))
    return sections.contains { HeadingText.normalized(Array($0.heading.value.utf8)) == wanted }
  }

  /// Whether a heading is spelt as the standard spells it.
  package func isCanonical(_ section: Section) -> Bool { section.heading.value == section.kind.title }

  /// The section of the standard that a heading most likely means although it is not spelt like any of its names.
  ///
  /// Only long names may differ, and by one or two letters: "Content" is not a slip of "Context".
  package static func kindMeant(by heading: String, among kinds: some Sequence<SectionKind>) -> SectionKind? {
    let text = HeadingText.normalized(Array(heading.utf8))
    guard text.count >= 7, text.count <= 40 else { return nil }
    for kind in kinds {
      for name in SectionNames.names[kind] ?? [] {
        let wanted = HeadingText.normalized(Array(name.utf8))
        let limit = wanted.count < 8 ? 0 : wanted.count < 12 ? 1 : 2
        guard limit > 0, abs(wanted.count - text.count) <= limit, wanted.allSatisfy({ $0 < 0x80 }) else { continue }
        if NearestName.editDistance(text, wanted) <= limit { return kind }
      }
    }
    return nil
  }
}

extension SourceFile {
  /// How most lines end: that of the first line counts.
  package var newline: String {
    guard lineStarts.count > 1 else { return "\n" }
    let end = Int(lineStarts[1])
    if end >= 2, bytes[end - 1] == 0x0A, bytes[end - 2] == 0x0D { return "\r\n" }
    return bytes[end - 1] == 0x0D ? "\r" : "\n"
  }
}
