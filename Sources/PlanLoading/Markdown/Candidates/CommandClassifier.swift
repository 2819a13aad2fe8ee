internal import PlanDocument
internal import SourceText

/// Tells blocks of commands from output, prose and code, by their lines and by the sentence above them.
struct CommandClassifier {
  let source: SourceFile

  /// Blocks that say to be shell text, and so may run any program.
  static let shells: Set<String> = ["sh", "bash", "shell", "zsh"]
  /// Blocks that may hold commands as well as what they print.
  static let texts: Set<String> = [
    "", "console", "text", "plaintext", "plain", "txt", "terminal", "shell-session", "shellsession", "sh-session",
  ]
  private static let powerShells: Set<String> = ["powershell", "pwsh", "ps1", "ps", "posh"]
  private static let batches: Set<String> = ["cmd", "bat", "batch", "dosbatch"]

  /// - Parameter lead: the text above the block.
  func verdict(_ block: CodeBlock, lead: LeadText) -> CandidateVerdict {
    let language = (block.language?.value ?? "").lowercased()
    if CommandClassifier.powerShells.contains(language) { return .foreign("PowerShell") }
    if CommandClassifier.batches.contains(language) { return .foreign("a batch file") }
    let isShell = CommandClassifier.shells.contains(language)
    guard isShell || CommandClassifier.texts.contains(language) else { return .code(language) }
    let lines = LogicalLine.of(block.lines, in: source)
    let judged = lines.filter { !$0.isInside && !$0.isComment }
    if judged.isEmpty { return .output }
    if judged.contains(where: { CommandClassifier.isPowerShell($0.first) }) { return .foreign("PowerShell") }
    var isCommand = judged.map { CommandClassifier.isCommand($0, isShell: isShell) }
    // With prompts the commands are marked, and all else is what they print.
    if judged.contains(where: { $0.prompt != nil }) {
      for index in judged.indices where judged[index].prompt == nil { isCommand[index] = false }
    }
    let isClosing = judged.map { CommandWords.closing.contains($0.first) }
    guard zip(isCommand, isClosing).contains(where: { $0 && !$1 }), !isListing(judged, isShell: isShell),
      !judged.allSatisfy({ CommandClassifier.isSetting($0) })
    else { return .output }
    if let other = isCommand.firstIndex(of: false) { return .mixed(String(judged[other].first.prefix(60))) }
    if judged.contains(where: { $0.prompt?.kind == .powerShell }) { return .foreign("PowerShell") }
    if lead.announcesOutput, !isShell { return .output }
    if let word = Placeholder.first(in: block.lines.map { source.text($0) }) { return .placeholder(word) }
    for line in lines {
      if let command = DestructiveCommand.first(in: line.text) { return .destructive(command) }
    }
    return lead.announcesUndo ? .undo : .commands
  }

  /// Whether lines are paths and nothing else: of files to be edited, or of a folder of the author's machine.
  private func isListing(_ lines: [LogicalLine], isShell: Bool) -> Bool {
    let isPaths = lines.allSatisfy { line in
      line.prompt == nil && !line.first.contains(" ") && line.first.contains("/") && !line.first.hasPrefix("./")
        && !line.first.hasPrefix("$")
    }
    guard isPaths, let first = lines.first?.first else { return false }
    // A folder has no ending; a script on its own line is run.
    if lines.count == 1 { return (first.hasPrefix("/") || first.hasPrefix("~/")) && !CommandClassifier.isScript(first) }
    return !isShell
  }

  /// `$env:NAME = "x"`, `Get-ChildItem src`
  private static func isPowerShell(_ line: String) -> Bool {
    if line.hasPrefix("$env:") { return true }
    let verbs = [
      "Get", "Set", "New", "Remove", "Copy", "Move", "Start", "Stop", "Invoke", "Test", "Write", "Select", "Out",
      "Import",
    ]
    let parts = line.prefix { $0.isLetter || $0 == "-" }.split(separator: "-", omittingEmptySubsequences: false)
    return parts.count == 2 && verbs.contains(String(parts[0])) && parts[1].first?.isUppercase == true
  }

  /// `NAME=value` and nothing else: a list of settings runs nothing.
  private static func isSetting(_ line: LogicalLine) -> Bool {
    guard let words = ShellWords.commands(line.text).first else { return false }
    return words.allSatisfy { $0.isAssignment && !$0.text.contains("$(") }
  }

  // MARK: One line

  /// - Parameter isShell: whether the block says that it is shell text: then the name of any program will do.
  static func isCommand(_ line: LogicalLine, isShell: Bool = false) -> Bool {
    if CommandWords.closing.contains(line.first) { return true }
    guard var words = ShellWords.commands(line.text).first.map({ $0[...] }) else { return false }
    let before = words.count
    while let word = words.first, word.isAssignment { words.removeFirst() }
    guard let first = words.first else { return before > 0 }
    let text = line.first
    let name = first.text
    let rest = words.dropFirst()
    if CommandWords.keywords.contains(name) { return !isProse(text, rest) }
    // `x = 1` is code of some language, and `make x -> it works` a remark.
    if let next = rest.first, !next.isQuoted, ["=", "+=", ":"].contains(next.text) { return false }
    if CommandWords.code.contains(name) { return false }
    if name != "test", rest.contains(where: { !$0.isQuoted && CommandWords.arrows.contains($0.text) }) { return false }
    if name == "export" { return rest.allSatisfy { $0.isAssignment || $0.isFlag || isVariable($0.text) } }
    if CommandWords.programs.contains(name) || CommandWords.programs.contains(withoutVersion(name)) {
      if isPrinted(name, rest) { return false }
      return !(CommandWords.ambiguous.contains(name) && isProse(text, rest))
        && (name == "test" || !rest.contains(.init(text: "=")))
    }
    if first.isQuoted || isPath(name) { return isPath(name) && !isProse(text, rest) }
    guard isName(name), isShell || rest.contains(where: \.isFlag) else { return false }
    return !isProse(text, rest, isShell: isShell) && !isPrinted(name, rest, isUnknown: true)
  }

