package import PlanModel

/// Gives the values of secrets to the expressions that may read them.
package protocol SecretSource: AnyObject, Sendable {
  /// The value; nil when an optional secret has none.
  ///
  /// - Throws: when it can't be got, or when this is not the time to look at it.
  func value(of name: String) throws(EvaluationError) -> String?

  /// Whether the secret has a value.
  ///
  /// - Throws: when only a program could tell, and this is not the time to run it.
  func isThere(_ name: String) throws(EvaluationError) -> Bool
}
