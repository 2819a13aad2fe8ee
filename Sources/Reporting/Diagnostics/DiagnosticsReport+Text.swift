package import Diagnostics
internal import SourceText

extension DiagnosticsReport {
  package struct TextOptions: Hashable, Sendable {
    /// The columns that a source line may take.
    package var width: Int
    /// Hints and other infos are shown (`-v`), not only counted.
    package var showsInfos: Bool

    package init(width: Int = 120, showsInfos: Bool = false) {
      self.width = width
      self.showsInfos = showsInfos
    }
  }

  /// The form for people: `file:line:column: error: message [CODE-name]`, the source line, notes.
  package func text(_ style: Style, _ options: TextOptions = TextOptions()) -> [UInt8] {
    var out: [UInt8] = []
    for file in files {
      let shown =
        options.showsInfos
        ? file
        : FileDiagnostics(file: file.file, diagnostics: file.diagnostics.filter { $0.severity != .info })
      guard !shown.diagnostics.isEmpty else { continue }
      let locations = LocationIndex(shown)
      for diagnostic in shown.diagnostics { append(diagnostic, shown, locations, style, options, to: &out) }
    }
    out.append(contentsOf: (summaryLine(style, options) + "\n").utf8)
    return out
  }

  /// `3 errors, 1 warning in 2 files`.
  package func summaryLine(_ style: Style = .plain, _ options: TextOptions = TextOptions()) -> String {
    let summary = summary
    var parts: [String] = []
    if summary.errors > 0 { parts.append(style.paint(PeopleText.count(summary.errors, "error"), .error)) }
    if summary.warnings > 0 { parts.append(style.paint(PeopleText.count(summary.warnings, "warning"), .warning)) }
    if options.showsInfos, summary.infos > 0 {
      parts.append(style.paint(PeopleText.count(summary.infos, "info"), .info))
    }
    let files: String
    if summary.filesWithProblems > 0, summary.filesWithProblems < summary.files {
      files = "\(summary.filesWithProblems) of \(PeopleText.count(summary.files, "file"))"
    } else {
      files = PeopleText.count(summary.files, "file")
    }
    if parts.isEmpty { parts.append(style.paint("no problems", .success)) }
    var line = parts.joined(separator: ", ") + " in \(files)"
    if !options.showsInfos, summary.infos > 0 { line += " (\(PeopleText.count(summary.infos, "info")): -v shows them)" }
    return line
  }

  private func append(
    _ diagnostic: Diagnostic, _ findings: FileDiagnostics, _ locations: LocationIndex, _ style: Style,
    _ options: TextOptions, to out: inout [UInt8]
  ) {
    let file = findings.file
    let path = PrintableText.line(file.path)
    let place = locations.start(diagnostic.range)
    let role = diagnostic.severity.role
    var text = style.paint("\(path):\(place.line):\(place.column):", .heading)
    text += " " + style.paint("\(diagnostic.severity.rawValue):", role)
    text += " \(PrintableText.line(diagnostic.message))"
    text += " " + style.paint("[\(diagnostic.rule.code)-\(diagnostic.rule.name)]", .skipped) + "\n"

    let number = String(place.line)
    let blanks = String(repeating: " ", count: number.utf8.count)
    let gutter = number.utf8.count + 4
    if !file.bytes.isEmpty {
      let excerpt = SourceExcerpt(file, diagnostic.range, line: place.line, limit: options.width - gutter)
      text += style.paint(" \(number) |", .skipped) + (excerpt.source.isEmpty ? "" : " \(excerpt.source)") + "\n"
      text += style.paint(" \(blanks) |", .skipped) + " " + markerText(excerpt.marker, role, style) + "\n"
    }
    for note in diagnostic.notes { text += " \(blanks)   \(style.paint("note:", .info)) \(PrintableText.line(note))\n" }
    // What a repair that needs a person would do stands in the notes already.
    if let fix = diagnostic.fix, fix.isSafe || diagnostic.notes.isEmpty {
      let how = fix.isSafe ? " (--fix does it)" : ""
      text += " \(blanks)   \(style.paint("help:", .success)) \(PrintableText.line(fix.message))\(how)\n"
    }
    for related in diagnostic.related {
      let place = locations.start(related.range)
      text += "\(path):\(place.line):\(place.column): \(style.paint("note:", .info)) "
      text += PrintableText.line(related.message) + "\n"
    }
    out.append(contentsOf: text.utf8)
  }

  private func markerText(_ marker: String, _ role: Style.Role, _ style: Style) -> String {
    let blanks = marker.prefix { $0 == " " }
    return blanks + style.paint(String(marker[blanks.endIndex...]), role)
  }
}

extension Severity {
  /// How a severity is coloured.
  package var role: Style.Role {
    switch self {
    case .error: .error
    case .warning: .warning
    case .info: .info
    }
  }
}
