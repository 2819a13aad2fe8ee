internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

enum StepKey: String, FieldKey {
  case id, title, description, phase, owner, estimate, needs, when, foreach, cwd, env, shell, timeout, retry, pool,
    creates
  case unless, inputs, outputs, once, always, idempotent
  case onInterrupt = "on_interrupt"
  case onConflict = "on_conflict"
  case expect, verify, undo, undoes
  case allowFailure = "allow_failure"
  case labels, state, priority, gate, secrets
  case syncOutputs = "sync_outputs"
  case run, exec, file, edit, sql, http, fetch, wait, check, manual, approve, agent, uses, with, call

  static let table = KeyTable<StepKey>()
  static let actions: [StepKey] = [
    .run, .exec, .file, .edit, .sql, .http, .fetch, .wait, .check, .manual, .approve, .agent, .uses, .call,
  ]
  /// What belongs to work that execplan or others do.
  static let meaninglessForApproval: [StepKey] = [
    .retry, .timeout, .allowFailure, .undo, .undoes, .inputs, .outputs, .creates, .unless, .verify, .expect, .once,
    .always, .idempotent, .onInterrupt, .pool, .state,
  ]
  /// Keys that a step has without any of `StepDetails`.
  static let plain = FieldSet<StepKey>(
    actions + [.with, .id, .title, .phase, .needs, .when, .shell, .timeout, .inputs, .outputs])
}

extension DecodingContext {
  /// A step; nil when it has no id, which has then been reported.
  ///
  /// A step whose action can't be read keeps its place, so that what depends on it is not reported too: an action that
  /// no rule looks at stands in.
  mutating func step(_ node: YAMLNode, defaults: StepDefaults) -> Step? {
    guard mapping(node, "a step") else { return nil }
    let fields = Fields<StepKey>(node, &self, what: "a step", allowsExtensions: true)
    let id = stepID(fields)
    if binding == nil, let value = fields[.foreach] {
      // It is read for each item; until then only its id counts.
      repetition = Repetition(node: node, items: value)
      return id.map { Step(id: $0, action: .check(CheckAction(checks: [])), actionRange: node.range) }
    }
    if fields.has(.call) {
      let step = callSite(fields, id: id, node)
      return id == nil ? nil : step
    }
    var shell = defaults.shell
    if let value = fields[.shell], let words = interpreter(value, "\"shell\"") { shell = words }
    let (action, range) =
      stepAction(fields, shell: shell, defaults: defaults)
      ?? (.manual(ManualAction(instructions: Template(literal: ""))), node.range)
    var step = Step(id: id ?? Located("", node.range), action: action, actionRange: range)
    step.shell = shell
    step.timeout = defaults.timeout
    if fields.present.isSubset(of: StepKey.plain) {
      // The steps of a plan without keys of their own share what "defaults" says.
      step.shareDetails(with: defaults.step)
    } else {
      step.details = details(fields, shell: shell, defaults: defaults)
    }
    checkApprovalKeys(fields)
    if StepKey.actions.contains(where: { fields.has($0) }) {
      checkReattach(&step, fields)
      checkConflict(&step, fields)
    }
    if let value = fields[.title] { step.title = text(value, "\"title\"") }
    order(&step, fields)
    if let value = fields[.timeout] { step.timeout = duration(value, "\"timeout\"") }
    if let value = fields[.inputs] { step.inputs = paths(value, "\"inputs\"") }
    if let value = fields[.outputs] { step.outputs = paths(value, "\"outputs\"") }
    return id == nil ? nil : step
  }

  private mutating func details(
    _ fields: Fields<StepKey>, shell: Interpreter, defaults: StepDefaults
  ) -> StepDetails {
    var step = defaults.step.details
    describe(&step, fields)
    execution(&step, fields, shell: shell)
    evidence(&step, fields, shell: shell)
    if let value = fields[.state], mapping(value, "\"state\"") {
      allowsOwnValues = true
      step.state = value.entries.compactMap { key, value in
        guard identifier(key, "the name of a state value") != nil else { return nil }
        return stateExpression(value).map { Step.StateWrite(name: Located(key.text, key.range), value: $0) }
      }
      allowsOwnValues = false
    }
    if let value = fields[.undo] { undo(&step, value, shell: shell, defaults: defaults) }
    return step
  }

