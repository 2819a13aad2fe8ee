internal import Diagnostics
internal import PlanLoading

extension ValueKind {
  /// What is wrong with a value of this kind, and what to write instead; nil if it is right.
  func problem(with text: String) -> (message: String, advice: String?)? {
    switch self {
    case .text: return nil
    case .file, .folder: return text.isEmpty ? ("is empty", "give a path") : nil
    case .choice(let words):
      if words.contains(text) { return nil }
      let nearest = NearestName.of(text, among: words).map { "did you mean \"\($0)\"?" }
      return ("is not one of \(words.joined(separator: ", "))", nearest)
    case .count(let least):
      if let count = ValueKind.count(text), count >= least { return nil }
      return ("is not a whole number of at least \(least)", nil)
    case .duration:
      if case .success = DurationText.read(text) { return nil }
      let isBare = !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
      return ("is not a duration", isBare ? "write \(text)s for seconds" : "write it like 90s, 500ms or 1h30m")
    case .assignment:
      if let equals = text.firstIndex(of: "="), equals != text.startIndex { return nil }
      return ("has no name and \"=\"", "write KEY=VALUE")
    }
  }

  /// A number in plain digits.
  static func count(_ text: String) -> Int? {
    text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
  }
}
