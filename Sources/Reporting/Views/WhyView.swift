package import PlanModel
package import Planner

/// The decision about one step with all that it rests on.
package struct WhyView: Sendable {
  package struct Reason: Hashable, Sendable {
    package var kind: String
    package var detail: String

    package init(kind: String, detail: String) {
      self.kind = kind
      self.detail = detail
    }
  }

  /// 64 hexadecimal digits each; nil: there is or was none, or it is not known yet.
  package struct Digests: Hashable, Sendable {
    package var old: String?
    package var new: String?

    package init(old: String? = nil, new: String? = nil) {
      self.old = old
      self.new = new
    }

    package var isChanged: Bool { old != new }
  }

  /// A field of the definition that is not what it was.
  package struct Field: Hashable, Sendable {
    package var name: String
    package var old: String?
    package var new: String?

    package init(name: String, old: String?, new: String?) {
      self.name = name
      self.old = old
      self.new = new
    }
  }

  /// A file or a value that the step reads or makes.
  package struct Read: Hashable, Sendable {
    package var name: String
    package var digests: Digests
    package var isMissing: Bool
    /// What it is now is not known before other steps have run.
    package var isUnknown: Bool

    package init(name: String, digests: Digests, isMissing: Bool = false, isUnknown: Bool = false) {
      self.name = name
      self.digests = digests
      self.isMissing = isMissing
      self.isUnknown = isUnknown
    }
  }

  package struct Need: Hashable, Sendable {
    package enum State: String, Hashable, Sendable, CaseIterable {
      /// It is done; its result is compared.
      case done
      case runs = "will_run"
      case unknown
      /// It waits, or is blocked itself.
      case held
      /// It is not part of what is looked at.
      case left = "left_out"
    }

    package var id: String
    package var state: State
    package var result: Digests

    package init(id: String, state: State, result: Digests) {
      self.id = id
      self.state = state
      self.result = result
    }
  }

  package struct Guard: Hashable, Sendable {
    package enum Answer: String, Hashable, Sendable, CaseIterable {
      case holds, fails
      case notAsked = "not_asked"
      case unknown
    }

    package var name: String
    package var answer: Answer
    package var detail: String

    package init(name: String, answer: Answer, detail: String) {
      self.name = name
      self.answer = answer
      self.detail = detail
    }
  }

  /// With the last success of the step.
  package struct Comparison: Sendable {
    /// The run in which it was.
    package var run: Int64
    package var definition = Digests()
    package var upstream = Digests()
    package var inputs = Digests()
    package var outputs = Digests()
    /// Only what differs.
    package var fields: [Field] = []
    /// All values that it reads.
    package var values: [Read] = []
    /// Only what differs.
    package var inputFiles: [Read] = []
    package var outputFiles: [Read] = []
    /// All needs.
    package var needs: [Need] = []

    package init(run: Int64) { self.run = run }
  }

  package var id: String
  package var decision: Decision
  package var reasons: [Reason]
  package var idempotence: IdempotenceClass
  package var needs: [String]
  /// Nil: it never succeeded.
  package var comparison: Comparison?
  package var guards: [Guard] = []

  package init(
    id: String, decision: Decision, reasons: [Reason], idempotence: IdempotenceClass, needs: [String]
  ) {
    self.id = id
    self.decision = decision
    self.reasons = reasons
    self.idempotence = idempotence
    self.needs = needs
  }
}
