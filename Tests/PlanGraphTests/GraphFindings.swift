internal import Diagnostics
internal import PlanGraph
internal import PlanModel
internal import SourceText

enum GraphFindings {
  static func render(_ plan: Plan, _ source: SourceFile, infos: Bool) -> [String] {
    GraphRules.check(plan).diagnostics.filter { infos || $0.severity != .info }.map { finding in
      let place = source.location(of: finding.range.lowerBound)
      return "\(finding.rule.code) \(place.line):\(place.column) \(finding.message)"
    }
  }
}
