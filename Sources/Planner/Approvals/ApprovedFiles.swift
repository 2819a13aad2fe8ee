internal import PlanModel
internal import SourceText

/// The files that actions name and that are part of what is approved: scripts, SQL, templates, prompts. What the plan
/// itself writes is not there yet when people look, so it is none of them.
struct ApprovedFiles {
  private var written: Set<String> = []
  /// By the folder that they begin with.
  private var globs: [String: [Glob]] = [:]
  private let planned: PlannedPlan
  /// From which secrets are read.
  private let secretFiles: Set<String>

  init(_ planned: PlannedPlan) {
    self.planned = planned
    secretFiles = Set(
      planned.plan.secrets.compactMap { secret in
        if case .file(let path) = secret.source { ApprovedFiles.plain(path.text) } else { nil }
      })
    // Items that a run has found are not known to those who were asked before.
    for node in planned.nodes where !node.step.isFound {
      for pattern in node.step.writtenPaths where !pattern.isNegated && !pattern.isOpen {
        if pattern.isLiteral {
          written.insert(pattern.text)
        } else if let glob = try? Glob(pattern.text) {
          globs[ApprovedFiles.folder(of: pattern), default: []].append(glob)
        }
      }
    }
  }

  /// Each once, in the order of the steps.
  func paths(ofSteps steps: [Int], _ files: any FileProbe) throws(FileProbeError) -> [String] {
    var seen: Set<String> = []
    var found: [String] = []
    for index in steps {
      let step = planned.nodes[index].step
      let action = step.action
      for path in action.sourcePath.map({ [$0.text] }) ?? []
      where seen.insert(path).inserted && !isWritten(path) && !isSecret(path) {
        found.append(path)
      }
      guard let folder = ApprovedFiles.workingFolder(of: step) else { continue }
      for script in ApprovedFiles.scripts(of: step) {
        let path = folder == "." ? script : folder + "/" + script
        guard seen.insert(path).inserted, !isWritten(path), !isSecret(path), let status = try files.status(path),
          status.kind == .file
        else { continue }
        found.append(path)
      }
    }
    return found
  }

  /// Relative to the project root; nil where it is not known before the run, or lies elsewhere.
  private static func workingFolder(of step: Step) -> String? {
    guard let cwd = step.cwd else { return "." }
    guard let literal = cwd.literal, !literal.hasPrefix("/"), !literal.split(separator: "/").contains("..") else {
      return nil
    }
    return literal
  }

  /// Without `.` and empty names.
  private static func plain(_ path: String) -> String {
    path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
  }

  /// Files of secrets and of variables, which hold secrets: no digest of them is kept.
  private func isSecret(_ path: String) -> Bool {
    let normal = ApprovedFiles.plain(path)
    let name = normal.split(separator: "/").last ?? ""
    return secretFiles.contains(normal) || name.hasPrefix(".env") || name.hasSuffix(".env")
  }

  private func isWritten(_ path: String) -> Bool {
    if written.contains(path) { return true }
    if globs.isEmpty { return false }
    var folder = Substring(path)
    while true {
      if let slash = folder.lastIndex(of: "/") { folder = folder[..<slash] } else { folder = "" }
      if globs[String(folder)]?.contains(where: { $0.matches(path) }) ?? false { return true }
      if folder.isEmpty { return false }
    }
  }

  /// The folders before the first one with a wildcard in its name.
  private static func folder(of pattern: PathPattern) -> String {
    let names = pattern.text.split(separator: "/", omittingEmptySubsequences: false)
    return names.prefix { PathPattern(String($0)).isLiteral }.joined(separator: "/")
  }

  private static let interpreters: Set<String> = [
    "bash", "sh", "dash", "ksh", "zsh", "python", "python3", "node", "ruby", "perl", "php", "Rscript", "psql",
    "sqlite3",
    "source", ".",
  ]

  /// The files of the project that the programs of a step run: of its action, of what is looked at before and after it.
  private static func scripts(of step: Step) -> [String] {
    var found = scripts(of: step.action)
    if let unless = step.unless { found += scripts(of: unless) }
    return found + scripts(of: step.verify)
  }

