package import Diagnostics
internal import PlanModel
internal import SourceText

extension Rule {
  /// EP306: a script names another step's output without waiting for that step.
  package static let hiddenDependency = Rule(
    "EP306", "hidden-dependency", .warning,
    summary: "a script names the output of another step without waiting for that step",
    explanation: """
      The two steps may run at the same time, so the script may find an old file, half a file or none. List the path
      under "inputs": that adds the dependency and lets the step be skipped while the file is unchanged. Or add the
      step to "needs".
      """,
    bad: """
      execplan: 1
      title: Nightly load
      order: graph
      steps:
        - id: fetch
          run: make fetch
          outputs: [data/events.json]
        - id: load
          run: python3 load.py data/events.json
      """,
    good: """
      execplan: 1
      title: Nightly load
      steps:
        - id: fetch
          run: make fetch
          outputs: [data/events.json]
        - id: load
          run: python3 load.py data/events.json
          inputs: [data/events.json]
      """)
}

extension GraphSubject {
  private struct Mention {
    var node: Int
    var writer: Int
    /// Mentions of one pattern by one step share a number; one ordered writer excuses all.
    var group: Int
    var pattern: Int
    var range: SourceRange
  }

  func checkHiddenDependencies(into collector: inout DiagnosticCollector) {
    guard files.writes.contains(where: { $0.origin == .file }) else { return }
    var mentions: [Mention] = []
    var group = 0
    for (node, step) in steps where !hasBrokenNeed[node] {
      guard let (text, range) = step.scriptText else { continue }
      var seen: Set<Int> = []
      for token in ScriptWords(text) {
        let path = step.cwdPrefix.map { $0 + token } ?? token
        guard let pattern = files.pattern(of: path), seen.insert(pattern).inserted else { continue }
        let writers = files.writesOf[pattern].map { files.writes[Int($0)] }.filter { $0.origin == .file }
        // One who writes the path too is a matter of races; more than a few writers are ordered or reported there.
        if writers.isEmpty || writers.count > 16 || writers.contains(where: { Int($0.node) == node }) { continue }
        group += 1
        for writer in writers {
          mentions.append(
            Mention(node: node, writer: Int(writer.node), group: group, pattern: pattern, range: range))
        }
      }
    }
    let ordered = areOrdered(mentions.map { ($0.node, $0.writer) })
    let excused = Set(zip(mentions, ordered).filter(\.1).map(\.0.group))
    var reported: Set<Int> = []
    for mention in mentions where !excused.contains(mention.group) && reported.insert(mention.group).inserted {
      let path = files.patterns[mention.pattern].text
      collector.report(
        .hiddenDependency, mention.range,
        "\"\(name(mention.node))\" names \"\(path)\", which \"\(name(mention.writer))\" writes, but does not wait for it",
        notes: ["add \"\(path)\" to inputs, or \"\(name(mention.writer))\" to needs"],
        related: step(mention.writer).map { [.init("\"\(name(mention.writer))\" stands here", $0.id.range)] } ?? [])
    }
  }
}

extension Step {
  /// The text of a `run` action with the place of it.
  fileprivate var scriptText: (String, SourceRange)? {
    guard case .run(let run) = action else { return nil }
    return (run.script.text, run.script.template.range)
  }

  /// What stands before the paths in the script to make them relative to the project root.
  fileprivate var cwdPrefix: String? {
    guard let folder = cwd?.literal, folder != ".", !folder.isEmpty else { return nil }
    return folder + "/"
  }
}
