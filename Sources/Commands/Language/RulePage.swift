internal import Diagnostics
internal import PlanLoading
internal import Reporting

/// The page about a rule: what it finds, why that matters, and how it looks before and after.
struct RulePage {
  let rule: Rule

  /// The explanation without the line ends of its source.
  private var explanation: String { rule.explanation.split { $0 == "\n" || $0 == " " }.joined(separator: " ") }

  /// Whether the examples are markdown plans.
  private var isAboutMarkdown: Bool { Self.isMarkdown(rule.good) }

  /// Whether an example is a markdown plan.
  static func isMarkdown(_ example: String) -> Bool {
    // A YAML plan says its version, and no example begins with the marker of a document.
    example.hasPrefix("---\n") || !example.split(separator: "\n").contains { $0.hasPrefix("execplan:") }
  }

  /// An example with its control characters made visible.
  private func lines(_ example: String) -> [String] {
    var lines = example.split(separator: "\n", omittingEmptySubsequences: false).map { PrintableText.line(String($0)) }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  func text(_ style: Style) -> String {
    var out = [
      "\(style.paint(rule.code, .heading)) \(rule.name) (\(style.paint(rule.severity.rawValue, rule.severity.role)))",
      rule.summary, "",
    ]
    out += HelpText.wrap(explanation, width: HelpText.width)
    for (title, example) in [("Bad", rule.bad), ("Good", rule.good)] where !example.isEmpty {
      out += ["", style.paint("\(title):", .heading), ""]
      out += lines(example).map { $0.isEmpty ? "" : "    \($0)" }
    }
    out += ["", "Silence one finding with a comment on the line or the line above:", ""]
    out.append(
      isAboutMarkdown ? "    <!-- execplan:ignore \(rule.code) REASON -->" : "    # execplan:ignore \(rule.code) REASON"
    )
    out += ["", "Change its severity for all plans of the project in \(ProjectConfiguration.fileName):", ""]
    out.append("    rules: {\(rule.code): off}    # or info, warning, error")
    return out.joined(separator: "\n") + "\n"
  }

  func write(to json: inout JSONText) {
    json.member("code", rule.code)
    json.member("name", rule.name)
    json.member("severity", rule.severity.rawValue)
    json.member("summary", rule.summary)
    json.member("explanation", explanation)
    json.member("bad", rule.bad.isEmpty ? nil : rule.bad)
    json.member("good", rule.good)
  }

  func markdown() -> String {
    var out = ["### \(rule.code) \(rule.name)", "", "*\(rule.severity.rawValue)*: \(rule.summary)", "", explanation]
    for (title, example) in [("Bad:", rule.bad), ("Good:", rule.good)] where !example.isEmpty {
      // A fence of four holds examples that have fences themselves.
      let fence = example.contains("```") ? "````" : "```"
      out += ["", title, "", fence + (Self.isMarkdown(example) ? "markdown" : "yaml")] + lines(example) + [fence]
    }
    return out.joined(separator: "\n") + "\n"
  }
}
