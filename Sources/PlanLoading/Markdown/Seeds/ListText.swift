/// Lists that are written on one line, and items with a box.
enum ListText {
  /// Splits at commas and semicolons that stand in no parentheses.
  static func parts(_ text: String) -> [String] {
    var parts: [String] = []
    var part = ""
    var depth = 0
    for character in text {
      switch character {
      case "(", "[": depth += 1
      case ")", "]": depth = max(0, depth - 1)
      default: break
      }
      if depth == 0, ",;，、；".contains(character) {
        parts.append(part)
        part = ""
      } else {
        part.append(character)
      }
    }
    parts.append(part)
    return parts.map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }.filter { !$0.isEmpty }
  }

  /// `[ ] Tests pass` without the box.
  static func withoutBox(_ text: String) -> String {
    let box = text.prefix(3)
    guard box.count == 3, box.first == "[", box.last == "]" else { return text }
    return String(text.dropFirst(3).drop { $0 == " " })
  }
}
