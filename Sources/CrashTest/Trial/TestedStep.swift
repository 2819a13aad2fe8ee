package import PlanModel
internal import SourceText

/// A step as a crash test sees it.
package struct TestedStep: Hashable, Sendable {
  package var id: String
  package var action: String
  package var idempotence: String
  package var outputs: [PathPattern]
  package var creates: [PathPattern]
  /// Every path that the step says that it writes.
  package var written: [PathPattern]
  /// Whether a program does the work, so that execplan can't know what it writes.
  package var runsProgram: Bool
  /// Whether execplan looks at what it made before it believes that.
  package var verifies: Bool

  package init(_ step: Step, action: String) {
    id = step.id.value
    self.action = action
    idempotence = step.idempotence.rawValue
    outputs = step.outputs
    creates = step.creates
    written = step.writtenPaths + step.creates
    verifies = !step.verify.isEmpty
    runsProgram =
      switch step.action {
      case .run, .exec, .uses: true
      case .agent(let agent): agent.program != nil
      default: false
      }
    if case .agent(let agent) = step.action { written += agent.acceptance.artifacts }
  }
}

/// Patterns that say which paths a step makes.
struct PathSet {
  private let globs: [Glob]

  init(_ patterns: some Sequence<PathPattern>) {
    globs = patterns.filter { !$0.isNegated && !$0.isOpen }.compactMap { try? Glob(PathSet.trimmed($0.text)) }
  }

  init(_ globs: [Glob]) { self.globs = globs }

  /// A folder stands for what it holds.
  func covers(_ path: String) -> Bool {
    var name = path[...]
    while true {
      if globs.contains(where: { $0.matches(String(name)) }) { return true }
      guard let slash = name.lastIndex(of: "/") else { return false }
      name = name[..<slash]
    }
  }

  private static func trimmed(_ text: String) -> String {
    var text = text[...]
    if text.hasPrefix("./") { text = text.dropFirst(2) }
    if text.hasSuffix("/"), text.utf8.count > 1 { text = text.dropLast() }
    return String(text)
  }
}
