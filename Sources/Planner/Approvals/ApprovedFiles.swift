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
      for script in ApprovedFiles.scripts(of: action) {
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

  /// The files of the project that commands run: the first word of a line if it is a path, or what an interpreter is
  /// given to read.
  private static func scripts(of action: Action) -> [String] {
    switch action {
    case .run(let run):
      let text = run.script.template.literal ?? run.script.template.readable
      return text.utf8.split(whereSeparator: { [0x0A, 0x3B, 0x26, 0x7C].contains($0) }).compactMap { line in
        script(line.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 }).map { String(Substring($0)) })
      }
    case .exec(let exec): return script(exec.arguments.map { $0.literal ?? "" }).map { [$0] } ?? []
    case .file, .edit, .sql, .http, .fetch, .wait, .check, .manual, .approve, .agent, .uses: return []
    }
  }

  private static func script(_ words: [String]) -> String? {
    var words = words[...]
    while let first = words.first, first.utf8.contains(UInt8(ascii: "=")) { words = words.dropFirst() }
    guard let program = words.first else { return nil }
    let name = program.split(separator: "/").last.map(String.init) ?? program
    if interpreters.contains(name) {
      return words.dropFirst().first { !$0.hasPrefix("-") && $0.utf8.count > 0 }.flatMap(relative)
    }
    return program.utf8.contains(UInt8(ascii: "/")) ? relative(program) : nil
  }

  /// A path within the project; nil for others.
  private static func relative(_ word: String) -> String? {
    var path = word.hasPrefix("./") ? String(word.dropFirst(2)) : word
    if path.utf8.first == UInt8(ascii: "\"") || path.utf8.first == UInt8(ascii: "'") { path = String(path.dropFirst()) }
    if path.utf8.last == UInt8(ascii: "\"") || path.utf8.last == UInt8(ascii: "'") { path = String(path.dropLast()) }
    let isPlain = !path.isEmpty && !path.hasPrefix("/") && !path.hasPrefix("~") && PathPattern(path).isLiteral
    return isPlain && !path.split(separator: "/").contains("..") && !path.utf8.contains(UInt8(ascii: "$")) ? path : nil
  }
}
