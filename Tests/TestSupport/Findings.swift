package import Diagnostics
package import SourceText

/// Findings as short texts, for tables of expectations.
package enum Findings {
  /// `EP103@3:5` for each finding, in the order of their places.
  package static func places(_ collector: DiagnosticCollector, in source: SourceFile) -> [String] {
    collector.sorted().map { diagnostic in
      let location = source.location(of: diagnostic.range.lowerBound)
      return "\(diagnostic.rule.code)@\(location.line):\(location.column)"
    }
  }
}
