/// What people have said to a question of the plan by now.
package enum ApprovalAnswer: Hashable, Sendable {
  /// Enough of them agree; who.
  case approved(String)
  /// Somebody says no; who, and why.
  case rejected(String)
  /// Not enough have said anything that counts; what is there.
  case open(String)
}
