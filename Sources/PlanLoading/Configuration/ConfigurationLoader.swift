package import Diagnostics
package import SourceText
internal import YAML

/// Reads `execplan.config.yaml` and reports everything that is wrong with it in one go.
package enum ConfigurationLoader {
  /// Which part of a project a configuration is for.
  package enum Scope: Hashable, Sendable {
    case project
    /// What is below the folder of the file; only `plans`, `exclude` and `rules` count there.
    case folder
  }

  package struct Result: Sendable {
    /// What could be decoded.
    package var configuration: ProjectConfiguration
    /// In the order of the file.
    package var diagnostics: [Diagnostic]
  }

  /// Bytes of a file. It is read before every command, so a large one is refused.
  package static let fileSizeLimit = 256 << 10
  private static let limits = YAMLLimits(
    depth: 8, fileSize: fileSizeLimit, aliasExpansion: 10_000, scalarSize: 16 << 10)

  /// - Parameter rules: every rule whose level can be set.
  package static func load(_ source: SourceFile, scope: Scope, rules: [Rule]) -> Result {
    var collector = DiagnosticCollector()
    var configuration = ProjectConfiguration()
    if !BlankText.isBlank(source.bytes), let root = YAMLParser.parse(source, limits: limits, into: &collector) {
      var decoding = ConfigurationDecoding(source: source, scope: scope, rules: rules)
      configuration = decoding.configuration(root)
      collector.append(contentsOf: decoding.context.collector.diagnostics)
    }
    return Result(configuration: configuration, diagnostics: collector.sorted())
  }
}