  /// `[A-Za-z0-9_][A-Za-z0-9_.-]*`
  static func isIdentifier(_ text: Span<UInt8>) -> Bool {
    guard 1...128 ~= text.count else { return false }
    for index in text.indices {
      switch text[index] {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"): continue
      case UInt8(ascii: "."), UInt8(ascii: "-"): if index == 0 { return false }
      default: return false
      }
    }
    return true
  }

  mutating func identifier(_ node: YAMLNode, _ what: String) -> Located<String>? {
    guard let text = text(node, what) else { return nil }
    guard node.withUTF8({ DecodingContext.isIdentifier($0) }) else {
      report(
        .badIdentifier, node.range, "\(what) can't be \"\(text.prefix(60))\"",
        notes: ["an id begins with a letter, a digit or _ and goes on with those, . and -; at most 128 characters"])
      return nil
    }
    return Located(text, node.range)
  }

  private mutating func stepID(_ fields: Fields<StepKey>) -> Located<String>? {
    guard let node = fields[.id] else {
      reportMissing(StepKey.id, fields, what: "a step")
      return nil
    }
    // An id that is not allowed is still the name by which other steps call this one.
    return identifier(node, "the id of a step")
      ?? (node.isScalar && !node.utf8.isEmpty ? Located(node.text, node.range) : nil)
  }

  mutating func describe(_ step: inout StepDetails, _ fields: Fields<StepKey>) {
    if let value = fields[.description] { step.description = text(value, "\"description\"") }
    if let value = fields[.owner] { step.owner = text(value, "\"owner\"") }
    if let value = fields[.estimate] { step.estimate = estimate(value, "\"estimate\"") }
    if let value = fields[.labels] { step.labels = textList(value, "\"labels\"").map(\.value) }
  }

  mutating func order(_ step: inout Step, _ fields: Fields<StepKey>) {
    if let value = fields[.phase] { step.phase = located(value, "\"phase\"") }
    if let value = fields[.needs] { step.needs = textList(value, "\"needs\"") }
    if let value = fields[.when] { step.when = condition(value) }
  }

  private mutating func execution(_ step: inout StepDetails, _ fields: Fields<StepKey>, shell: Interpreter) {
    if let value = fields[.cwd] { step.cwd = template(value, "\"cwd\"") }
    if let value = fields[.env] { step.env = environment(value) }
    if let value = fields[.secrets] { step.secrets = exportedSecrets(value, env: step.env) }
    if let value = fields[.pool] { step.pool = pool(value) }
    if let value = fields[.gate] { step.isGate = gate(value, fields) }
    if let value = fields[.priority] { step.priority = int(value, "\"priority\"", in: -1000...1000) ?? 0 }
    if let value = fields[.undoes] { step.undoes = textList(value, "\"undoes\"") }
    if let value = fields[.retry] { step.retry = retryPolicy(value) ?? step.retry }
    if let value = fields[.allowFailure] { step.allowFailure = bool(value, "\"allow_failure\"") ?? false }
    if let value = fields[.expect] { step.expect = expectation(value) ?? step.expect }
    if let value = fields[.verify] { step.verify = checks(value, "\"verify\"", shell: shell) }
  }

  mutating func pool(_ node: YAMLNode) -> Located<String>? {
    namesPools = true
    return located(node, "\"pool\"")
  }

  /// `gate: true`. A phase ends with gates of its own.
  private mutating func gate(_ node: YAMLNode, _ fields: Fields<StepKey>) -> Bool {
    guard let isGate = bool(node, "\"gate\"") else { return false }
    if isGate, let range = fields.keyRange(.phase) {
      report(
        .conflictingKeys, range, "a gate comes after all phases, so it belongs to none",
        notes: ["remove \"phase\", or list the check under \"gate\" of the phase"])
    }
    return isGate
  }

  private mutating func evidence(_ step: inout StepDetails, _ fields: Fields<StepKey>, shell: Interpreter) {
    if let value = fields[.creates] { step.creates = paths(value, "\"creates\"") }
    if let value = fields[.unless] { step.unless = script(value, "\"unless\"", shell: shell) }
    if let value = fields[.once] { step.once = bool(value, "\"once\"") ?? false }
    if let value = fields[.always] { step.always = bool(value, "\"always\"") ?? false }
    if let value = fields[.syncOutputs] { step.syncOutputs = bool(value, "\"sync_outputs\"") ?? false }
    if let value = fields[.idempotent] { step.idempotent = bool(value, "\"idempotent\"") }
    if let value = fields[.onInterrupt] { step.onInterrupt = onInterrupt(value) }
    if let value = fields[.onConflict] { step.onConflict = onConflict(value) }
  }

