extension Scenario {
  /// The scenario of a seed.
  init(seed: UInt64) {
    var random = SeededRandom(seed)
    self.init(seed: seed, schedule: random.next(), operation: random.next())
    var making = random.split()
    var plan = SimulatedPlan(random: &making)
    jobs = making.within(1...4)
    let count = making.pick([1, 1, 1, 2, 2, 3])
    var sources: [String: Int] = [:]
    for index in 0..<count {
      var round = Round(plan: plan, sources: sources)
      if index < count - 1, making.once(in: 2) {
        round.patience = making.within(1...3)
        round.isGivenUp = making.once(in: 2)
      }
      rounds.append(round)
      if round.patience == nil || round.isGivenUp {
        for step in plan.steps where step.readsSource && making.once(in: 2) { sources[step.id, default: 0] += 1 }
        plan.repair(&making)
      } else {
        plan.edit(&making)
      }
      if making.once(in: 3) { plan.edit(&making) }
    }
    faults = faults(&making)
    // Of its own, so that what a seed says of all the rest is what it always said.
    var taking = SeededRandom(~seed)
    if taking.once(in: 3) { addRollback(&taking) }
  }

  private mutating func addRollback(_ random: inout SeededRandom) {
    for step in rounds[0].plan.steps.indices {
      let (undo, failures) = (SimulatedStep.Undo.random(&random), random.once(in: 6) ? 1 : 0)
      for round in rounds.indices { rounds[round].plan.steps[step].takeBack(undo, failures) }
    }
    rollback = Rollback(patience: random.once(in: 4) ? random.within(1...2) : nil, faults: faults(&random))
  }

  private func faults(_ random: inout SeededRandom) -> [Fault] {
    let span = 8 + rounds[0].plan.steps.count * 8
    var faults: [Fault] = []
    for _ in 0..<random.within(0...5) {
      let kind: Fault.Kind
      switch random.below(20) {
      case 0...8: kind = .kill
      case 9...12: kind = .powerLoss
      case 13: kind = .writeError
      case 14: kind = .diskFull
      case 15: kind = .spawnError
      case 16: kind = .signal
      case 17: kind = .secondApply
      case 18: kind = .clockSet
      default: kind = .suspend
      }
      // Early places more often, for an invocation may have few.
      let place = random.below(1 + random.below(span))
      faults.append(Fault(invocation: random.below(1 + faults.count * 2), place: place, kind: kind))
    }
    return faults
  }
}

extension SimulatedPlan {
  init(random: inout SeededRandom) {
    let count = random.pick([1, 2, 2, 3, 3, 4, 4, 5, 6, 8, 10])
    let shape = random.below(5)
    poolSize = random.within(1...2)
    for index in 0..<count {
      var step = SimulatedStep(id: SimulatedPlan.name(index))
      step.needs = SimulatedPlan.needs(index, count, shape, &random).map { SimulatedPlan.name($0) }
      step.vary(in: self, &random)
      steps.append(step)
    }
    if count > 2, random.once(in: 5) {
      addPhases(&random)
    } else if random.once(in: 3) {
      addCall(&random)
    }
    for index in 0..<random.pick([0, 0, 0, 1, 2]) {
      var step = SimulatedStep(id: "z\(index)", isFinally: true)
      step.kind = random.pick([.plain, .declared])
      if index > 0, random.once(in: 2) { step.needs = ["z0"] }
      if random.once(in: 6) { step.pool = true }
      if random.once(in: 4) { step.onInterrupt = .rerun }
      steps.append(step)
    }
  }

  /// A plan that is called: some steps, those at its end, and perhaps a step that needs all of it.
  private mutating func addCall(_ random: inout SeededRandom) {
    let before = steps.map(\.id).filter { _ in random.once(in: 3) }
    let count = random.within(1...4)
    for index in 0..<count {
      var step = SimulatedStep(id: "\(SimulatedStep.calledPrefix)\(SimulatedPlan.name(index))")
      step.needs = (0..<index).filter { _ in random.once(in: 2) }.map {
        SimulatedStep.calledPrefix + SimulatedPlan.name($0)
      }
      // The others wait for those.
      if step.needs.isEmpty { step.needs = before }
      step.varyAlone(&random)
      steps.append(step)
    }
    for index in 0..<random.within(1...2) {
      var step = SimulatedStep(id: "\(SimulatedStep.calledPrefix)z\(index)", isFinally: true)
      step.kind = random.pick([.plain, .declared])
      if index > 0, random.once(in: 2) { step.needs = ["\(SimulatedStep.calledPrefix)z0"] }
      if random.once(in: 6) { step.pool = true }
      if random.once(in: 4) { step.onInterrupt = .rerun }
      steps.append(step)
    }
    if random.once(in: 2) {
      var step = SimulatedStep(id: "t")
      step.needs = steps.filter(\.isCalled).map(\.id)
      step.varyAlone(&random)
      steps.append(step)
    }
  }

  private static func name(_ index: Int) -> String { String(UnicodeScalar(UInt8(97 + index))) }

  private static func needs(_ index: Int, _ count: Int, _ shape: Int, _ random: inout SeededRandom) -> [Int] {
    guard index > 0 else { return [] }
    switch shape {
    // A chain.
    case 0: return [index - 1]
    // Wide: many that need nothing, and one at the end.
    case 1: return index == count - 1 ? Array(0..<index) : []
    // Diamonds.
    case 2: return index % 3 == 0 ? [index - 1, max(0, index - 2)].uniqued : [index - 1 - (index - 1) % 3]
    // Layers of three.
    case 3:
      let layer = index / 3
      return layer == 0 ? [] : ((layer - 1) * 3..<layer * 3).filter { _ in random.once(in: 2) }
    default: return (0..<index).filter { _ in random.once(in: 3) }
    }
  }

