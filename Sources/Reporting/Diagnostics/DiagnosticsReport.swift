internal import Diagnostics

/// The findings of some files, to be written in one of the forms.
package struct DiagnosticsReport: Sendable {
  /// How many findings of each severity there are.
  package struct Summary: Hashable, Sendable {
    package var files = 0
    /// How many files have an error or a warning.
    package var filesWithProblems = 0
    package var errors = 0
    package var warnings = 0
    package var infos = 0
  }

  package var files: [FileDiagnostics]
  /// Whether a warning makes a file invalid too.
  package var isStrict: Bool

  package init(_ files: [FileDiagnostics], isStrict: Bool = false) {
    self.files = files
    self.isStrict = isStrict
  }

  package var summary: Summary {
    var summary = Summary()
    summary.files = files.count
    for file in files {
      let before = summary.errors + summary.warnings
      for diagnostic in file.diagnostics {
        switch diagnostic.severity {
        case .error: summary.errors += 1
        case .warning: summary.warnings += 1
        case .info: summary.infos += 1
        }
      }
      if summary.errors + summary.warnings > before { summary.filesWithProblems += 1 }
    }
    return summary
  }

  package var isValid: Bool { !files.contains { $0.diagnostics.contains { isFailure($0.severity) } } }

  func isFailure(_ severity: Severity) -> Bool { severity == .error || (isStrict && severity == .warning) }

  /// The whole report; `style` and `textOptions` matter to the text only.
  package func bytes(
    _ format: OutputFormat, tool: ToolInformation, style: Style = .plain, textOptions: TextOptions = TextOptions()
  ) -> [UInt8] {
    switch format {
    case .text: text(style, textOptions)
    case .json: json()
    case .sarif: sarif(tool)
    case .github: github()
    case .junit: junit()
    }
  }
}
