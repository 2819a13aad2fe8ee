package import SourceText

/// One finding about one place of one file.
package struct Diagnostic: Sendable {
  /// Another place that belongs to the finding.
  package struct Related: Hashable, Sendable {
    package var message: String
    package var range: SourceRange

    package init(_ message: String, _ range: SourceRange) {
      self.message = message
      self.range = range
    }
  }

  package var rule: Rule
  package var severity: Severity
  /// Lower case, no full stop, the author's text in quotes.
  package var message: String
  package var range: SourceRange
  /// What to do about it, one sentence each.
  package var notes: [String]
  package var related: [Related]
  package var fix: FixIt?

  package init(
    _ rule: Rule, _ range: SourceRange, _ message: String, severity: Severity? = nil, notes: [String] = [],
    related: [Related] = [], fix: FixIt? = nil
  ) {
    self.rule = rule
    self.severity = severity ?? rule.severity
    self.message = message
    self.range = range
    self.notes = notes
    self.related = related
    self.fix = fix
  }
}
