package import SourceText

/// Why an expression has no value.
package struct EvaluationError: Error, Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// Its operands do not fit: a text where a number is due.
    case failed
    /// It reads a value that is not there; the reference, or nil for a part of a computed value.
    case absent(Reference?)
    /// Its value is known only after the step has run.
    case unknown(step: String)
    /// Its value is a secret that is looked at only when the step is about to run.
    case withheld(secret: String)
  }

  package var kind: Kind
  /// Lower case, no full stop, the value in quotes.
  package var message: String
  /// The part of the plan that has no value.
  package var range: SourceRange

  package init(_ message: String, _ range: SourceRange = .fileStart) {
    self.init(.failed, message, range)
  }

  package init(_ kind: Kind, _ message: String, _ range: SourceRange = .fileStart) {
    self.kind = kind
    self.message = message
    self.range = range
  }

  package static func absent(_ reference: Reference, _ range: SourceRange) -> EvaluationError {
    EvaluationError(.absent(reference), "\"\(reference.text)\" has no value", range)
  }

  package static func withheld(_ name: String) -> EvaluationError {
    EvaluationError(.withheld(secret: name), "\"secrets.\(name)\" is looked at only when the step is about to run")
  }

  package var isAbsence: Bool {
    if case .absent = kind { true } else { false }
  }
}
