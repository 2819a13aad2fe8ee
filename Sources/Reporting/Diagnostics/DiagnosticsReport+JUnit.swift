internal import Diagnostics
internal import SourceText

extension DiagnosticsReport {
  /// JUnit XML: one suite a file, one case a finding; a file without findings is one passing case.
  ///
  /// Findings that do not make the file invalid are passing cases with the text as their output.
  package func junit() -> [UInt8] {
    var out: [UInt8] = []
    func append(_ text: String) { out.append(contentsOf: text.utf8) }
    let failures = files.reduce(0) { $0 + failureCount($1) }
    let cases = files.reduce(0) { $0 + max(1, $1.diagnostics.count) }
    append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    append("<testsuites name=\"execplan validate\" tests=\"\(cases)\" failures=\"\(failures)\" errors=\"0\">\n")
    for file in files {
      let path = XMLText.escaped(file.file.path)
      append("  <testsuite name=\"\(path)\" tests=\"\(max(1, file.diagnostics.count))\"")
      append(" failures=\"\(failureCount(file))\" errors=\"0\" skipped=\"0\">\n")
      if file.diagnostics.isEmpty { append("    <testcase classname=\"\(path)\" name=\"valid\"/>\n") }
      let locations = LocationIndex(file)
      for diagnostic in file.diagnostics {
        let place = locations.start(diagnostic.range)
        let rule = "\(diagnostic.rule.code)-\(diagnostic.rule.name)"
        let name = "\(rule) at \(place.line):\(place.column)"
        let message = XMLText.escaped(diagnostic.message)
        let heading = "\(file.file.path):\(place.line):\(place.column): \(diagnostic.severity.rawValue)"
        let text = (["\(heading): \(diagnostic.message)"] + diagnostic.notes.map { "note: \($0)" })
        let details = XMLText.escaped(text.joined(separator: "\n"))
        append("    <testcase classname=\"\(path)\" name=\"\(XMLText.escaped(name))\">\n")
        if isFailure(diagnostic.severity) {
          append("      <failure message=\"\(message)\" type=\"\(XMLText.escaped(rule))\">\(details)</failure>\n")
        } else {
          append("      <system-out>\(details)</system-out>\n")
        }
        append("    </testcase>\n")
      }
      append("  </testsuite>\n")
    }
    append("</testsuites>\n")
    return out
  }

  private func failureCount(_ file: FileDiagnostics) -> Int {
    file.diagnostics.count { isFailure($0.severity) }
  }
}
