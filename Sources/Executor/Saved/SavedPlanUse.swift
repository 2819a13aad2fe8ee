package import Journal
internal import PlanModel
package import Planner
internal import SourceText
internal import Subprocess

/// A saved plan that is to be applied: whether everything is still as it says (S21).
package struct SavedPlanUse: Sendable {
  package let plan: SavedPlan
  /// The file as the person named it, quoted for a shell if it must be.
  package let file: String
  package internal(set) var planned: PlannedPlan
  package let site: ExecutionSite
  /// With the choices of the saved plan.
  package internal(set) var options: ExecutionOptions
  package let command: CommandWords

  package init(
    plan: SavedPlan, file: String, planned: PlannedPlan, site: ExecutionSite, options: ExecutionOptions,
    command: CommandWords
  ) {
    self.plan = plan
    self.file = file
    self.planned = planned
    self.site = site
    self.options = options.naming(stepsOf: planned)
    self.command = command
  }

  /// What the journal has to say about it.
  package struct Record: Sendable {
    package var position: SavedPlan.Position
    /// As `plan` reads it: no server is asked.
    package var opening: Opening
  }

  package func record(_ journal: any JournalReading) throws(JournalError) -> Record {
    Record(
      position: try SavedPlan.Position(journal, plan: planned.plan.key),
      opening: try Opening.read(journal, planned: planned, site: site, options: options, command: command))
  }

  /// Why it was used up; nil if it was not.
  package func secondUse(_ journal: any JournalReading) throws(JournalError) -> Refusal? {
    guard let applied = try journal.appliedPlan(plan.id) else { return nil }
    var next = [again]
    if try journal.unfinishedRun(plan: planned.plan.key)?.id == applied.run { next.insert(command.resume(), at: 0) }
    return Refusal(
      .refused, "\(file) was applied before: run \(applied.run) came of it, at \(Timestamp.rfc3339(applied.at))",
      details: ["a saved plan is applied once"], nextCommands: next)
  }

  /// What is not as it says; the change set is computed afresh.
  ///
  /// - Parameter runsPrograms: whether those may be asked that were asked when it was saved.
  /// - Throws: what its choices name wrongly by now.
  private func differences(_ record: Record, runsPrograms: Bool) throws(Refusal) -> [SavedPlanDifference] {
    let forecast = try ChangeForecast.make(
      planned, opening: record.opening, options: options, site: site, command: command,
      runsPrograms: plan.choices.probes && runsPrograms)
    let now = SavedPlan(
      id: plan.id, savedAt: plan.savedAt, user: plan.user, host: plan.host, planned: planned,
      changeSet: forecast.changeSet.masked(by: site.secrets), choices: plan.choices,
      given: plan.parameters.compactMap { parameter in parameter.given.map { .init(parameter.name, $0) } },
      position: record.position, files: site.files)
    let all = plan.differences(from: now)
    // Without their programs steps would be decided differently.
    return plan.choices.probes && !runsPrograms ? all.filter { ![.decision, .reason].contains($0.kind) } : all
  }

  /// Why it can't be applied any more; nil if it can.
  ///
  /// - Parameter runsPrograms: without them decisions are not compared that programs had a part in.
  package func refusal(_ record: Record, runsPrograms: Bool = true) -> Refusal? {
    do throws(Refusal) {
      let differences = try differences(record, runsPrograms: runsPrograms)
      if differences.isEmpty { return nil }
      return refusal(of: differences)
    } catch {
      return Refusal(
        .refused, "\(file) does not fit the plan any more: \(error.message)", details: error.details,
        nextCommands: [again])
    }
  }

  private func refusal(of differences: [SavedPlanDifference]) -> Refusal {
    Refusal(
      .refused, "\(file) no longer says what would be done: \(SavedPlanUse.summary(differences))",
      details: SavedPlanDifference.rows(differences), nextCommands: [again])
  }

  /// The first cause in words.
  private static func summary(_ differences: [SavedPlanDifference]) -> String {
    switch differences.first?.kind {
    case .plan: "it is about another plan"
    case .definition: "the plan was edited"
    case .parameter, .profile: "the parameters have other values"
    case .secret: "the plan names other secrets"
    case .journal: "it was made with another journal"
    case .run: "the plan has been run since"
    case .checkpoint: "steps have been recorded since"
    case .state: "the plan's state has changed since"
    case .decision: "other steps would run"
    case .reason: "steps would run or be skipped for other reasons"
    case .files: "files that steps read have changed since"
    case nil: ""
    }
  }

  /// The command that saves it anew.
  private var again: String {
    let words = ["plan", command.plan, command.parameters, plan.choices.words, "--out", file]
    return words.filter { !$0.isEmpty }.joined(separator: " ")
  }
}

extension ChangeSet {
  /// What it says for people may quote a secret.
  package func masked(by secrets: SecretStore) -> ChangeSet {
    guard secrets.masker.masksAnything else { return self }
    var masked = self
    for entry in masked.entries.indices {
      for reason in masked.entries[entry].decision.reasons.indices {
        masked.entries[entry].decision.reasons[reason].detail = secrets.masked(
          masked.entries[entry].decision.reasons[reason].detail)
      }
    }
    return masked
  }
}
