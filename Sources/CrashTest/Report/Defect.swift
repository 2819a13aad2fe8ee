/// Why a step is not safe to resume or to repeat, and what to add.
package struct Defect: Hashable, Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    /// It adds to what is there.
    case append
    /// What a cut-off attempt left is still there at the end.
    case leftBehind = "left_behind"
    /// A file is half-written under its final name, and that is taken for done or left to a person.
    case halfWritten = "half_written"
    /// It writes what it does not declare.
    case undeclaredOutput = "undeclared_output"
    /// `creates` names what the step does not make, or makes before it is done.
    case wrongGuard = "wrong_guard"
    /// Two uninterrupted runs differ.
    case unstable
    /// A second run changes something.
    case notRepeatable = "not_repeatable"
    /// After a kill the result is another one.
    case differs
    /// After a kill the run does not come to its end.
    case fails
  }

  package var kind: Kind
  /// Empty: it can't be told.
  package var step: String
  /// nil: it shows without a kill.
  package var moment: KillMoment?
  package var path: String?
  /// What was seen.
  package var what: String
  package var why: String
  /// What to add.
  package var fix: String

  /// As people say it.
  package var title: String {
    switch kind {
    case .append: "appends without a guard"
    case .leftBehind: "leaves a temporary file"
    case .halfWritten: "does not write in one step"
    case .undeclaredOutput: "writes what it does not declare"
    case .wrongGuard: "has a wrong `creates`"
    case .unstable: "makes something else each time"
    case .notRepeatable: "is not repeatable"
    case .differs: "comes to another result after a kill"
    case .fails: "can't be resumed"
    }
  }
}
