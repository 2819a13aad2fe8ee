internal import PlanModel

/// Finds what keeps steps from running: a step that failed, waits, or is in doubt, before them.
enum Blocking {
  /// - Parameters:
  ///   - dependents: by place, the places that wait for it.
  ///   - holds: whether a place keeps those that wait for it from running.
  ///   - isOpen: whether a place could be held.
  /// - Returns: by place, the first place that holds it, directly or through others.
  static func holders(
    dependents: [[Int]], holds: (Int) -> Bool, isOpen: (Int) -> Bool
  ) -> [Int?] {
    var holders = [Int?](repeating: nil, count: dependents.count)
    for holder in dependents.indices where holds(holder) {
      var reached = dependents[holder]
      while let place = reached.popLast() {
        guard holders[place] == nil, isOpen(place) else { continue }
        holders[place] = holder
        reached.append(contentsOf: dependents[place])
      }
    }
    return holders
  }
}

extension StepState {
  /// Whether steps that need one in this state can't run; a failure that the plan allows holds nobody.
  var holdsDependents: Bool {
    switch self {
    case .failed, .inDoubt, .waiting, .cancelled: true
    case .pending, .running, .succeeded, .skipped, .blocked, .rolledBack: false
    }
  }
}
