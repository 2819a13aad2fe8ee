package import Diagnostics
package import SourceText

/// Holds rules against their own examples.
package enum RuleExamples {
  /// What is wrong with the rules of one family: a bad example that is not found, a good one in which a
  /// rule of the family finds something, a code or name that stands twice. Empty if all is well.
  ///
  /// `diagnose` gives the findings of a plan; findings of other families are not looked at.
  package static func problems(
    of rules: [Rule], path: String = "example.execplan.yaml", diagnose: (SourceFile) -> [Diagnostic]
  ) -> [String] {
    var problems: [String] = []
    let codes = Set(rules.map(\.code))
    if codes.count != rules.count { problems.append("a code stands twice") }
    if Set(rules.map(\.name)).count != rules.count { problems.append("a name stands twice") }
    for rule in rules {
      let found = diagnose(SourceFile(path: path, text: rule.bad)).map(\.rule.code)
      if !found.contains(rule.code) { problems.append("\(rule.code): the bad example gives \(found)") }
      let left = diagnose(SourceFile(path: path, text: rule.good)).filter { codes.contains($0.rule.code) }
      for diagnostic in left {
        problems.append("\(rule.code): the good example gives \(diagnostic.rule.code), \(diagnostic.message)")
      }
      if rule.summary.hasSuffix(".") || rule.summary.first?.isUppercase == true {
        problems.append("\(rule.code): the summary is not lower case without a full stop")
      }
    }
    return problems
  }
}
