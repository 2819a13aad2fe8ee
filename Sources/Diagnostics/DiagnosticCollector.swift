package import SourceText

/// Collects the findings of one file while it is read, so that all of them come in one go.
package struct DiagnosticCollector: Sendable {
  package private(set) var diagnostics: [Diagnostic] = []

  package init() {}

  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  package mutating func report(_ diagnostic: Diagnostic) {
    diagnostics.append(diagnostic)
  }

  package mutating func report(
    _ rule: Rule, _ range: SourceRange, _ message: String, severity: Severity? = nil, notes: [String] = [],
    related: [Diagnostic.Related] = [], fix: FixIt? = nil
  ) {
    diagnostics.append(
      Diagnostic(rule, range, message, severity: severity, notes: notes, related: related, fix: fix))
  }

  mutating func remove(where isUnwanted: (Diagnostic) -> Bool) { diagnostics.removeAll(where: isUnwanted) }

  package mutating func append(contentsOf other: some Sequence<Diagnostic>) {
    diagnostics.append(contentsOf: other)
  }

  /// The findings in the order of their places; those of one place in the order of their codes.
  package func sorted() -> [Diagnostic] {
    diagnostics.enumerated().sorted { a, b in
      (a.element.range, a.element.rule.code, a.offset) < (b.element.range, b.element.rule.code, b.offset)
    }.map(\.element)
  }
}
