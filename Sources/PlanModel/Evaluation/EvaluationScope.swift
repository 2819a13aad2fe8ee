/// What an expression can ask of the world in which it is evaluated.
///
/// An answer that is not known yet is thrown as `EvaluationError` of the kind `unknown`.
package protocol EvaluationScope {
  /// The value of a name; nil when there is none.
  func value(of reference: Reference) throws(EvaluationError) -> Value?

  /// Whether a file matches the glob, relative to the project root.
  func fileExists(matching glob: String) throws(EvaluationError) -> Bool

  /// One digest over paths and contents of all files that match, in lower-case hexadecimal.
  func hashFiles(_ globs: [String]) throws(EvaluationError) -> String

  /// Whether the secret has a value; the value itself is never looked at.
  func secretExists(_ name: String) throws(EvaluationError) -> Bool

  /// `failed()`: whether a step of the run has failed.
  func hasFailed() throws(EvaluationError) -> Bool

  /// `succeeded()`: whether no step of the run has failed.
  func hasSucceeded() throws(EvaluationError) -> Bool

  /// `skipped('ID')`: whether the step was skipped.
  func isSkipped(_ step: String) throws(EvaluationError) -> Bool
}
