internal import PlanDocument
internal import SourceText

/// Tells blocks of commands from output, prose and code, by their lines.
struct CommandClassifier {
  let source: SourceFile

  private static let shells: Set<String> = ["", "sh", "bash", "shell", "zsh", "console", "text", "plaintext", "txt"]

  func verdict(_ block: CodeBlock) -> CandidateVerdict {
    let language = (block.language?.value ?? "").lowercased()
    guard CommandClassifier.shells.contains(language) else { return .code(language) }
    let lines = LogicalLine.of(block.lines, in: source)
    let judged = lines.filter { !$0.isInside && !$0.isComment }
    if judged.isEmpty { return .output }
    let isShell = ["sh", "bash", "shell", "zsh"].contains(language)
    let isCommand = judged.map { CommandClassifier.isCommand($0.text, isShell: isShell) }
    guard isCommand.contains(true) else { return .output }
    if let other = isCommand.firstIndex(of: false) { return .mixed(String(judged[other].text.prefix(60))) }
    for line in block.lines {
      if let word = CommandClassifier.placeholder(in: source.text(line)) { return .placeholder(word) }
    }
    for line in lines {
      if let command = CommandClassifier.destructive(in: line.text) { return .destructive(command) }
    }
    return .commands
  }

  // MARK: One line

  /// - Parameter isShell: whether the block says that it is shell text: then the name of any program will do.
  static func isCommand(_ line: String, isShell: Bool = false) -> Bool {
    var words = line.split(separator: " ", omittingEmptySubsequences: true)[...]
    if words.first == "$" { words.removeFirst() }
    // A subshell: what stands in it decides.
    if let first = words.first, first.hasPrefix("("), first != "(" {
      words = [first.drop { $0 == "(" }] + words.dropFirst()
    }
    let before = words.count
    if let first = words.first, isAssignment(first), first.contains("=$(") || first.contains("=\"$(") { return true }
    while let word = words.first, isAssignment(word) { words.removeFirst() }
    guard let first = words.first else { return before > 0 }
    let name = String(first.last == ";" ? first.dropLast() : first)
    let rest = words.dropFirst()
    if CommandWords.keywords.contains(name) { return !isProse(line, name) }
    if CommandWords.programs.contains(name) {
      return !(CommandWords.ambiguous.contains(name) && isProse(line, name)) && !rest.contains("=")
    }
    if isPath(first) { return !isProse(line, name) }
    return isName(name) && (isShell || rest.contains { isFlag($0) }) && !isProse(line, name)
  }

  /// `NAME=value`
  private static func isAssignment(_ word: Substring) -> Bool {
    guard let sign = word.firstIndex(of: "="), let first = word.first, first.isLetter || first == "_" else {
      return false
    }
    return word[..<sign].allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
  }

  /// `./gradlew`, `scripts/check.sh`, `"$BIN"`
  private static func isPath(_ word: Substring) -> Bool {
    if word.hasPrefix("./") || word.hasPrefix("../") || word.hasPrefix("~/") || word.hasPrefix("$") { return true }
    if word.hasPrefix("\"$") { return true }
    guard let slash = word.firstIndex(of: "/"), word.last != ":", word.last != "/" else { return false }
    let isPlain = word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-+".contains($0)) }
    // A bare path is a listing of files; a program has a folder like these or an ending of a script.
    let folder = word[..<slash]
    let isProgram =
      ["bin", "scripts", "script", "tools", ".venv", "node_modules", "target", "build", "dist", ""].contains(folder)
      || word.contains("/bin/") || [".sh", ".py", ".rb", ".js", ".ts", ".pl"].contains { word.hasSuffix($0) }
    return isPlain && isProgram
  }

  private static func isName(_ word: String) -> Bool {
    guard let first = word.first, first.isASCII, first.isLowercase else { return false }
    return word.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || "-_.+".contains($0)) }
  }

  private static func isFlag(_ word: Substring) -> Bool {
    guard word.hasPrefix("-"), word.count > 1 else { return false }
    let name = word.drop { $0 == "-" }
    return name.first.map { $0.isLetter } ?? false
  }

  /// A line that begins with a program's name and is a sentence all the same: `make sure that it works`.
  private static func isProse(_ line: String, _ name: String) -> Bool {
    let words = line.split(separator: " ").dropFirst()
    if words.contains(where: { isFlag($0) || $0.contains("/") || $0.contains("$") || $0.contains("=") }) {
      return isSentence(line) && words.count > 8
    }
    if line.contains("|") || line.contains(">") || line.contains("\"") || line.contains(";") { return false }
    return isSentence(line)
      || words.contains {
        ["the", "that", "sure", "a", "an", "to", "is", "are", "and", "with", "of", "all"].contains($0)
      }
  }

  private static func isSentence(_ line: String) -> Bool {
    (line.hasSuffix(".") && !line.hasSuffix(" .") && !line.hasSuffix("..") && !line.hasSuffix("/."))
      || line.hasSuffix(":")
      || line.hasSuffix(",")
  }

  // MARK: What a person has to look at

  /// `<id>`, `...`, `YYYY-MM-DD`, `path/to/x`, `your-token`
  static func placeholder(in line: String) -> String? {
    for word in line.split(separator: " ") {
      let bare = word.drop { $0 == "\"" || $0 == "'" }
      if bare == "..." || bare == "…" || bare.hasPrefix("...\"") { return String(bare) }
      if word.contains("YYYY") || word.contains("path/to/") || word.lowercased().contains("your-") {
        return String(word)
      }
    }
    var rest = line[...]
    while let open = rest.firstIndex(of: "<") {
      let after = rest[rest.index(after: open)...]
      guard let first = after.first, first.isLetter else {
        rest = after
        continue
      }
      let name = after.prefix { $0.isLetter || $0.isNumber || " _-./|".contains($0) }
      let end = after[name.endIndex...]
      if end.first == ">", name.count < 40 { return "<" + name + ">" }
      rest = after
    }
    return nil
  }

  static func destructive(in line: String) -> String? {
    for part in line.split(whereSeparator: { $0 == ";" || $0 == "&" || $0 == "|" }) {
      var words = part.split(separator: " ")[...]
      if words.first == "$" { words.removeFirst() }
      while let word = words.first, isAssignment(word) { words.removeFirst() }
      for pattern in CommandWords.destructive
      where words.count >= pattern.count && zip(words, pattern).allSatisfy({ $0 == Substring($1) }) {
        return pattern.joined(separator: " ")
      }
    }
    let isPiped = line.contains("curl") || line.contains("wget")
    return isPiped && (line.contains("| sh") || line.contains("| bash")) ? "curl | sh" : nil
  }
}
