internal import Diagnostics
internal import SourceText

extension DiagnosticsReport {
  /// One JSON object, as `schemas/diagnostics.schema.json` describes it, and a line end.
  package func json() -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.member("format_version", machineFormatVersion)
      write(to: &json)
    }
    json.newline()
    return json.bytes
  }

  /// The members `valid`, `diagnostics` and `summary`.
  func write(to json: inout JSONText) {
    json.member("valid", isValid)
    json.key("diagnostics")
    json.beginArray()
    for file in files where !file.diagnostics.isEmpty {
      let locations = LocationIndex(file)
      for diagnostic in file.diagnostics { write(diagnostic, file.file.path, locations, to: &json) }
    }
    json.endArray()
    let summary = summary
    json.member("summary") { json in
      json.member("files", summary.files)
      json.member("errors", summary.errors)
      json.member("warnings", summary.warnings)
      json.member("infos", summary.infos)
    }
  }

  private func write(_ diagnostic: Diagnostic, _ path: String, _ locations: LocationIndex, to json: inout JSONText) {
    json.object { json in
      json.member("file", path)
      writePlace(diagnostic.range, locations, to: &json)
      json.member("severity", diagnostic.severity.rawValue)
      json.member("code", diagnostic.rule.code)
      json.member("rule", diagnostic.rule.name)
      json.member("message", diagnostic.message)
      json.member("notes", diagnostic.notes)
      json.member("related", diagnostic.related) { json, related in
        json.object { json in
          json.member("file", path)
          writePlace(related.range, locations, to: &json)
          json.member("message", related.message)
        }
      }
      json.key("fix")
      guard let fix = diagnostic.fix else { return json.null() }
      json.object { json in
        json.member("message", fix.message)
        json.member("safe", fix.isSafe)
        json.member("replacements", fix.replacements) { json, replacement in
          json.object { json in
            writePlace(replacement.range, locations, to: &json)
            json.member("text", replacement.text)
          }
        }
      }
    }
  }

  private func writePlace(_ range: SourceRange, _ locations: LocationIndex, to json: inout JSONText) {
    let start = locations.start(range)
    let end = locations.end(range)
    json.member("line", start.line)
    json.member("column", start.column)
    json.member("end_line", end.line)
    json.member("end_column", end.column)
  }
}
