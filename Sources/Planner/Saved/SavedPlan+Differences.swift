internal import Digest

extension SavedPlan {
  /// What is not as this saved plan says, the cause before what follows from it.
  ///
  /// - Parameter now: the same, computed afresh.
  package func differences(from now: SavedPlan) -> [SavedPlanDifference] {
    var found: [SavedPlanDifference] = []
    if plan.key != now.plan.key || plan.path != now.plan.path {
      found.append(.init(.plan, "plan", saved: name(of: plan), now: name(of: now.plan)))
    }
    compareParameters(now, &found)
    if profile != now.profile {
      found.append(.init(.profile, "profile", saved: profile ?? "none", now: now.profile ?? "none"))
    }
    if secrets != now.secrets {
      found.append(
        .init(
          .secret, "secrets", saved: secrets.isEmpty ? "none" : secrets.joined(separator: ", "),
          now: now.secrets.isEmpty ? "none" : now.secrets.joined(separator: ", ")))
    }
    comparePosition(now, &found)
    compareSteps(now, &found)
    // Steps may stand in another order.
    if plan.digest != now.plan.digest, !found.contains(where: { $0.kind == .definition }) {
      found.append(.init(.definition, "plan", saved: plan.digest.short, now: now.plan.digest.short))
    }
    return found
  }

  private func name(of plan: PlanName) -> String { plan.key == plan.path ? plan.key : "\(plan.key) (\(plan.path))" }

  private func compareParameters(_ now: SavedPlan, _ found: inout [SavedPlanDifference]) {
    let present = Dictionary(now.parameters.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for parameter in parameters {
      let other = present[parameter.name]
      if other?.digest == parameter.digest { continue }
      found.append(
        .init(
          .parameter, "parameter \"\(parameter.name)\"", saved: parameter.digest.short,
          now: other?.digest.short ?? "not declared"))
    }
    let known = Set(parameters.map(\.name))
    for parameter in now.parameters where !known.contains(parameter.name) {
      found.append(
        .init(.parameter, "parameter \"\(parameter.name)\"", saved: "not declared", now: parameter.digest.short))
    }
  }

  private func comparePosition(_ now: SavedPlan, _ found: inout [SavedPlanDifference]) {
    func text(_ number: Int64?) -> String { number.map { String($0) } ?? "none" }
    // A journal that is made since is one in which nothing of this plan stands yet.
    if let journal = position.journal, journal != now.position.journal {
      found.append(.init(.journal, "journal", saved: journal, now: now.position.journal ?? "none"))
    }
    if position.run != now.position.run {
      found.append(.init(.run, "last run", saved: text(position.run), now: text(now.position.run)))
    } else if position.checkpoint != now.position.checkpoint {
      found.append(
        .init(
          .checkpoint, "last checkpoint", saved: text(position.checkpoint), now: text(now.position.checkpoint)))
    }
    if position.state != now.position.state {
      found.append(.init(.state, "state", saved: position.state.short, now: now.position.state.short))
    }
  }

  private func compareSteps(_ now: SavedPlan, _ found: inout [SavedPlanDifference]) {
    let present = Dictionary(now.steps.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for step in steps {
      guard let other = present[step.id] else {
        found.append(.init(.definition, "\"\(step.id)\"", saved: "a step", now: "not in the plan"))
        continue
      }
      step.compare(other, &found)
    }
    let known = Set(steps.map(\.id))
    for step in now.steps where !known.contains(step.id) {
      found.append(.init(.definition, "\"\(step.id)\"", saved: "not in the plan", now: "a step"))
    }
  }
}

extension SavedPlan.Step {
  fileprivate func compare(_ now: SavedPlan.Step, _ found: inout [SavedPlanDifference]) {
    let subject = "\"\(id)\""
    if definition != now.definition || action != now.action {
      found.append(
        .init(
          .definition, subject, saved: "definition \(definition.short)", now: "definition \(now.definition.short)"))
    }
    // People may answer after it was saved.
    if action == "approve", [decision, now.decision].allSatisfy({ $0 == .wait || $0 == .skip }) { return }
    if decision != now.decision {
      found.append(.init(.decision, subject, saved: verdict, now: now.verdict))
    } else if reasons != now.reasons {
      found.append(.init(.reason, subject, saved: verdict, now: now.verdict))
    } else if files != now.files {
      found.append(
        .init(
          .files, subject, saved: "reads files \(files?.short ?? "none")",
          now: now.files.map { "other content, \($0.short)" } ?? "none"))
    }
  }

  /// `skip (up to date since run 3)`.
  package var verdict: String {
    let why = reasons.map(\.text).joined(separator: "; ")
    return why.isEmpty ? decision.word : "\(decision.word) (\(why))"
  }
}

extension Decision {
  /// How it is named to people.
  package var word: String { self == .inDoubt ? "in doubt" : rawValue }
}

extension SHA256Digest {
  /// Enough for people to tell two of them apart.
  fileprivate var short: String { String(hex.prefix(12)) }
}
