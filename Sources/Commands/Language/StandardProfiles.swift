internal import PlanDocument
internal import PlanLoading
internal import PlanModel
internal import SourceText
internal import Synchronization

/// What markdown plans are held to, by project; each PLANS.md is read once.
final class StandardProfiles: Sendable {
  /// What the person asked for; nil: what the configuration says.
  private let level: StandardProfile.Level?
  private let isStrict: Bool
  /// By the root of the project; nil where there is no PLANS.md.
  private let repositories = Mutex<[String: RepositoryStandard?]>([:])

  init(level: StandardProfile.Level?, isStrict: Bool) {
    self.level = level
    self.isStrict = isStrict
  }

  /// - Parameter path: the plan, relative to the root of the project. Nil for a PLANS.md, which is no plan itself.
  func profile(of path: String, in project: Project) -> StandardProfile? {
    guard PathName.name(path).lowercased() != "plans.md" else { return nil }
    var profile = StandardProfile(isStrict: isStrict)
    for file in project.settings.files(for: path) {
      if let standard = file.configuration.standard {
        profile.level = standard == .codex ? .codex : .lenient
      }
      let name = file.folder.isEmpty ? ProjectConfiguration.fileName : "\(file.folder)/\(ProjectConfiguration.fileName)"
      profile.requirements += file.configuration.require.map { .init($0.value, path: name) }
    }
    if let level { profile.level = level }
    profile.repository = repository(project.root)
    return profile
  }

  private func repository(_ root: String) -> RepositoryStandard? {
    repositories.withLock { known in
      if let repository = known[root] { return repository }
      let repository = Self.read(root)
      known[root] = repository
      return repository
    }
  }

  private static func read(_ root: String) -> RepositoryStandard? {
    let prefix = root == "/" ? "/" : root + "/"
    for path in RepositoryStandard.paths where PathName.exists(prefix + path) {
      // One that can't be read demands nothing: plans are validated all the same.
      guard let bytes = try? PlanFile.bytes(prefix + path) else { continue }
      return RepositoryStandard(reading: SourceFile(path: path, bytes: bytes))
    }
    return nil
  }
}
