/// Gives ids to steps that are declared for a person, each once.
struct StepNames {
  private var taken: Set<String>

  private static let skipped: Set<String> = [
    "a", "all", "an", "and", "at", "by", "directory", "following", "for", "from", "in", "is", "it", "of", "on", "repo",
    "repository", "root", "step", "the", "then", "this", "to", "with", "your",
  ]

  init(taken: Set<String>) {
    self.taken = taken
  }

  /// An id out of the words of a text, or else of a command.
  mutating func next(_ text: String, command: String) -> String {
    var words = StepNames.words(text).filter { !StepNames.skipped.contains($0) }
    while let first = words.first, first.allSatisfy(\.isNumber) { words.removeFirst() }
    if words.isEmpty { words = StepNames.words(command) }
    let base = words.isEmpty ? "step" : words.prefix(3).joined(separator: "-")
    var name = base
    var number = 2
    while !taken.insert(name).inserted {
      name = "\(base)-\(number)"
      number += 1
    }
    return name
  }

  private static func words(_ text: String) -> [String] {
    text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.map { String($0.prefix(24)) }
  }
}
