package import Diagnostics

/// The rules about expressions and about the texts that hold them.
package enum ExpressionRules {
  package static let all: [Rule] = [
    .expressionSyntax, .expressionName, .expressionArity, .unterminatedExpression, .expressionType,
    .expressionReference, .expressionNotAllowed, .expressionInShell, .expressionInSQL,
  ]
}
