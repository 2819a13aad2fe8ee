internal import Diagnostics
package import SourceText

extension MarkdownPlan {
  /// Whether there is a heading with a name, apart from case, numbering and marks.
  package func hasSection(named name: String) -> Bool {
    let wanted = HeadingText.normalized(Array(name.utf8))
    return sections.contains { $0.name == wanted }
  }

  /// Whether a heading is spelt as the standard spells it.
  package func isCanonical(_ section: Section) -> Bool { section.heading.value == section.kind.title }

  /// The section of the standard that a heading most likely means although it is not spelt like any of its names.
  ///
  /// Only long names may differ, and by one or two letters: "Content" is not a slip of "Context".
  package static func kindMeant(by section: Section, among kinds: [SectionKind]) -> SectionKind? {
    let text = section.name
    guard text.count >= 7, text.count <= 40 else { return nil }
    let letters = letters(of: text)
    for kind in kinds {
      for wanted in longNames[kind] ?? [] {
        let limit = wanted.text.count < 12 ? 1 : 2
        // A slip takes one letter away and brings one in at most, so most names are told apart at a glance.
        guard abs(wanted.text.count - text.count) <= limit,
          (letters ^ wanted.letters).nonzeroBitCount <= limit * 2
        else { continue }
        if NearestName.editDistance(text, wanted.text) <= limit { return kind }
      }
    }
    return nil
  }

  /// The names that may be misspelt, in the form in which headings are compared, each with its letters.
  private static let longNames = SectionNames.names.mapValues { names in
    names.map { HeadingText.normalized(Array($0.utf8)) }.filter { $0.count >= 8 && $0.allSatisfy { $0 < 0x80 } }
      .map { (text: $0, letters: letters(of: $0)) }
  }

  /// Which bytes a text holds, as a set of bits; some bytes share one.
  private static func letters(of text: [UInt8]) -> UInt64 {
    text.reduce(0) { $0 | 1 << UInt64($1 & 63) }
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