  private mutating func addPhases(_ random: inout SeededRandom) {
    let cut = random.within(1...steps.count - 1)
    for index in steps.indices { steps[index].phase = index < cut ? 0 : 1 }
    let made = steps[..<cut].filter { $0.makesFile && $0.condition == nil && $0.behaviour != .fails }
    gates = [random.once(in: 3) ? nil : made.first?.output, nil]
  }

  /// People make what always failed work.
  mutating func repair(_ random: inout SeededRandom) {
    for index in steps.indices where steps[index].behaviour == .fails && !steps[index].allowsFailure {
      if random.once(in: 2) { steps[index].behaviour = .succeeds }
    }
  }

  /// People change a definition.
  mutating func edit(_ random: inout SeededRandom) {
    let index = random.below(steps.count)
    // What a run that is given up owes is carried out with the called plan as it is now.
    if steps[index].isFinally || steps[index].isCalled { return }
    if steps[index].kind != .check { steps[index].version += 1 }
  }
}

extension SimulatedStep.Undo {
  fileprivate static func random(_ random: inout SeededRandom) -> SimulatedStep.Undo? {
    random.pick([.plain, .plain, .plain, .idempotent, .idempotent, .partial, .partial, .nothing, nil])
  }
}

extension SimulatedStep {
  /// Only what has an effect of its own outside is taken back by a program.
  fileprivate mutating func takeBack(_ undo: Undo?, _ failures: Int) {
    guard !isFinally, hasProgram || kind == .file || kind == .transaction else { return }
    self.undo = undo
    undoFailures = failures
  }

  /// What else the plan says of a step.
  mutating func vary(in plan: SimulatedPlan, _ random: inout SeededRandom) {
    kind = random.pick([
      .plain, .plain, .plain, .declared, .declared, .files, .files, .files, .files, .creates, .unless, .file,
      .transaction,
      .check, .manual,
    ])
    let before = plan.steps
    if kind == .check {
      needs = needs.filter { id in plan[id].map(\.isSureToHaveEffect) ?? false }
      if needs.isEmpty { kind = .plain }
    }
    if random.once(in: 5) { pool = true }
    if random.once(in: 6) { priority = random.within(-1...1) }
    if kind == .check || kind == .manual { return }
    behave(&random)
    if let other = before.last(where: { $0.allowsFailure }), random.once(in: 3) {
      condition = random.once(in: 2) ? .failed(other.id) : .notFailed(other.id)
    } else if let other = before.last(where: { $0.publishes && $0.isPlainSuccess }), random.once(in: 6) {
      condition = .constant(other.id, holds: random.once(in: 2))
    }
    let readsFreely = kind != .creates && kind != .unless && kind != .transaction
    if readsFreely {
      for other in before where other.publishes && random.once(in: 3) { readsValues.append(other.id) }
    }
    // What is read must be waited for.
    for id in readsValues + [condition?.step].compactMap({ $0 }) where !needs.contains(id) { needs.append(id) }
    guard kind == .plain || kind == .declared || kind == .files else { return }
    // What was cut off before it published has no values when its verify says that it is done.
    publishes = random.once(in: 3) && behaviour != .late && onInterrupt != .verify
    keepsState = publishes && !allowsFailure && random.once(in: 3)
    isCoarse = random.once(in: 3)
    // What its verify does not look at would be believed although a power loss took it.
    writesOutput = kind == .files || !verifies && random.once(in: 3)
    if kind == .files {
      for other in before where other.writesOutput && (needs.contains(other.id) || random.once(in: 4)) {
        readsFiles.append(other.id)
      }
      readsSource = readsFiles.isEmpty || random.once(in: 2)
    }
    syncs = writesOutput && random.once(in: 4)
    if kind == .plain, random.once(in: 5) { onInterrupt = random.pick([.ask, .rerun]) }
  }

  /// What the plan says of a step that reads nothing of others.
  mutating func varyAlone(_ random: inout SeededRandom) {
    kind = random.pick([.plain, .plain, .declared, .declared, .creates, .unless, .file, .transaction, .manual])
    if random.once(in: 5) { pool = true }
    if kind == .manual { return }
    behave(&random)
    // A failure that is allowed says nothing to anybody here.
    if kind == .plain, random.once(in: 5) { onInterrupt = random.pick([.ask, .rerun]) }
  }

  private mutating func behave(_ random: inout SeededRandom) {
    switch random.below(16) {
    case 0:
      behaviour = .fails
      allowsFailure = random.once(in: 2)
    case 1, 2:
      retries = random.within(1...3)
      behaviour = .flaky(random.within(1...retries))
    case 3 where hasProgram:
      retries = random.within(1...2)
      behaviour = .hangs(random.within(1...retries))
      timeout = 300
    case 4 where kind == .plain || kind == .declared:
      retries = random.within(1...3)
      behaviour = .late
      retryDelay = 250
      verifies = true
    case 5: retries = random.within(1...2)
    case 6 where hasProgram && kind != .creates: timeout = 300
    case 7 where kind == .plain || kind == .declared || kind == .creates:
      verifies = true
      if random.once(in: 2) { onInterrupt = .verify }
    default: break
    }
  }

  /// Whether its effect can be looked for once it is done.
  fileprivate var isSureToHaveEffect: Bool {
    kind != .check && kind != .manual && condition == nil && !allowsFailure && readsValues.isEmpty
  }

  fileprivate var isPlainSuccess: Bool { isSureToHaveEffect && behaviour == .succeeds }
}

extension [Int] {
  fileprivate var uniqued: [Int] { reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
}
