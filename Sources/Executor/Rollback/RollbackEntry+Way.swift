internal import PlanModel
internal import Planner
internal import SourceText

extension RollbackEntry.Way {
  /// How a step is taken back.
  ///
  /// - Parameters:
  ///   - node: as it was executed; nil: that is not known any more.
  ///   - loss: why its files can't be made as they were; nil: they can, if there are any.
  static func of(
    _ node: PlannedNode?, _ standing: ExecutedSteps.Standing, changesFiles: Bool, loss: String?
  ) -> RollbackEntry.Way {
    guard let node else {
      return standing == .inDoubt
        ? .doubtful("its definition is not known any more")
        : .irreversible(
          "its definition can't be read any more")
    }
    let step = node.step
    if step.undoTerms.contains(.none) { return .nothing("the plan says so") }
    if let undo = step.undo {
      let mends = undo.isConvergent || step.undoTerms.contains(.partial)
      switch standing {
      case .succeeded: return .action
      case .waiting: return .nothing("it was not begun")
      case .failed: return mends ? .action : .nothing("it failed, and its undo does not say \"partial: true\"")
      case .inDoubt:
        return mends ? .action : .doubtful("its undo does not say \"partial: true\"")
      }
    }
    if step.takesBackFiles {
      guard changesFiles else { return .nothing(step.action.needlessUndo ?? "it changed nothing") }
      return loss.map { .irreversible($0) } ?? .restore
    }
    if case .uses(let uses) = step.action, uses.description?.undoes == true {
      switch standing {
      case .succeeded: return .external
      case .failed where step.action.isConvergent, .inDoubt where step.action.isConvergent: return .external
      case .failed: return .nothing("it failed, and its action does not say that it is convergent")
      case .inDoubt: return .doubtful("its action does not say that it is convergent")
      case .waiting: return .nothing("it was not begun")
      }
    }
    if let reason = step.action.needlessUndo { return .nothing(reason) }
    switch standing {
    case .inDoubt: return .doubtful("nothing says how it is taken back")
    case .waiting: return .nothing("it was not begun")
    case .failed: return .nothing("it failed, and nothing says how what it did is taken back")
    // It cleans up: what it did is meant to stay.
    case .succeeded where node.isFinally: return .nothing("it stands under \"finally\"")
    case .succeeded: return .irreversible("nothing says how it is taken back")
    }
  }
}

extension Step {
  /// Whether its files are made as they were when it is taken back, unless the plan says otherwise.
  var takesBackFiles: Bool {
    guard undo == nil, !undoTerms.contains(.none) else { return false }
    return switch action {
    case .file, .edit, .fetch: true
    // Only its prompt, which execplan wrote.
    case .agent(let agent): agent.program == nil
    case .run, .exec, .sql, .http, .wait, .check, .manual, .approve, .uses: false
    }
  }

  /// The step that takes this one back, as a step of the run.
  ///
  /// - Parameters:
  ///   - action: nil: it needs none of the plan.
  ///   - plan: that the step stands in.
  func undoing(_ action: Action?, in plan: Plan) -> Step {
    var undo = Step(
      id: Located(UndoName.of(id.value), id.range), action: action ?? .check(CheckAction(checks: [])),
      actionRange: actionRange)
    undo.title = title
    undo.shell = shell
    undo.timeout = timeout
    var details = StepDetails()
    details.takesBack = id.value
    details.cwd = cwd
    // The plan may have been edited between two steps.
    details.env = plan.environment(of: self) + env
    details.secrets = secrets
    details.retry = retry
    if case .member(let group, let item)? = self.details.part { details.part = .member(of: group, item: item) }
    if undoTerms.contains(.idempotent) || undoTerms.contains(.partial) { details.idempotent = true }
    undo.details = details
    return undo
  }
}
