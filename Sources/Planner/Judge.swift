internal import Digest
package import PlanModel

/// Decides about one step: whether it runs, is skipped, waits, is blocked, or is not known yet, and why.
///
/// The same judge serves the forecast of `plan` and the decision right before a launch; they differ only in
/// what is known of the needs, and in whether programs may be asked.
package struct Judge: Sendable {
  package enum ProgramAnswer: Sendable {
    /// The program was not asked.
    case notRun
    case holds
    case fails(String)
  }

  /// What an external action says about whether there is something to do.
  package enum ActionAnswer: Sendable {
    case notAsked
    /// What the step wants is there already; why, and the values that it has.
    case done(String?, [Value.Entry])
    case needed(String?)
    /// It does not look before it acts.
    case runsAlways
    /// It could not be asked.
    case failed(String)
  }

  /// The answers of the programs that may be asked about a step.
  package struct Answers: Sendable {
    package var unless: ProgramAnswer
    package var verify: ProgramAnswer
    package var action: ActionAnswer

    package init(
      unless: ProgramAnswer = .notRun, verify: ProgramAnswer = .notRun, action: ActionAnswer = .notAsked
    ) {
      self.unless = unless
      self.verify = verify
      self.action = action
    }
  }

  package struct Question: Sendable {
    /// The direct needs by id, gates and steps.
    package var needs: [(id: String, forecast: NeedForecast)]
    package var memory: StepMemory
    /// `--force`, `--rerun`: nothing is taken for done that could run.
    package var isForced: Bool
    /// `--fresh`: nothing is carried over from earlier runs; only probes skip.
    package var isFresh: Bool
    /// Writers of a path of this step that come before it and ran in this run: the path, and who.
    package var rewritten: (path: String, by: String)?
    /// The answer of `unless`, of `verify` where a guard needs it, and of an external action.
    package var answers: Answers
    /// Paths of this step that a later step has written since, and so are not compared.
    package var superseded: Set<String>
    /// What people have said, where they are asked.
    package var approval = ApprovalAnswer.open("")
    /// What is there already, and what is done about it.
    package var conflicts = ConflictTerms()

    package init(
      needs: [(id: String, forecast: NeedForecast)], memory: StepMemory, isForced: Bool = false,
      isFresh: Bool = false, rewritten: (path: String, by: String)? = nil, answers: Answers = Answers(),
      superseded: Set<String> = []
    ) {
      self.needs = needs
      self.memory = memory
      self.isForced = isForced
      self.isFresh = isFresh
      self.rewritten = rewritten
      self.answers = answers
      self.superseded = superseded
    }

    /// Whether no need has given another result than a success saw.
    package func standsUnchanged(_ success: Checkpoint) -> Bool {
      needs.allSatisfy { need in
        guard case .done(let checkpoint) = need.forecast else { return false }
        return success.needResults[need.id] == checkpoint.result
      }
    }
  }

  package let files: any FileProbe

  package init(files: any FileProbe) { self.files = files }

  /// It holds no plan: one that grows while it is executed would be copied for each judge.
  package func judge(_ question: Question, about node: PlannedNode, in scope: RunScope) -> Judgement {
    var look = Look(judge: self, node: node, question: question, scope: scope)
    return look.judgement()
  }
}
