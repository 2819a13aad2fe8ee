internal import PlanDocument
internal import SourceText

/// The commands of a block as the step will run them: without prompts, and without folders of another machine.
struct AdoptedScript {
  /// The lines that stay, in the order of the text.
  private(set) var lines: [String] = []
  /// The line of the file that is left out: it only enters the root of the repository.
  private(set) var removed: Int?
  private(set) var edits: [(range: SourceRange, text: String)] = []
  private(set) var notes: [String] = []
  /// The first words of the command that says most about the script: not of a `cd` or `set` before it.
  let telling: String
  /// Whether the script says itself where it runs.
  let entersFolder: Bool

  /// Whether something is left to be run.
  var isEmpty: Bool { lines.allSatisfy { $0.allSatisfy { $0 == " " || $0 == "\t" } } }

  init(_ block: CodeBlock, _ folders: CommandFolders, in source: SourceFile) {
    var first: String?
    switch folders.entering(block) {
    case .none: break
    case .root(let note):
      removed = source.lineIndex(of: block.lines[0].lowerBound)
      notes.append(note)
    case .below(let command, let note):
      first = command
      edits.append((block.lines[0], command))
      notes.append(note)
    }
    let commands = LogicalLine.of(block.lines, in: source)
    let prompts = Dictionary(
      commands.compactMap { line in line.prompt.map { (line.range.lowerBound, $0) } }, uniquingKeysWith: { a, _ in a })
    for (index, range) in block.lines.enumerated() {
      if index == 0, removed != nil { continue }
      if index == 0, let first {
        lines.append(first)
      } else if let prompt = prompts[range.lowerBound] {
        let blanks = source.bytes[range.lowerBound..<range.upperBound].prefix { $0 == 0x20 || $0 == 0x09 }.count
        let place = range.part(offset: blanks, length: prompt.length)
        edits.append((place, ""))
        let rest = SourceRange(start: place.upperBound, end: range.upperBound)
        lines.append(source.text(range.part(offset: 0, length: blanks)) + source.text(rest))
      } else {
        lines.append(source.text(range))
      }
    }
    while let last = lines.last, last.allSatisfy({ $0 == " " || $0 == "\t" }) { lines.removeLast() }
    let run = commands.filter { !$0.isComment }.dropFirst(removed == nil ? 0 : 1)
    telling = (run.first { !AdoptedScript.prepares($0) } ?? run.first).map(AdoptedScript.name) ?? ""
    entersFolder = run.first.map { ["cd", "pushd"].contains(ShellWords.commands($0.text).first?.first?.text) } ?? false
  }

  /// The first words of a command, without variables and redirections.
  private static func name(_ line: LogicalLine) -> String {
    let words = ShellWords.commands(line.text).first ?? []
    let bare = words.drop { $0.isAssignment }.map(\.text).prefix { word in !word.contains { "<>\n".contains($0) } }
    return bare.isEmpty ? line.first : bare.prefix(3).joined(separator: " ")
  }

  /// Whether a command only makes ready for those behind it.
  private static func prepares(_ line: LogicalLine) -> Bool {
    guard let words = ShellWords.commands(line.text).first else { return true }
    return words.allSatisfy(\.isAssignment) || ["cd", "set", "export", "source", ".", "pushd"].contains(words[0].text)
  }
}
