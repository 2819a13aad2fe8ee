internal import Reporting

/// What all checks of `doctor` found.
struct DoctorReport: Sendable {
  struct Row: Hashable, Sendable {
    let check: String
    let finding: DoctorFinding
  }

  let rows: [Row]

  init(rows: [Row]) { self.rows = rows }

  init(checks: [DoctorCheck], _ context: DoctorContext) {
    rows = checks.flatMap { check in check.run(context).map { Row(check: check.name, finding: $0) } }
  }

  /// Warnings are no failures.
  var isHealthy: Bool { rows.allSatisfy { $0.finding.status != .fail } }

  /// A table; nothing is cut off, because paths are there to be copied.
  func text(_ style: Style) -> String {
    var table = Table([Table.Column("status"), Table.Column("subject"), Table.Column("detail")], hasHeader: false)
    for row in rows {
      let finding = row.finding
      table.rows.append([
        Table.Cell(finding.status.rawValue, Self.role(finding.status)), Table.Cell(finding.subject),
        Table.Cell(finding.detail),
      ])
      if let advice = finding.advice { table.rows.append(["", "", Table.Cell(advice)]) }
    }
    return table.text(style)
  }

  private static func role(_ status: DoctorFinding.Status) -> Style.Role {
    switch status {
    case .ok: .success
    case .warn: .warning
    case .fail: .error
    }
  }

  /// One object and a line end.
  var json: [UInt8] {
    var json = JSONText()
    json.object { json in
      json.member("format_version", machineFormatVersion)
      json.member("healthy", isHealthy)
      json.member("checks", rows) { json, row in
        json.object { json in
          json.member("check", row.check)
          json.member("subject", row.finding.subject)
          json.member("status", row.finding.status.rawValue)
          json.member("detail", row.finding.detail)
          json.member("advice", row.finding.advice)
        }
      }
    }
    json.newline()
    return json.bytes
  }
}
