internal import Diagnostics
internal import PlanLoading
internal import PlanModel
internal import SourceText

extension DoctorCheck {
  /// Which configuration is in force at the root of the project, and what it sets.
  static let configuration = DoctorCheck("configuration") { context in
    let path = (context.projectRoot == "/" ? "" : context.projectRoot) + "/" + ProjectConfiguration.fileName
    guard let file = ConfigurationFile.read(folder: "", in: context.projectRoot, scope: .project) else {
      return misnamed(in: context.projectRoot) + [DoctorFinding(.ok, "configuration", "none; \(path) would be read")]
    }
    guard let first = file.diagnostics.first(where: { $0.severity == .error }) else {
      return [DoctorFinding(.ok, "configuration", "\(path): \(summary(of: file.configuration))")]
    }
    let place = file.source.location(of: first.range.lowerBound)
    return [
      DoctorFinding(
        .fail, "configuration", "\(path):\(place.line):\(place.column): \(first.message)", advice: "execplan validate")
    ]
  }

  /// Names that people try and that are not read.
  private static func misnamed(in root: String) -> [DoctorFinding] {
    ["execplan.config.yml", "execplan.config.json", ".execplan.config.yaml"].compactMap { name in
      guard PathName.exists(root + "/" + name) else { return nil }
      return DoctorFinding(
        .warn, "configuration", "\(root)/\(name) is not read", advice: "call it \(ProjectConfiguration.fileName)")
    }
  }

  private static func summary(of configuration: ProjectConfiguration) -> String {
    var parts: [String] = []
    func add(_ name: String, _ count: Int) {
      if count > 0 { parts.append("\(name) (\(count))") }
    }
    add("plans", configuration.plans.count)
    add("exclude", configuration.exclude.count)
    if let standard = configuration.standard { parts.append("standard \(standard.rawValue)") }
    for (code, level) in configuration.rules.sorted(by: { $0.key < $1.key }) {
      parts.append("\(code) \(level.rawValue)")
    }
    add("actions", configuration.actions.count)
    if let folder = configuration.newPlans.folder { parts.append("new plans in \(folder)") }
    if let format = configuration.newPlans.format { parts.append("new plans as \(format.rawValue)") }
    if let state = configuration.stateDirectory { parts.append("state_dir \(state)") }
    add("require", configuration.require.count)
    return parts.isEmpty ? "sets nothing" : "sets " + parts.joined(separator: ", ")
  }
}
