/// The labels of the entries of Decision Log and Surprises & Discoveries.
package enum EntryLabel: String, Sendable, CaseIterable {
  case decision, rationale, date, author, observation, evidence
  /// `Date/Author`: both in one.
  case dateAuthor

  /// As the standard spells it.
  package var title: String {
    switch self {
    case .decision: "Decision"
    case .rationale: "Rationale"
    case .date: "Date"
    case .author: "Author"
    case .dateAuthor: "Date/Author"
    case .observation: "Observation"
    case .evidence: "Evidence"
    }
  }

  /// Spellings and translations in lower case without blanks.
  package static let names: [EntryLabel: [String]] = [
    .decision: ["decision", "决策", "决定", "決定", "결정", "entscheidung", "decisión", "decisão", "решение"],
    .rationale: [
      "rationale", "reason", "reasoning", "why", "理由", "原因", "근거", "이유", "begründung", "razón", "justificación",
      "motivo", "justificativa", "обоснование", "причина",
    ],
    .date: ["date", "日付", "日期", "날짜", "datum", "fecha", "data", "дата"],
    .author: ["author", "authors", "by", "作者", "著者", "작성자", "autor", "автор"],
    .dateAuthor: [
      "date/author", "date/authors", "date&author", "author/date", "日付/作成者", "日付/著者", "日期/作者", "날짜/작성자",
      "datum/autor", "fecha/autor", "data/autor", "дата/автор",
    ],
    .observation: [
      "observation", "discovery", "finding", "surprise", "观察", "发现", "観察", "発見", "관찰", "발견", "beobachtung",
      "observación", "observação", "наблюдение",
    ],
    .evidence: [
      "evidence", "proof", "证据", "証拠", "根拠", "증거", "beleg", "nachweis", "evidencia", "evidência", "доказательство",
    ],
  ]

  private static let byName: [[UInt8]: EntryLabel] = {
    var result: [[UInt8]: EntryLabel] = [:]
    for (label, names) in names { for name in names { result[Array(name.utf8)] = label } }
    return result
  }()

  /// The most bytes of a label as it is written, marks of emphasis included.
  static let maximumLength = 40

  /// The label that a text is, apart from case, blanks and marks of emphasis.
  init?(_ text: ArraySlice<UInt8>) {
    guard text.count <= Self.maximumLength else { return nil }
    var name: [UInt8] = []
    var hasLetter = false
    for byte in text where !TextByte.isBlank(byte) && !TextByte.isEmphasis(byte) {
      hasLetter = hasLetter || TextByte.isLetter(byte) || byte >= 0x80
      name.append(TextByte.lowercased(byte))
    }
    guard hasLetter, let label = Self.byName[name] else { return nil }
    self = label
  }
}
