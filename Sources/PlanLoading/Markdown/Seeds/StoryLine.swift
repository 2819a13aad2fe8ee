internal import PlanModel
internal import SourceText

/// `Story/Task 1: NAME - DURATION` in the list of a phase.
struct StoryLine {
  var id: String
  var name: String
  /// What stands behind the last dash, or in parentheses at the end, as far as it says how much.
  var effort: String?
  var range: SourceRange

  /// What such a line begins with.
  static let firstWords = ["story", "task", "user"].map { Array($0.utf8) }

  init?(_ text: String, _ range: SourceRange) {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let head = text[..<colon].split { $0 == " " }
    guard head.count == 2, ["story/task", "story", "task", "user-story"].contains(head[0].lowercased()),
      TaskName(String(head[1])).number != nil
    else { return nil }
    id = String(head[1])
    self.range = range
    var rest = text[text.index(after: colon)...].drop { $0 == " " }
    for dash in [" - ", " – ", " — "] {
      guard let found = rest.ranges(of: dash).last else { continue }
      let tail = String(rest[found.upperBound...])
      guard StoryLine.isEffort(tail) else { continue }
      effort = tail
      rest = rest[..<found.lowerBound]
      break
    }
    if effort == nil, rest.hasSuffix(")"), let open = rest.lastIndex(of: "(") {
      let tail = String(rest[rest.index(after: open)...].dropLast())
      if StoryLine.isEffort(tail) {
        effort = tail
        rest = rest[..<open]
      }
    }
    while rest.last == " " { rest.removeLast() }
    name = String(rest)
  }

  private static func isEffort(_ text: String) -> Bool {
    if EffortText.estimate(text, .init()) != nil { return true }
    let words = text.split(separator: " ")
    return words.count <= 2
      && (text.first?.isNumber == true || ["s", "m", "l", "xs", "xl"].contains(text.lowercased()))
  }
}
