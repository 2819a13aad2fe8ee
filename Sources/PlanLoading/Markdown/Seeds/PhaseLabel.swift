/// A heading that names a phase: `Phase 1: Extract (Week 1-2)`, `Milestone 2 — API`, `Component: Loader`.
struct PhaseLabel: Hashable {
  /// `phase-1`, `loader`.
  var id: String
  /// What stands behind the label; the label itself if nothing does.
  var title: String
  /// `Phase 1`; for a component its name.
  var label: String
  /// `Week 1-2`, without the parentheses.
  var schedule: String?
  var isComponent = false

  private static let words: Set<String> = [
    "phase", "milestone", "stage", "sprint", "iteration", "workstream", "epic", "wave", "阶段", "里程碑", "단계", "段階",
  ]

  /// What a heading that may be one begins with, as far as it is of ASCII.
  static let firstWords =
    (words.filter { $0.utf8.allSatisfy { $0 < 0x80 } } + ["component"]).map { Array($0.utf8) }

  /// Nil if the text does not begin with such a word and a number, or with `Component:`.
  init?(_ heading: String) {
    var text = PhaseLabel.withoutNumber(heading)[...]
    let words = text.split(separator: " ", maxSplits: 2)
    guard let first = words.first else { return nil }
    if first.lowercased() == "component:" || (first.lowercased() == "component" && text.contains(":")) {
      let name = text.drop { $0 != ":" }.dropFirst().drop { $0 == " " }
      guard !name.isEmpty, let id = HeadingSlug.of(String(name)) else { return nil }
      self.init(id: id, title: String(name), label: String(name), isComponent: true)
      return
    }
    guard words.count > 1, PhaseLabel.words.contains(first.lowercased()) else { return nil }
    var number = words[1]
    while let last = number.last, ":.)—–-,".contains(last) { number.removeLast() }
    guard PhaseLabel.isNumber(number) else { return nil }
    let label = "\(first) \(number)"
    guard let id = HeadingSlug.of(label) ?? HeadingSlug.of("phase \(number)") else { return nil }
    text = text[number.endIndex...].drop { ":.)—–- ".contains($0) }
    var schedule: String?
    if text.hasSuffix(")"), let open = text.lastIndex(of: "(") {
      let inside = text[text.index(after: open)...].dropLast()
      if PhaseLabel.isTime(inside) {
        schedule = String(inside)
        text = text[..<open]
        while text.last == " " { text.removeLast() }
      }
    }
    self.init(id: id, title: text.isEmpty ? label : String(text), label: label, schedule: schedule)
  }

  private init(id: String, title: String, label: String, schedule: String? = nil, isComponent: Bool = false) {
    self.id = id
    self.title = title
    self.label = label
    self.schedule = schedule
    self.isComponent = isComponent
  }

  /// `3`, `2b`, `0.5`, `IV`, `A`.
  private static func isNumber(_ text: Substring) -> Bool {
    guard let first = text.first, text.utf8.count <= 8 else { return false }
    if first.isNumber { return true }
    return text.allSatisfy { "IVX".contains($0) } || (text.count == 1 && first.isUppercase)
  }

  private static func isTime(_ text: Substring) -> Bool {
    if case .success = EstimateText.read(String(text)) { return true }
    return ["week", "day", "month", "sprint"].contains { text.lowercased().hasPrefix($0) }
  }

  /// `3. Phase 1` without the number of the section.
  private static func withoutNumber(_ heading: String) -> String {
    let text = CellText(heading).text
    guard let first = text.split(separator: " ").first, let digit = first.first, digit.isNumber,
      first.allSatisfy({ $0.isNumber || $0 == "." || $0 == ")" })
    else { return text }
    return String(text.dropFirst(first.count).drop { $0 == " " })
  }
}