  /// `PATH`: `export default x` is code of another language.
  private static func isVariable(_ word: String) -> Bool {
    word.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "_") }
  }

  /// `python3.11` is `python`.
  private static func withoutVersion(_ name: String) -> String {
    var name = name[...]
    while let last = name.last, last.isNumber || last == "." || last == "-" { name.removeLast() }
    return String(name)
  }

  /// `./gradlew`, `scripts/check.sh`, `$BIN`
  private static func isPath(_ word: String) -> Bool {
    if word.hasPrefix("./") || word.hasPrefix("../") || word.hasPrefix("~/") || word.hasPrefix("$") { return true }
    guard let slash = word.firstIndex(of: "/"), word.last != ":", word.last != "/" else { return false }
    let isPlain = word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-+".contains($0)) }
    // A bare path is a listing of files; a program has a folder like these or an ending of a script.
    let folder = word[..<slash]
    let isProgram =
      [
        "bin", "scripts", "script", "tools", ".venv", "venv", "node_modules", "target", "build", ".build", "_build",
        "dist",
        "zig-out", "vendor", "",
      ].contains(folder)
      || isScript(word)
    return isPlain && isProgram
  }

  private static func isScript(_ word: String) -> Bool {
    word.contains("/bin/") || word.contains("/sbin/")
      || [".sh", ".py", ".rb", ".js", ".ts", ".pl", ".bash"].contains { word.hasSuffix($0) }
  }

  private static func isName(_ word: String) -> Bool {
    guard let first = word.first, first.isASCII, first.isLowercase else { return false }
    return word.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || "-_.+".contains($0)) }
  }

  // MARK: What only looks like a command

  /// A line that begins with a program's name and is a sentence all the same: `make sure that it works`.
  private static func isProse(_ line: String, _ rest: ArraySlice<ShellWords.Word>, isShell: Bool = false) -> Bool {
    let hasArguments = rest.contains {
      $0.isFlag || $0.text.contains("/") || $0.text.contains("$") || $0.text.contains("=")
    }
    if hasArguments { return isSentence(line) && rest.count > 8 }
    if line.contains("|") || line.contains(">") || line.contains("\"") || line.contains(";") { return false }
    if isSentence(line) { return true }
    // `make all`; and in shell text one such word may be the name of something.
    let words = rest.last?.text == "all" ? rest.dropLast() : rest
    return words.count { CommandWords.prose.contains($0.text) } > (isShell && rest.count < 4 ? 1 : 0)
  }

  private static func isSentence(_ line: String) -> Bool {
    (line.hasSuffix(".") && !line.hasSuffix(" .") && !line.hasSuffix("..") && !line.hasSuffix("/."))
      || line.hasSuffix(":")
      || line.hasSuffix(",")
  }

  /// Whether a line is what a program says about itself or its work: `git version 2.47.1`, `test result: ok`.
  ///
  /// - Parameter isUnknown: whether the first word is the name of no program that is known.
  private static func isPrinted(_ name: String, _ rest: ArraySlice<ShellWords.Word>, isUnknown: Bool = false) -> Bool {
    if rest.isEmpty {
      return CommandWords.incomplete.contains(name) || isUnknown && CommandWords.printed.contains(name)
    }
    if rest.contains(where: { $0.isFlag || $0.isQuoted || $0.text.contains("/") || $0.text.contains("$") }) {
      return false
    }
    let words = rest.map(\.text)
    if isVersion(words[0]) || (words.count > 1 && words[0] == "version" && isVersion(words[1])) { return true }
    if ["npm", "pnpm", "yarn"].contains(name), ["warn", "WARN", "ERR!", "notice", "error", "info"].contains(words[0]) {
      return true
    }
    guard isUnknown || CommandWords.ambiguous.contains(name) else { return false }
    if name == "test" || words[0].hasSuffix(":") { return true }
    let isWork = isUnknown && (name.hasSuffix("ing") || name.hasSuffix("ed") || CommandWords.printed.contains(name))
    return isWork
      || words.contains { word in
        CommandWords.printed.contains(word.filter { $0.isLetter }.lowercased())
      }
  }

  /// `2.47.1`, `v18.0`
  private static func isVersion(_ word: String) -> Bool {
    let number = word.hasPrefix("v") ? word.dropFirst() : word[...]
    return number.first?.isNumber == true && number.contains(".")
      && number.allSatisfy { $0.isNumber || $0 == "." || $0 == "-" || $0.isLetter }
  }
}
