internal import Digest
internal import Journal
internal import PlanGraph
internal import PlanModel
internal import Planner
internal import SourceText

/// What a restart of the machine may have taken: the record is on the disk, a program's effect only if the program saw
/// to it.
extension OpeningReader {
  /// How long before the last record an effect may not have reached the disk yet, in milliseconds. Linux writes what is
  /// dirty after 30 s (vm.dirty_expire_centisecs), looking every 5 s.
  private static let unsyncedSpan: Int64 = 60_000

  /// Looks again, under another boot, at what the run has done: at declared outputs, and at the tokens of `exactly_once`
  /// steps. What ended shortly before the restart and shows nothing is left to its `verify`, or to a person.
  mutating func lostEffects(_ run: Run) throws(JournalError) -> Refusal? {
    let suspects = opening.position.checkpoints.values.filter {
      $0.bootID != site.world.machine.bootID && ($0.attempt != nil || !$0.outputFiles.isEmpty)
    }
    guard !suspects.isEmpty else { return nil }
    let uuid = try journal.uuid() ?? ""
    let last = lastRecords
    var unverifiable: [String] = []
    var lost: [Int: Reason] = [:]
    for checkpoint in suspects.sorted(by: { $0.step < $1.step }) {
      guard let index = planned.graph.index(of: checkpoint.step) else { continue }
      let id = checkpoint.step
      if let loss = loss(of: checkpoint, index, uuid) {
        lost[index] = Reason(.outputLost, loss)
        opening.notes.append("\"\(id)\" runs again: \(loss) was lost or altered in the restart")
        continue
      }
      guard checkpoint.attempt != nil, !isSeen(checkpoint, planned.nodes[index].step),
        last[id, default: 0] - checkpoint.endedAt < OpeningReader.unsyncedSpan,
        !options.trustEffects, !runsAgain(id)
      else { continue }
      if planned.nodes[index].step.verify.isEmpty {
        unverifiable.append(id)
      } else {
        opening.position.unverified.insert(id)
      }
    }
    opening.position.drop(lost, in: planned)
    guard !unverifiable.isEmpty else { return nil }
    return Refusal(
      .refused, "the machine was restarted, and whether these effects survived cannot be seen",
      details: unverifiable.map {
        "\"\($0)\" ended less than a minute before the last record, and declares neither outputs nor verify"
      },
      nextCommands: [command.resume("--trust-effects")]
        + unverifiable.map { command.resume("--rerun \(CommandWords.word($0))") })
  }

  /// By step with a checkpoint, when the run was last heard of after it in the same boot.
  ///
  /// What was recorded after the restart says nothing about what was written before it. What began before the step
  /// does not count either: its times may be of before the wall clock was set back.
  private var lastRecords: [String: Int64] {
    var records = opening.attempts.values.joined().map { (id: $0.id, boot: $0.bootID, at: $0.claimedAt, step: "") }
    for checkpoint in opening.position.checkpoints.values {
      guard let attempt = checkpoint.attempt else { continue }
      records.append((attempt, checkpoint.bootID, checkpoint.endedAt, checkpoint.step))
    }
    var latest: [String: Int64] = [:]
    var last: [String: Int64] = [:]
    // A step's end comes before its claim here, for that is no time after it.
    for record in records.sorted(by: { ($0.id, $1.step.isEmpty ? 1 : 0) > ($1.id, $0.step.isEmpty ? 1 : 0) }) {
      let at = max(latest[record.boot] ?? record.at, record.at)
      latest[record.boot] = at
      if !record.step.isEmpty { last[record.step] = at }
    }
    return last
  }

  /// What is gone of a step's effect, as far as it can be seen; nil: nothing.
  private func loss(of checkpoint: Checkpoint, _ index: Int, _ uuid: String) -> String? {
    let node = planned.nodes[index]
    if let database = tokenDatabase(of: checkpoint, node.step), let place = place(of: database, node) {
      let token = IdempotencyKey.of(
        journal: uuid, run: checkpoint.run, step: node.id, generation: checkpoint.generation,
        definition: checkpoint.fingerprint.definition)
      if let isThere = try? site.world.hasToken(token, in: place), !isThere {
        return "its transaction in \(database.path.map { "\"\($0.text)\"" } ?? "PostgreSQL")"
      }
    }
    guard !checkpoint.outputFiles.isEmpty else { return nil }
    let superseded = Set(
      checkpoint.outputFiles.map(\.path).filter { path in
        planned.writers.later(than: index, writing: path).contains {
          opening.position.checkpoints[planned.nodes[$0].id] != nil
        }
      })
    let now = (try? FileDigests.of(node.step.recordedOutputs, site.files)) ?? []
    return FileDigests.firstDifference(from: checkpoint.outputFiles, to: now, except: superseded).map {
      "\"\($0.path)\""
    }
  }

  /// Whether what was just looked at shows that the effect is there.
  private func isSeen(_ checkpoint: Checkpoint, _ step: Step) -> Bool {
    if step.action.onlyLooks { return true }
    return !checkpoint.outputFiles.isEmpty || tokenDatabase(of: checkpoint, step) != nil
  }

  /// Where the token of a step must be: an attested success has none.
  private func tokenDatabase(of checkpoint: Checkpoint, _ step: Step) -> Database? {
    guard case .sql(let sql) = step.action, sql.exactlyOnce, checkpoint.outcome == .succeeded else { return nil }
    return sql.database
  }

  /// Where a database is looked into; nil: it can't be told, as of a server that nobody may call now.
  private func place(of database: Database, _ node: PlannedNode) -> TokenDatabase? {
    switch database {
    case .sqlite(let path): return .sqlite(path: site.absolute(path.text))
    case .postgres(let connection):
      guard callsServers else { return nil }
      var scope = RunScope(
        statics: planned.statics, state: opening.state, files: site.files, secrets: site.secrets)
      scope.item = node.step.item
      let context = StepContext(
        site: site, node: node, planEnvironment: planned.plan.environment(of: node.step), scope: scope, identity: [],
        idempotencyKey: "",
        cancellation: Cancellation())
      return (try? PostgresSession(connection, context: context)).map(TokenDatabase.postgres)
    }
  }

  // MARK: --fresh

  /// Tells of transactions in doubt of the run that is given up whether they took effect.
  mutating func reportTokens(_ run: Run) throws(JournalError) {
    for (id, attempt) in opening.doubtful.sorted(by: { $0.key < $1.key }) {
      guard let index = recorded.graph.index(of: id), case .sql(let sql) = recorded.nodes[index].step.action,
        sql.exactlyOnce
      else { continue }
      let token = IdempotencyKey.of(
        journal: try journal.uuid() ?? "", run: run.id, step: id, generation: attempt.generation,
        definition: attempt.fingerprint.definition)
      guard let place = place(of: sql.database, recorded.nodes[index]),
        let isThere = try? site.world.hasToken(token, in: place)
      else { continue }
      opening.notes.append(
        "\"\(id)\" was cut off in run \(run.id): its transaction \(isThere ? "was" : "was not") committed")
    }
  }
}
