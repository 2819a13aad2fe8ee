/// What a crash test of a plan has found.
package struct CrashReport: Sendable {
  /// What comes of a step that is killed at a moment, or applied once more.
  package enum Verdict: String, Sendable, CaseIterable, Comparable {
    case untested
    /// As if nothing had happened.
    case same
    /// A person is asked what the cut-off attempt did.
    case asks
    case differs
    /// The resumed run does not come to its end.
    case fails

    package static func < (a: Verdict, b: Verdict) -> Bool {
      (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
    }
  }

  package struct Step: Sendable {
    package var id: String
    package var action: String
    package var idempotence: String
    package var before = Verdict.untested
    package var during = Verdict.untested
    package var after = Verdict.untested
    package var again = Verdict.untested
    /// Why it was not tested; nil: it was.
    package var reason: String?

    package subscript(moment: KillMoment) -> Verdict {
      get {
        switch moment {
        case .before: before
        case .during: during
        case .after: after
        }
      }
      set {
        switch moment {
        case .before: before = max(before, newValue)
        case .during: during = max(during, newValue)
        case .after: after = max(after, newValue)
        }
      }
    }
  }

  package var steps: [Step] = []
  package var defects: [Defect] = []
  package var notes: [Note] = []
  /// Why nothing could be tested: the uninterrupted run does not succeed.
  package var failure: String?
  /// At how many moments execplan was killed.
  package var moments = 0
  /// How often that was, and how many runs it took: more where something differs, for it is searched for.
  package var kills = 0
  package var runs = 0
  package var files = 0
  package var bytes: Int64 = 0
  /// Where the copies are, if they stay.
  package var kept: String?

  package struct Note: Hashable, Sendable {
    package var step: String?
    package var text: String
  }

  package var isSafe: Bool { failure == nil && defects.isEmpty }
}
