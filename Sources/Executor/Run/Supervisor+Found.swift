internal import Digest
internal import Journal
internal import PlanGraph
internal import PlanModel
internal import Planner
internal import SourceText

/// Steps that find their items while the plan is executed.
extension Supervisor {
  func expansion(of node: Int) -> ExpansionJob {
    let planNode = planned.nodes[node]
    let needs = planned.comparedNeeds(of: node).map { need in
      (id: planned.nodes[need].id, forecast: outcome(of: need).map(NeedForecast.done) ?? .absent)
    }
    let stale = records[node].isForced || !planned.expanded.contains(node) ? nil : records[node].stale
    return ExpansionJob(
      look: ExpansionLook(node: planNode, needs: needs, scope: scope(of: node)), stale: stale,
      pools: planned.plan.pools, site: site)
  }

  /// Why what was found can't be put into the plan; nil for other steps.
  func problem(withFound prepared: PreparationJob.Prepared, by node: Int) -> String? {
    guard prepared.items != nil else { return nil }
    let total = planned.nodes.count - planned.graph.found(by: node).count + prepared.steps.count
    if total > Plan.stepLimit {
      return "the plan has more than \(Plan.stepLimit) steps with these items"
    }
    return planned.problem(withPathsOf: prepared.steps, by: node)
  }

  /// Puts what was found into the plan, and says what is to be recorded of it.
  ///
  /// The record of the items stands before the claim of the first of them, in the same or an earlier commit.
  func settleFound(_ node: Int, _ prepared: PreparationJob.Prepared) {
    guard let group = planned.group(of: node) else { return }
    if prepared.keepsStale, let stale = records[node].stale {
      records[node].checkpoint = stale
      records[node].stale = nil
      records[node].state = .succeeded
      records[node].reason = stale.reason
      return
    }
    let known = Set(strays[planned.nodes[group].id] ?? [])
    let found = planned.find(prepared.steps, by: node, for: group)
    let template = planned.nodes[node].id
    for index in found.added {
      var record = recordOfFound(planned.nodes[index], template)
      record.isExcluded = records[group].isExcluded
      records.append(record)
    }
    var gone = known.subtracting(prepared.steps.map(\.id.value))
    for index in found.gone {
      if records[index].checkpoint != nil || records[index].stale != nil { gone.insert(planned.nodes[index].id) }
      records[index].stale = nil
      records[index].isExcluded = true
      records[index].isGone = true
    }
    records[node].found = found.added.map { planned.nodes[$0].id }
    records[node].gone = gone.sorted()
    scheduler.handle(
      .expanded(
        node,
        .init(
          group: group,
          added: found.added.map {
            ScheduleNode(planned.nodes[$0], isFinally: planned.graph.nodes[$0].isFinally, pools: poolIndices)
          },
          areExcluded: records[group].isExcluded, gone: found.gone)))
    phases.add(found.added, of: planned)
    record(prepared, node)
    tellGone(node)
  }

  private func record(_ prepared: PreparationJob.Prepared, _ node: Int) {
    guard let items = prepared.items else {
      let outcome =
        prepared.judgement.decision.reasons.first?.kind == .noValue ? Checkpoint.Outcome.noValue : .conditionFalse
      settle(
        node, outcome: outcome, reason: prepared.judgement.decision.reasons.first?.text ?? "",
        result: ResultDigest.skipped)
      return
    }
    let value = ForeachItem.record(of: items)
    let reason = items.count == 1 ? "1 item" : "\(items.count) items"
    records[node].checkpoint = Checkpoint(
      step: planned.nodes[node].id, run: run.id, outcome: .succeeded,
      fingerprint: Fingerprint(definition: planned.nodes[node].digest), values: [value],
      result: SHA256.digest(of: JSONWriter.compact(value.value)), needResults: needResults(node), reason: reason,
      endedAt: wallNow, bootID: leg.bootID, generation: records[node].generation)
    records[node].state = .succeeded
    records[node].reason = reason
    records[node].stale = nil
  }

  private func tellGone(_ node: Int) {
    let gone = records[node].gone
    guard let first = gone.first, let group = planned.group(of: node) else { return }
    let names = gone.prefix(10).joined(separator: ", ") + (gone.count > 10 ? ", …" : "")
    observer.said(
      gone.count == 1
        ? "\"\(first)\" is no item of \"\(planned.nodes[group].id)\" any more; what it did stays"
        : "\(gone.count) items of \"\(planned.nodes[group].id)\" are none any more: \(names); what they did stays")
  }
}
