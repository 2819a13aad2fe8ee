/// A JSON schema that is part of the program, as `execplan schema NAME` prints it.
package enum Schema: String, Sendable, CaseIterable {
  case plan, config, events, diagnostics, changeset, saved, status, report, test

  /// The name of the file that holds it in a release.
  package var fileName: String {
    self == .plan ? "execplan.schema.json" : "\(rawValue).schema.json"
  }

  /// The name of a copy among the files of another project.
  package var installedName: String {
    self == .plan ? fileName : "execplan.\(rawValue).schema.json"
  }

  /// The whole file.
  package var text: String {
    switch self {
    case .plan: Schema.planText
    case .config: Schema.configText
    case .events: Schema.eventsText
    case .diagnostics: Schema.diagnosticsText
    case .changeset: Schema.changesetText
    case .saved: Schema.savedText
    case .status: Schema.statusText
    case .report: Schema.reportText
    case .test: Schema.testText
    }
  }
}
