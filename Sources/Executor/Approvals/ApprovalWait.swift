/// Whether `apply` waits where people are asked (`--wait-approval`).
package enum ApprovalWait: Hashable, Sendable {
  /// It ends there, and goes on when it is called again.
  case none
  case forever
  /// From the beginning of the leg.
  case upTo(Duration)
}
