internal import PlanModel
internal import Reporting

extension Check {
  /// One line that says what is checked: the author's title, or else the condition.
  var summary: String {
    let text = title ?? condition
    return severity == .warn ? "\(text) (a warning only)" : text
  }

  private var condition: String {
    switch kind {
    case .exists(let exists):
      let parts =
        exists.count.map { "count \($0.summary)" } + exists.size.map { "size \($0.summary(as: .size))" }
        + exists.age.map { "age \($0.summary(as: .time))" }
      return (["\(exists.glob.text) exists"] + parts).joined(separator: ", ")
    case .file(let file):
      let parts = file.content.map(\.summary) + (file.sha256.map { ["sha256 is \($0)"] } ?? [])
      return "\(file.path.text) " + parts.joined(separator: ", ")
    case .run(let run): return "run: \(run.script.template.summary)"
    case .sql(let sql):
      let parts = sql.value.map { "value \($0.summary)" } + sql.duration.map { "time \($0.summary(as: .time))" }
      return (["sql: \(sql.query.template.summary)"] + parts).joined(separator: ", ")
    case .table(let table): return table.summary
    case .http(let http):
      let parts = http.expect.named.flatMap { part in
        part.comparisons.map { "\(part.name) \($0.summary(as: part.name == "duration" ? .time : .none))" }
      }
      return (["\(http.request.method.rawValue) \(http.request.url.summary)"] + parts).joined(separator: ", ")
    }
  }
}

extension Check.Table {
  /// `flights: not_null dep_time, range dep_delay`; a long list is cut.
  fileprivate var summary: String {
    let parts = expectations.map { expectation in
      expectation.title
        ?? ([expectation.keyword] + (expectation.columns.isEmpty ? [] : [expectation.columns.joined(separator: ", ")]))
        .joined(separator: " ")
    }
    let shown = parts.prefix(6) + (parts.count > 6 ? ["\(parts.count - 6) more"] : [])
    return "\(source.name): \(shown.isEmpty ? "a profile" : shown.joined(separator: ", "))"
  }
}

extension Comparison {
  fileprivate enum Unit {
    case none, size, time

    func text(_ number: Int) -> String {
      switch self {
      case .none: String(number)
      case .size: PeopleText.size(bytes: Int64(number))
      case .time: PeopleText.duration(milliseconds: Int64(number))
      }
    }
  }

  fileprivate var summary: String { summary(as: .none) }

  /// `at least 3`, `contains "id,"`.
  fileprivate func summary(as unit: Unit) -> String {
    let shown =
      switch operand {
      case .value(.int(let number)): unit.text(number)
      case .value(.string(let text)): "\"\(text)\""
      case .value(let value): value.text ?? "a list"
      case .template(let template): "\"\(template.summary)\""
      case .list(let templates): templates.map(\.summary).joined(separator: ", ")
      }
    return "\(words) \(shown)"
  }

  private var words: String {
    switch op {
    case .eq: "is"
    case .ne: "is not"
    case .lt: "below"
    case .le: "at most"
    case .gt: "above"
    case .ge: "at least"
    case .isIn: "is one of"
    case .contains: "contains"
    case .matches: "matches"
    case .lines: "has the lines"
    case .containsLines: "has among its lines"
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
