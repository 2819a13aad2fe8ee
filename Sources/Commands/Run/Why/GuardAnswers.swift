internal import Executor
internal import PlanModel
internal import Planner
internal import Reporting
internal import SourceText

/// What each guard of a step says now: `when`, `creates`, `unless`, `verify`, and an external action.
struct GuardAnswers {
  let runnable: RunnablePlan
  let node: Int
  let circumstances: StepCircumstances
  /// `--probe`.
  let runsPrograms: Bool

  private var step: Step { runnable.planned.nodes[node].step }

  func all() -> [WhyView.Guard] {
    var guards: [WhyView.Guard] = []
    if let when = step.when { guards.append(condition(when)) }
    for pattern in step.creates { guards.append(creates(pattern)) }
    var probed = step.unless != nil || !step.verify.isEmpty
    if case .uses = step.action { probed = true }
    guard probed else { return guards }
    let answers = GuardProbe(
      site: runnable.site, planned: runnable.planned, runsPrograms: runsPrograms
    ).answers(node, circumstances.scope)
    if step.unless != nil { guards.append(answer("unless", answers.unless)) }
    if !step.verify.isEmpty { guards.append(answer("verify", answers.verify)) }
    if case .uses(let uses) = step.action, step.unless == nil, step.creates.isEmpty {
      guards.append(answer(uses.name.value, answers.action))
    }
    return guards
  }

  private func condition(_ when: Expression) -> WhyView.Guard {
    do throws(EvaluationError) {
      let holds = try when.evaluateCondition(in: circumstances.scope)
      return .init(name: "when", answer: holds ? .holds : .fails, detail: holds ? "true" : "false: the step is skipped")
    } catch {
      return .init(name: "when", answer: .unknown, detail: error.message)
    }
  }

  private func creates(_ pattern: PathPattern) -> WhyView.Guard {
    let name = "creates \"\(pattern.text)\""
    do throws(FileProbeError) {
      let isThere = try !runnable.site.files.matches([pattern]).isEmpty
      return .init(name: name, answer: isThere ? .holds : .fails, detail: isThere ? "it is there" : "it is not there")
    } catch {
      return .init(name: name, answer: .unknown, detail: error.description)
    }
  }

  private func answer(_ name: String, _ answer: Judge.ProgramAnswer) -> WhyView.Guard {
    switch answer {
    case .notRun: notAsked(name)
    case .holds: .init(name: name, answer: .holds, detail: "it holds")
    case .fails(let why): .init(name: name, answer: .fails, detail: why)
    }
  }

  private func answer(_ name: String, _ answer: Judge.ActionAnswer) -> WhyView.Guard {
    switch answer {
    case .notAsked: notAsked(name)
    case .done(let why, _): .init(name: name, answer: .holds, detail: why ?? "there is nothing to do")
    case .needed(let why): .init(name: name, answer: .fails, detail: why ?? "there is something to do")
    case .runsAlways: .init(name: name, answer: .fails, detail: "it does not look before it acts")
    case .failed(let why): .init(name: name, answer: .unknown, detail: why)
    }
  }

  /// A guard that names a secret is asked only by a run.
  private func notAsked(_ name: String) -> WhyView.Guard {
    .init(
      name: name, answer: .notAsked,
      detail: runsPrograms ? "not asked: it uses a secret" : "not asked: it is a program, and --probe asks it")
  }
}
