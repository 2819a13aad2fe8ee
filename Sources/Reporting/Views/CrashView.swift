/// What a crash test of a plan has found.
package struct CrashView: Sendable {
  /// What came of a step that was killed at a moment, or applied once more.
  package enum Cell: String, Sendable {
    case untested, same, asks, differs, fails

    var role: Style.Role? {
      switch self {
      case .untested: .skipped
      case .same: .success
      case .asks: .warning
      case .differs, .fails: .error
      }
    }
  }

  package struct Step: Sendable {
    package var id: String
    package var action: String
    package var idempotence: String
    /// Before, during, after, again.
    package var cells: [Cell] = [.untested, .untested, .untested, .untested]
    /// Why it was not tested.
    package var reason: String?

    package init(id: String, action: String, idempotence: String) {
      self.id = id
      self.action = action
      self.idempotence = idempotence
    }
  }

  package struct Defect: Sendable {
    package var kind: String
    package var title: String
    /// Empty: nobody knows.
    package var step: String
    package var moment: String?
    package var path: String?
    package var what: String
    package var why: String
    package var fix: String

    package init(
      kind: String, title: String, step: String, moment: String?, path: String?, what: String, why: String, fix: String
    ) {
      self.kind = kind
      self.title = title
      self.step = step
      self.moment = moment
      self.path = path
      self.what = what
      self.why = why
      self.fix = fix
    }
  }

  package struct Note: Sendable {
    package var step: String?
    package var text: String

    package init(step: String?, text: String) {
      self.step = step
      self.text = text
    }
  }

  /// The path of the plan.
  package var plan: String
  /// Why nothing could be tested.
  package var failure: String?
  package var steps: [Step] = []
  package var defects: [Defect] = []
  package var notes: [Note] = []
  /// At how many moments execplan was killed.
  package var moments = 0
  package var kills = 0
  package var runs = 0
  package var files = 0
  package var bytes: Int64 = 0
  package var durationMilliseconds: Int64 = 0
  /// Paths that were not copied, for git ignores them.
  package var leftOut: [String] = []
  /// Where the copies are, if they stay.
  package var kept: String?
  package var nextCommand: String?

  package init(plan: String) { self.plan = plan }

  package var isSafe: Bool { failure == nil && defects.isEmpty }

  static let momentNames = ["before", "during", "after", "again"]

  /// Defects of a step that show at a moment; nil is a second apply or no kill at all.
  func defects(of step: String, at moment: String?) -> [Defect] {
    defects.filter { $0.step == step && $0.moment == moment }
  }
}
