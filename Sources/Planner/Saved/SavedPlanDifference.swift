/// One thing that is not as a saved plan says.
package struct SavedPlanDifference: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Another plan, or the plan under another name.
    case plan
    case definition, parameter, profile, secret
    case journal, run, checkpoint, state
    case decision, reason, files
  }

  package var kind: Kind
  /// The step, the parameter, or what else it is about.
  package var subject: String
  package var saved: String
  package var now: String

  package init(_ kind: Kind, _ subject: String, saved: String, now: String) {
    self.kind = kind
    self.subject = subject
    self.saved = saved
    self.now = now
  }

  /// As rows of one table: subject, what was saved, what is.
  package static func rows(_ differences: [SavedPlanDifference], limit: Int = 20) -> [String] {
    var rows = [("", "saved", "now")]
    rows += differences.prefix(limit).map { ($0.subject, $0.saved, $0.now) }
    let first = rows.map { $0.0.unicodeScalars.count }.max() ?? 0
    let second = rows.map { $0.1.unicodeScalars.count }.max() ?? 0
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.unicodeScalars.count))
    }
    var lines = rows.map { "\(padded($0.0, first))  \(padded($0.1, second))  \($0.2)" }
    if differences.count > limit { lines.append("and \(differences.count - limit) more") }
    return lines
  }
}
