internal import Diagnostics
internal import Reporting

/// A configuration with errors: no command guesses what was meant.
struct InvalidConfiguration: Error {
  let files: [ConfigurationFile]

  static func check(_ files: [ConfigurationFile]) throws(InvalidConfiguration) {
    let wrong = files.filter(\.hasErrors)
    if !wrong.isEmpty { throw InvalidConfiguration(files: wrong) }
  }

  var report: DiagnosticsReport {
    DiagnosticsReport(files.map { FileDiagnostics(file: $0.source, diagnostics: $0.diagnostics) })
  }
}
