/// When execplan is killed.
package enum KillMoment: String, Sendable, CaseIterable {
  /// The step is claimed, and nothing of it was started.
  case before
  /// Its program or action is at work.
  case during
  /// It has ended, and execplan has not recorded that.
  case after
}

/// A moment, to the instant.
enum KillPoint: Hashable, Sendable {
  case claimed
  /// When it has changed something in the project for the first time.
  case firstChange
  /// When a part of the time is over that it took when nothing interrupted it, in percent.
  case percent(Int)
  case ended

  /// In the order of the test.
  static let all: [KillPoint] = [.claimed, .firstChange, .percent(50), .percent(90), .ended]

  var moment: KillMoment {
    switch self {
    case .claimed: .before
    case .firstChange, .percent: .during
    case .ended: .after
    }
  }
}
