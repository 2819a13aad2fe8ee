/// Something that is waited for.
package struct WaitAction: Hashable, Sendable {
  package enum Condition: Hashable, Sendable {
    /// All of these hold.
    case checks([Check])
    /// A server takes connections.
    case port(Int, host: Template)
    /// This much time has passed since the step was begun.
    case duration(Duration)
  }

  package var condition: Condition
  /// Between two looks.
  package var interval: Duration

  /// What `interval` is when nothing is said.
  package static let usualInterval = Duration.seconds(1)

  package init(_ condition: Condition, interval: Duration = WaitAction.usualInterval) {
    self.condition = condition
    self.interval = interval
  }

  var expressions: [Expression] {
    switch condition {
    case .checks(let checks): checks.flatMap(\.expressions)
    case .port(_, let host): host.expressions
    case .duration: []
    }
  }
}
