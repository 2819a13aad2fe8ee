internal import PlanModel
internal import Planner

extension WhyView {
  package func text(_ style: Style) -> String {
    var out = style.paint(PrintableText.line(id), .heading) + ": "
    out += style.paint(decision.word, decision.role) + "\n"
    for reason in reasons { out += "  \(PrintableText.line(reason.detail))\n" }
    if let comparison {
      let lines = comparison.lines
      if !lines.isEmpty { out += "since its last success, in run \(comparison.run):\n" }
      for line in lines { out += "  \(PrintableText.line(line))\n" }
    }
    if !guards.isEmpty {
      out += "guards:\n"
      for item in guards { out += "  \(PrintableText.line("\(item.name): \(item.detail)"))\n" }
    }
    out += "idempotence: \(idempotence.rawValue)\n"
    if !needs.isEmpty { out += "needs: \(PrintableText.line(needs.joined(separator: ", ")))\n" }
    return out
  }
}

extension WhyView.Comparison {
  /// What differs, a line each; what belongs to a line above is indented.
  fileprivate var lines: [String] {
    var lines: [String] = []
    if definition.isChanged { lines.append("definition: \(definition.text)") }
    for field in fields { lines.append("  \(field.name): \(field.old ?? "(none)") -> \(field.new ?? "(none)")") }
    let read = values.filter { $0.isUnknown || $0.digests.isChanged }
    if !read.isEmpty {
      lines.append(upstream.new == nil ? "values: not all are known yet" : "values: \(upstream.text)")
      for value in read {
        lines.append("  \(value.name): " + (value.isUnknown ? "\(value.digests.oldText) -> ?" : value.digests.text))
      }
    }
    for (name, digests, files) in [("inputs", inputs, inputFiles), ("outputs", outputs, outputFiles)]
    where !files.isEmpty {
      lines.append("\(name): \(digests.text)")
      for file in files {
        lines.append("  \(file.name): " + (file.isMissing ? "\(file.digests.oldText) -> missing" : file.digests.text))
      }
    }
    let moved = needs.filter { $0.state != .done || $0.result.isChanged }
    if !moved.isEmpty { lines.append("results of what it needs:") }
    for need in moved {
      switch need.state {
      case .done: lines.append("  \(need.id): \(need.result.text)")
      case .runs: lines.append("  \(need.id): \(need.result.oldText) -> ? (it will run)")
      case .unknown: lines.append("  \(need.id): \(need.result.oldText) -> ? (not known yet)")
      case .held: lines.append("  \(need.id): it waits, or is blocked itself")
      case .left: lines.append("  \(need.id): it is left out")
      }
    }
    return lines
  }
}

extension WhyView.Digests {
  fileprivate var text: String { "\(oldText) -> \(WhyView.Digests.short(new))" }
  fileprivate var oldText: String { WhyView.Digests.short(old) }

  /// Enough for people to tell two of them apart.
  private static func short(_ digest: String?) -> String { digest.map { String($0.prefix(12)) } ?? "(none)" }
}
