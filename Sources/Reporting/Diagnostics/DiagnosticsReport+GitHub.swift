internal import Diagnostics
internal import SourceText

extension DiagnosticsReport {
  /// Workflow commands that GitHub Actions shows as annotations, one line each.
  package func github() -> [UInt8] {
    var out: [UInt8] = []
    for file in files where !file.diagnostics.isEmpty {
      let locations = LocationIndex(file)
      let path = property(file.file.path)
      for diagnostic in file.diagnostics {
        let start = locations.start(diagnostic.range)
        let end = locations.end(diagnostic.range)
        var line = "::\(command(diagnostic.severity)) file=\(path),line=\(start.line)"
        // Columns are refused for an annotation over several lines.
        if start.line == end.line {
          line += ",col=\(start.column),endLine=\(end.line),endColumn=\(end.column)"
        } else {
          line += ",endLine=\(end.line)"
        }
        line += ",title=\(property("\(diagnostic.rule.code)-\(diagnostic.rule.name)"))"
        line += "::\(data(([diagnostic.message] + diagnostic.notes).joined(separator: "\n")))\n"
        out.append(contentsOf: line.utf8)
      }
    }
    return out
  }

  private func command(_ severity: Severity) -> String { severity == .info ? "notice" : severity.rawValue }

  /// Escapes as the runner's toolkit does for the text after `::`.
  private func data(_ text: String) -> String { escaped(text, alsoSeparators: false) }

  /// In a property the separators are escaped too.
  private func property(_ text: String) -> String { escaped(text, alsoSeparators: true) }

  private func escaped(_ text: String, alsoSeparators: Bool) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": out += "%25"
      case "\r": out += "%0D"
      case "\n": out += "%0A"
      case ":" where alsoSeparators: out += "%3A"
      case "," where alsoSeparators: out += "%2C"
      default: out.unicodeScalars.append(PrintableText.visible(scalar))
      }
    }
    return out
  }
}
