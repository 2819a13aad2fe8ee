internal import Diagnostics
internal import PlanLoading
internal import PlanModel
internal import Reporting
internal import SourceText

/// One `execplan.config.yaml` as it was read, for what is below its folder.
struct ConfigurationFile: Sendable {
  /// A pattern, and whether it takes away what those before it matched.
  private struct Pattern: Sendable {
    let glob: Glob
    let isNegated: Bool
  }

  /// Relative to the project root; empty: the root.
  let folder: String
  let source: SourceFile
  let configuration: ProjectConfiguration
  let diagnostics: [Diagnostic]
  private let plans: [Pattern]
  private let exclude: [Pattern]

  /// - Returns: nil if there is no such file.
  static func read(folder: String, in root: String, scope: ConfigurationLoader.Scope) -> ConfigurationFile? {
    let path = (folder.isEmpty ? root : root + "/" + folder) + "/" + ProjectConfiguration.fileName
    guard PathName.isThere(path) else { return nil }
    let name = PathName.shown(path)
    do throws(CommandFailure) {
      let bytes = try PlanFile.bytes(path, limit: ConfigurationLoader.fileSizeLimit)
      return ConfigurationFile(folder: folder, source: SourceFile(path: name, bytes: bytes), scope: scope)
    } catch {
      return ConfigurationFile(
        folder: folder, source: SourceFile(path: name, bytes: []), configuration: ProjectConfiguration(),
        diagnostics: [Diagnostic(.unreadableFile, .fileStart, error.message, notes: ["mend it, or take it away"])])
    }
  }

  init(folder: String, source: SourceFile, scope: ConfigurationLoader.Scope) {
    let result = ConfigurationLoader.load(source, scope: scope, rules: RuleCatalogue.all)
    self.init(
      folder: folder, source: source, configuration: result.configuration, diagnostics: result.diagnostics)
  }

  private init(
    folder: String, source: SourceFile, configuration: ProjectConfiguration, diagnostics: [Diagnostic]
  ) {
    self.folder = folder
    self.source = source
    self.configuration = configuration
    self.diagnostics = diagnostics
    // Patterns that can't be read were reported and are not among them.
    func compiled(_ patterns: [PathPattern]) -> [Pattern] {
      patterns.compactMap { pattern in
        (try? Glob(pattern.text)).map { Pattern(glob: $0, isNegated: pattern.isNegated) }
      }
    }
    plans = compiled(configuration.plans)
    exclude = compiled(configuration.exclude)
  }

  var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// Whether a file counts as a plan because of where it is; nil: nothing is said about it.
  ///
  /// - Parameter path: relative to the project root, below the folder of the configuration.
  func declaresPlan(_ path: String) -> Bool? {
    last(of: plans, path) { $0.matches($1) }
  }

  /// Whether a file is left out unless a person names it; nil: nothing is said about it.
  ///
  /// A pattern that matches a folder holds for all that is below.
  func excludes(_ path: String) -> Bool? {
    last(of: exclude, path) { glob, path in
      if glob.matches(path) { return true }
      return path.indices.contains { path[$0] == "/" && glob.matches(String(path[..<$0])) }
    }
  }

  /// What the last pattern says that matches.
  private func last(of patterns: [Pattern], _ path: String, _ matches: (Glob, String) -> Bool) -> Bool? {
    if patterns.isEmpty { return nil }
    let name = folder.isEmpty ? path : String(path.dropFirst(folder.utf8.count + 1))
    return patterns.last { matches($0.glob, name) }.map { !$0.isNegated }
  }
}