  private static func scripts(of action: Action) -> [String] {
    switch action {
    case .run(let run): return scripts(of: run.script)
    case .exec(let exec): return scripts(of: exec)
    case .check(let check): return scripts(of: check.checks)
    case .wait(let wait):
      if case .checks(let checks) = wait.condition { return scripts(of: checks) }
      return []
    case .agent(let agent):
      switch agent.program {
      case .script(let script): return scripts(of: script)
      case .words(let exec): return scripts(of: exec)
      case nil: return []
      }
    case .file, .edit, .sql, .http, .fetch, .manual, .approve, .uses: return []
    }
  }

  private static func scripts(of checks: [Check]) -> [String] {
    checks.flatMap { check -> [String] in
      guard case .run(let run) = check.kind else { return [] }
      return scripts(of: run.script)
    }
  }

  private static func scripts(of exec: ExecAction) -> [String] {
    script(exec.arguments.map { $0.literal ?? "" }).map { [$0] } ?? []
  }

  /// Of each command the first word if it is a path, or what an interpreter is given to read.
  private static func scripts(of script: ShellScript) -> [String] {
    let text = script.template.literal ?? script.template.readable
    return text.utf8.split(whereSeparator: { [0x0A, 0x3B, 0x26, 0x7C].contains($0) }).compactMap { line in
      ApprovedFiles.script(line.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 }).map { String(Substring($0)) })
    }
  }

  private static func script(_ words: [String]) -> String? {
    var words = words[...]
    while let first = words.first, first.utf8.contains(UInt8(ascii: "=")) { words = words.dropFirst() }
    guard let program = words.first else { return nil }
    let name = program.split(separator: "/").last.map(String.init) ?? program
    if interpreters.contains(name) {
      return script(of: name, words.dropFirst()).flatMap(relative)
    }
    return program.utf8.contains(UInt8(ascii: "/")) ? relative(program) : nil
  }

  /// What an interpreter reads: for a client of a database the file after `-f` or `<`, for others the first argument that
  /// belongs to no option.
  private static func script(of interpreter: String, _ arguments: ArraySlice<String>) -> String? {
    let isClient = interpreter == "psql" || interpreter == "sqlite3"
    var isNext = false
    var isSkipped = false
    for argument in arguments where !argument.isEmpty {
      if isNext { return argument }
      if isSkipped {
        isSkipped = false
      } else if argument == "<" || isClient && ["-f", "--file", "-init"].contains(argument) {
        isNext = true
      } else if argument.hasPrefix("<") && !argument.hasPrefix("<<") {
        return String(argument.dropFirst())
      } else if isClient {
        for prefix in ["--file=", "-f"] where interpreter == "psql" && argument.hasPrefix(prefix) {
          return String(argument.dropFirst(prefix.count))
        }
      } else if argument.hasPrefix("-") || argument.hasPrefix("+") {
        isSkipped = optionsWithValue.contains(argument)
      } else {
        return argument
      }
    }
    return nil
  }

  private static let optionsWithValue: Set<String> = ["-o", "+o", "-O", "+O", "-W", "-X", "-r", "-I"]

  /// A path within the project; nil for others.
  private static func relative(_ word: String) -> String? {
    var path = word.hasPrefix("./") ? String(word.dropFirst(2)) : word
    if path.utf8.first == UInt8(ascii: "\"") || path.utf8.first == UInt8(ascii: "'") { path = String(path.dropFirst()) }
    if path.utf8.last == UInt8(ascii: "\"") || path.utf8.last == UInt8(ascii: "'") { path = String(path.dropLast()) }
    let isPlain = !path.isEmpty && !path.hasPrefix("/") && !path.hasPrefix("~") && PathPattern(path).isLiteral
    return isPlain && !path.split(separator: "/").contains("..") && !path.utf8.contains(UInt8(ascii: "$")) ? path : nil
  }
}
