/// One thing that `doctor` looks at; it only looks and changes nothing.
package struct DoctorCheck: Sendable {
  /// In JSON the group of its findings: `programs`.
  package let name: String
  package let run: @Sendable (DoctorContext) -> [DoctorFinding]

  package init(_ name: String, run: @escaping @Sendable (DoctorContext) -> [DoctorFinding]) {
    self.name = name
    self.run = run
  }

  /// In the order of the report.
  static let all: [DoctorCheck] = [
    .version, .programs, .sqlite, .configuration, .stateDirectory, .shadows, .journal, .locks, .orphans,
    .terminal,
  ]

  static let version = DoctorCheck("execplan") { _ in
    [DoctorFinding(.ok, "execplan", executableVersion)]
  }
}
