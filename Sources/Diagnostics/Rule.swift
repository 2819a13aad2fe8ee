/// One thing that can be wrong with a plan: its stable code, its name, and the page about it.
///
/// Families: EP1xx syntax · EP2xx schema and types · EP3xx graph · EP4xx idempotence and safety ·
/// EP5xx expressions · EP6xx ExecPlan standard · EP7xx living sections · EP8xx hints.
/// Codes are never renumbered or reused.
package struct Rule: Sendable {
  /// `EP201`.
  package let code: String
  /// `unknown-key`.
  package let name: String
  /// The severity that a finding has by default.
  package let severity: Severity
  /// One line, lower case, no full stop.
  package let summary: String
  /// Why it matters and what to do, a few plain sentences.
  package let explanation: String
  /// A whole plan that shows the problem.
  package let bad: String
  /// The same plan, repaired.
  package let good: String

  package init(
    _ code: String, _ name: String, _ severity: Severity = .error, summary: String, explanation: String,
    bad: String, good: String
  ) {
    self.code = code
    self.name = name
    self.severity = severity
    self.summary = summary
    self.explanation = explanation
    self.bad = bad
    self.good = good
  }

  /// Whether a person means this rule by a word: its code, its name, or both as findings print them; `EP201`,
  /// `unknown-key`, `EP201-unknown-key`, in any case.
  package func isCalled(_ word: String) -> Bool {
    let word = word.lowercased()
    let code = code.lowercased()
    return word == code || word == name || word == "\(code)-\(name)"
  }
}
