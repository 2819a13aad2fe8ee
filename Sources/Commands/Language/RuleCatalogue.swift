package import Diagnostics
internal import PlanGraph
internal import PlanLoading
internal import YAML

/// Every rule that this program can report, by code.
package enum RuleCatalogue {
  package static let all: [Rule] =
    (YAMLRules.all + PlanRules.all + GraphRules.all + StandardRules.all + CommandRules.all)
    .sorted { $0.code < $1.code }

  /// The rule of a code, a name, or both as findings print them: `EP201`, `unknown-key`, `EP201-unknown-key`.
  package static func rule(_ word: String) -> Rule? { all.first { $0.isCalled(word) } }

  /// Whether a plan in which the rule finds something is not what its author wrote: a value was not read, a step has no
  /// place in the order. Such a plan can't be carried out, even if the finding is silenced.
  static func isAboutReading(_ rule: Rule) -> Bool {
    guard rule.severity == .error, let family = RuleFamily(code: rule.code) else { return false }
    switch family {
    case .syntax, .schema, .graph, .expressions: return !judgements.contains(rule.code)
    case .safety, .standard, .livingSections, .hints: return false
    }
  }

  /// Errors of these families that are about what may happen, so that the author may know better: a file that will be
  /// there, steps that never race, a value that is there in time.
  private static let judgements: Set = ["EP111", "EP213", "EP305", "EP307", "EP308", "EP314", "EP319"]

  /// The code or name that a misspelt word most likely meant.
  static func nearest(_ word: String) -> String? {
    NearestName.of(word, among: all.map(\.name)) ?? NearestName.of(word.uppercased(), among: all.map(\.code))
  }
}
