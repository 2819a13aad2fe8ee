internal import Diagnostics
internal import PlanGraph
internal import PlanLoading
internal import SourceText

extension FuzzTarget {
  /// `execplan.config.yaml`, for a project and for a folder of one.
  static let configuration = FuzzTarget("configuration") { bytes in
    let source = SourceFile(path: "execplan.config.yaml", bytes: bytes)
    for scope in [ConfigurationLoader.Scope.project, .folder] {
      let loaded = ConfigurationLoader.load(source, scope: scope, rules: GraphRules.all + StandardRules.all)
      for finding in loaded.diagnostics {
        try promise(finding.range.upperBound <= bytes.count, "\(finding) is outside of the file")
      }
    }
  }
}
