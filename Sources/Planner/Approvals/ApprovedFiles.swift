internal import PlanModel
internal import SourceText

/// The files that actions name and that are part of what is approved: scripts, SQL, templates, prompts. What the plan
/// itself writes is not there yet when people look, so it is none of them.
struct ApprovedFiles: Sendable {
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

  /// A file that steps name.
  struct Named: Hashable, Sendable {
    var path: String
    /// A word of a command: it counts only where a file is.
    var isGuessed: Bool
  }

  /// Each once, in the order of the steps.
  func named(bySteps steps: [Int]) -> [Named] {
    var places: [String: Int] = [:]
    var found: [Named] = []
    func add(_ path: String, isGuessed: Bool) {
      if let place = places[path] {
        if !isGuessed { found[place].isGuessed = false }
      } else if !isWritten(path), !isSecret(path) {
        places[path] = found.count
        found.append(Named(path: path, isGuessed: isGuessed))
      }
    }
    for index in steps {
      let step = planned.nodes[index].step
      for action in [step.action] + (step.undo.map { [$0] } ?? []) {
        if let path = action.sourcePath { add(path.text, isGuessed: false) }
      }
      guard let folder = ApprovedFiles.workingFolder(of: step) else { continue }
      for script in ApprovedScripts.of(step) {
        add(folder == "." ? script : folder + "/" + script, isGuessed: true)
      }
    }
    return found
  }

  /// What is in the files now.
  func parts(of named: [Named], _ files: any FileProbe) throws(FileProbeError) -> [ApprovalSubject.Part] {
    var parts: [ApprovalSubject.Part] = []
    for name in named {
      if name.isGuessed {
        guard let status = try files.status(name.path), isScript(status) else { continue }
      }
      let digest = try files.digest(name.path) ?? ApprovalSubjects.digest([nil])
      parts.append(.init(kind: .file, name: name.path, digest: digest))
    }
    return parts
  }

  private func isScript(_ status: FileStatus) -> Bool {
    switch status.kind {
    case .file: true
    case .link(let target): !isSecret(target)
    case .directory, .other: false
    }
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
}
