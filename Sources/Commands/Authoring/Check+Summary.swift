internal import PlanModel

extension Check {
  /// One line that says what is checked: the author's title, or else the condition.
  var summary: String {
    let text = title ?? condition
    return severity == .warn ? "\(text) (a warning only)" : text
  }

  private var condition: String {
    switch kind {
    case .exists(let exists):
      let bounds =
        exists.count.map { "count \($0.summary)" } + exists.size.map { "size \($0.summary) bytes" }
        + exists.age.map { "age \($0.summary) ms" }
      return (["\(exists.glob.text) exists"] + bounds).joined(separator: ", ")
    case .file(let file):
      let bounds = file.content.map(\.summary) + (file.sha256.map { ["sha256 \($0)"] } ?? [])
      return ([file.path.text] + bounds).joined(separator: ", ")
    case .run(let run): return "run: \(run.script.template.summary)"
    case .sql(let sql):
      let bounds = sql.value.map(\.summary) + sql.duration.map { "time \($0.summary) ms" }
      return (["sql: \(sql.query.template.summary)"] + bounds).joined(separator: ", ")
    }
  }
}

extension Comparison {
  fileprivate var summary: String {
    switch operand {
    case .value(let value): "\(op.rawValue) \(value.text ?? "a list")"
    case .template(let template): "\(op.rawValue) \(template.summary)"
    case .list(let templates): "\(op.rawValue) \(templates.map(\.summary).joined(separator: ", "))"
    }
  }
}

extension Template {
  /// The first line, with `${{ … }}` where a value is computed.
  fileprivate var summary: String {
    let text = segments.map { segment in
      switch segment {
      case .literal(let text): text
      case .expression: "${{ … }}"
      }
    }.joined()
    let lines = text.split(whereSeparator: \.isNewline)
    return (lines.first.map(String.init) ?? "") + (lines.count > 1 ? " …" : "")
  }
}
