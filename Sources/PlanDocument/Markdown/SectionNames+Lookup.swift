extension SectionNames {
  private static let kinds: [[UInt8]: SectionKind] = {
    var kinds: [[UInt8]: SectionKind] = [:]
    for (kind, names) in names {
      for name in names { kinds[HeadingText.normalized(Array(name.utf8))] = kind }
    }
    return kinds
  }()

  /// Names that mean a section only when nothing else stands in the heading: "Status: done" is a status.
  private static let wholeOnly: Set<[UInt8]> = [Array("status".utf8)]

  /// Longer headings are sentences, and none of the twelve.
  static let maximumLength = 160

  /// What kind of section a heading names: wholly, or before a bracket, a colon or a dash (`Decision Log (what
  /// changed, why)`), or in one of two languages (`Progress / 진행 상황`).
  package static func kind(of heading: some Collection<UInt8>) -> SectionKind {
    guard heading.count <= maximumLength else { return .other }
    return kind(ofName: HeadingText.normalized(Array(heading)))
  }

  /// The same for a heading in the form in which headings are compared.
  static func kind(ofName text: [UInt8]) -> SectionKind {
    if let kind = kinds[text] { return kind }
    for piece in HeadingText.pieces(of: text) {
      let name = HeadingText.trimmed(piece)
      if let kind = kinds[name], !wholeOnly.contains(name) { return kind }
    }
    return .other
  }
}
