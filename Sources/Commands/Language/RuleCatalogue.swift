package import Diagnostics
internal import PlanGraph
internal import PlanLoading
internal import YAML

/// Every rule that this program can report, by code.
package enum RuleCatalogue {
  package static let all: [Rule] = (YAMLRules.all + PlanRules.all + GraphRules.all + CommandRules.all)
    .sorted { $0.code < $1.code }

  /// The rule of a code, a name, or both as findings print them: `EP201`, `unknown-key`, `EP201-unknown-key`.
  package static func rule(_ word: String) -> Rule? {
    let word = word.lowercased()
    return all.first { rule in
      let code = rule.code.lowercased()
      return word == code || word == rule.name || word == "\(code)-\(rule.name)"
    }
  }

  /// The code or name that a misspelt word most likely meant.
  static func nearest(_ word: String) -> String? {
    NearestName.of(word, among: all.map(\.name)) ?? NearestName.of(word.uppercased(), among: all.map(\.code))
  }
}
