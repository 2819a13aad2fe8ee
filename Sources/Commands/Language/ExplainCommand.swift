internal import Diagnostics
internal import Executor
internal import Reporting

/// `execplan explain`.
enum ExplainCommand {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    let console = invocation.console
    let format = invocation.parsed.value("format") ?? "text"
    guard let word = invocation.parsed.positional("CODE") else {
      switch format {
      case "json": console.write(listJSON())
      case "markdown": console.write(reference())
      default: console.write(list(console.outputStyle))
      }
      return .success
    }
    guard let rule = RuleCatalogue.rule(word) else {
      let near = RuleCatalogue.nearest(word)
      throw UsageError(
        "there is no rule \(UsageError.quoted(word))",
        advice: near.map { "did you mean \"\($0)\"?" } ?? "execplan explain lists all rules", command: "explain")
    }
    let page = RulePage(rule: rule)
    switch format {
    case "json":
      var json = JSONText()
      json.object { json in
        json.member("format_version", machineFormatVersion)
        page.write(to: &json)
      }
      json.newline()
      console.write(json.bytes)
    case "markdown": console.write(page.markdown())
    default: console.write(page.text(console.outputStyle))
    }
    return .success
  }

  private static func list(_ style: Style) -> String {
    var table = Table([Table.Column("code"), Table.Column("severity"), Table.Column("name"), Table.Column("summary")])
    for rule in RuleCatalogue.all {
      table.rows.append([
        Table.Cell(rule.code), Table.Cell(rule.severity.rawValue, rule.severity.role), Table.Cell(rule.name),
        Table.Cell(rule.summary),
      ])
    }
    return table.text(style)
  }

  private static func listJSON() -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.member("format_version", machineFormatVersion)
      json.member("rules", RuleCatalogue.all) { json, rule in json.object { RulePage(rule: rule).write(to: &$0) } }
    }
    json.newline()
    return json.bytes
  }

  /// All pages as one document: `docs/rules.md`.
  static func reference() -> String {
    var out = """
      # Rules

      What `execplan validate` can find, by code. `execplan explain CODE` shows one of these pages. This file is
      written by `execplan explain --format markdown`.

      A finding is silenced by a comment on its line or on the line above, with the reason:
      `# execplan:ignore EP401 the table is emptied first`, in markdown `<!-- execplan:ignore EP702 ... -->`. Before the
      first key or heading of the file such a comment counts for the whole file. `--select` and `--ignore` take codes,
      names and families (`EP4`). The key `rules` of the [configuration](configuration.md) changes severities for all
      plans of a project.

      """
    for family in RuleFamily.allCases {
      let rules = RuleCatalogue.all.filter { RuleFamily(code: $0.code) == family }
      if rules.isEmpty { continue }
      out += "\n## EP\(family.rawValue)xx: \(family.title)\n"
      if family == .standard { out += "\n" + StandardFigures.table() }
      for rule in rules { out += "\n" + RulePage(rule: rule).markdown() }
    }
    return out
  }
}