  mutating func onInterrupt(_ node: YAMLNode) -> OnInterrupt? { choice(node, "\"on_interrupt\"", OnInterrupt.self) }

  mutating func onConflict(_ node: YAMLNode) -> OnConflict? { choice(node, "\"on_conflict\"", OnConflict.self) }

  /// What makes no file whole can be in no conflict.
  private mutating func checkConflict(_ step: inout Step, _ fields: Fields<StepKey>) {
    guard step.onConflict != nil else { return }
    // Somebody who is waited for mostly works on what there is: only the step itself says otherwise.
    if step.idempotence == .waits, !fields.has(.onConflict) { step.onConflict = nil }
    guard let why = step.action.neverConflicts else { return }
    // As a default it is meant for the other steps.
    step.onConflict = nil
    guard let range = fields.keyRange(.onConflict) else { return }
    report(
      .conflictingKeys, range, "\"on_conflict\" says nothing here: \(why)",
      notes: ["remove it"])
  }

  /// Only a program can go on without execplan; and a step of `finally` belongs to one `apply`.
  private mutating func checkReattach(_ step: inout Step, _ fields: Fields<StepKey>) {
    guard step.onInterrupt == .reattach else { return }
    if step.action.isProgram { return }
    // As a default it is meant for those steps that it can be for.
    step.onInterrupt = nil
    guard let value = fields[.onInterrupt] else { return }
    report(
      .conflictingKeys, value.range,
      "\"on_interrupt: reattach\" is for \"run\", \"exec\" and \"agent\" with a \"command\": only a program goes on when execplan dies",
      notes: [
        "remove it: what \"\(step.action.kind.rawValue)\" does is known after a crash, or use \"ask\", \"rerun\", \"verify\" or \"fail\""
      ])
  }

  /// Exactly one action key.
  private mutating func stepAction(
    _ fields: Fields<StepKey>, shell: Interpreter, defaults: StepDefaults
  ) -> (Action, SourceRange)? {
    guard let key = StepKey.actions.first(where: { fields.has($0) }), let value = fields[key],
      let keyRange = fields.keyRange(key)
    else {
      if let with = fields.keyRange(.with) {
        report(
          .missingKey, with, "\"with\" needs \"uses\" beside it", notes: ["name the external action that takes it"])
        return nil
      }
      if !fields.misspells(StepKey.actions),
        !fields.node.entries.contains(where: { LaterKeys.explanation(of: $0.key.text, in: "a step") != nil })
      {
        let range = fields[.id]?.range ?? fields.node.range
        report(
          .noAction, range, "the step has no action",
          notes: ["add one of: \(StepKey.actions.map(\.rawValue).joined(separator: ", "))"])
      }
      return nil
    }
    if let other = StepKey.actions.first(where: { $0 != key && fields.has($0) }), let second = fields.keyRange(other) {
      report(
        .severalActions, second, "a step has exactly one action, and this one has \"\(key.rawValue)\" already",
        notes: ["make it a step of its own"], related: [.init("the first action", keyRange)])
    }
    if key != .uses, let with = fields.keyRange(.with) {
      report(
        .conflictingKeys, with, "\"with\" goes with \"uses\", and this step has \"\(key.rawValue)\"",
        notes: ["put what the action takes under \"\(key.rawValue)\" itself"], related: [.init("the action", keyRange)])
    }
    guard
      let action = key == .uses
        ? usesAction(value, with: fields[.with]).map(Action.uses)
        : action(key, value, shell: shell, defaults: defaults)
    else { return nil }
    return (action, keyRange)
  }

  mutating func action(
    _ key: StepKey, _ value: YAMLNode, shell: Interpreter, defaults: StepDefaults
  ) -> Action? {
    switch key {
    case .run: runAction(value, shell: shell).map(Action.run)
    case .exec: execAction(value).map(Action.exec)
    case .file: fileAction(value).map(Action.file)
    case .edit: editAction(value).map(Action.edit)
    case .sql: sqlAction(value, defaults: defaults).map(Action.sql)
    case .http: httpAction(value).map(Action.http)
    case .fetch: fetchAction(value).map(Action.fetch)
    case .wait: waitAction(value, shell: shell).map(Action.wait)
    case .check: .check(CheckAction(checks: checks(value, "\"check\"", shell: shell)))
    case .manual: manualAction(value, shell: shell).map(Action.manual)
    case .approve: approveAction(value).map(Action.approve)
    case .agent: agentAction(value, shell: shell).map(Action.agent)
    default: nil
    }
  }
}
