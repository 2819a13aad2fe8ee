internal import Diagnostics
internal import PlanDocument
internal import PlanModel
internal import SourceText
internal import YAML

enum CallKey: String, FieldKey {
  case path, params

  static let table = KeyTable<CallKey>()
}

extension StepKey {
  /// What a step that calls a plan may have; the rest is for steps that do something themselves.
  static let besideCall = FieldSet<StepKey>([
    .id, .title, .description, .phase, .owner, .estimate, .needs, .when, .foreach, .env, .labels, .priority, .call,
    .allowFailure,
  ])

  /// What to do instead of a key that a call can't have.
  func insteadBesideCall() -> String {
    switch self {
    case .timeout:
      "give \"timeout\" to steps of the plan that is called; \"timeout\" of a plan bounds a run that begins with it"
    case .retry: "give \"retry\" to the steps of the plan that is called that may be tried again"
    default: "write it in the steps of the plan that is called"
    }
  }
}

extension DecodingContext {
  /// Plans within plans.
  private static let depthLimit = 16

  /// The step that calls a plan, without what it calls.
  mutating func callSite(_ fields: Fields<StepKey>, id: Located<String>?, _ node: YAMLNode) -> Step {
    var step = Step(
      id: id ?? Located("", node.range), action: .check(CheckAction(checks: [])),
      actionRange: fields.keyRange(.call) ?? node.range)
    for key in StepKey.allCases where fields.has(key) && !StepKey.besideCall.contains(key) {
      guard let range = fields.keyRange(key) else { continue }
      if StepKey.actions.contains(key) {
        report(
          .severalActions, range, "a step has exactly one action, and this one has \"call\" already",
          notes: ["make it a step of its own"])
      } else {
        report(
          .conflictingKeys, range, "\"\(key.rawValue)\" is not for a step with \"call\"",
          notes: [key.insteadBesideCall()])
      }
    }
    if let value = fields[.title] { step.title = text(value, "\"title\"") }
    order(&step, fields)
    var details = StepDetails()
    describe(&details, fields)
    if let value = fields[.env] { details.env = environment(value) }
    if let value = fields[.allowFailure] { details.allowFailure = bool(value, "\"allow_failure\"") ?? false }
    if let value = fields[.priority] { details.priority = int(value, "\"priority\"", in: -1000...1000) ?? 0 }
    step.details = details
    if let value = fields[.call] {
      callSite = CallSite(
        step: step, call: value, range: fields.keyRange(.call) ?? node.range, binding: binding)
    }
    return step
  }

  /// The steps of the plan that a step calls, and the one that stands for all of them, last.
  mutating func called(_ site: CallSite) -> [Step] {
    let id = site.step.id
    let prefix = (call?.prefix ?? "") + id.value + "/"
    guard let (plan, path) = calledPlan(site, prefix) else {
      return [Step.standing(for: StepGroup(members: [], kind: .call([])), of: site.step, needs: site.step.needs)]
    }
    let range = call?.range ?? site.range
    let adoption = CalledPlan(plan: plan, prefix: prefix, site: site.step, range: range)
    take(over: plan, path, site)
    var group = StepGroup(
      members: adoption.memberIDs.map { StepGroup.Member(key: $0, step: $0) }, kind: .call(plan.values))
    group.closing = adoption.closingIDs
    let needs = group.members.map { Located($0.step, range) } + group.closing.map { Located($0, range) }
    return adoption.steps() + adoption.closingSteps()
      + [Step.standing(for: group, of: site.step, needs: group.members.isEmpty ? site.step.needs : needs)]
  }

  // MARK: The plan

  private mutating func calledPlan(_ site: CallSite, _ prefix: String) -> (plan: Plan, path: Located<String>)? {
    guard mapping(site.call, "\"call\"") else { return nil }
    let fields = Fields<CallKey>(site.call, &self, what: "\"call\"")
    guard let node = fields[.path] else {
      reportMissing(CallKey.path, fields, what: "\"call\"")
      return nil
    }
    guard let path = calledPath(node), let document = calledDocument(path) else { return nil }
    var input = ParameterInput()
    var unknown: Set<String> = []
    let before = collector.diagnostics.count
    if let value = fields[.params] {
      binding = site.binding
      input.given = arguments(value, &unknown)
      binding = nil
    }
    var inner = DecodingContext(source: document.source, files: files)
    inner.call = CallBinding(
      prefix: prefix, range: call?.range ?? site.range, stack: (call?.stack ?? [planPath]) + [path.value])
    inner.documents = documents
    var problems: [ParameterProblem] = []
    let plan = PlanLoader.decode(document, path: path.value, input: input, &inner, &problems)
    documents = inner.documents
    for problem in problems {
      report(.badParameter, (fields[.params] ?? node).range, problem.message, notes: problem.notes)
    }
    let errors = inner.collector.sorted().filter { $0.severity == .error }
    if let first = errors.first {
      let place = document.source.location(of: first.range.lowerBound)
      report(
        .badValue, path.range,
        "\"\(path.value)\" has \(errors.count == 1 ? "an error" : "\(errors.count) errors"): line \(place.line), column "
          + "\(place.column): \(first.message)",
        notes: ["execplan validate \(ShellQuoting.quoted(path.value))"])
      return nil
    }
    guard let plan else { return nil }
    noteIgnored(plan, document, path)
    // What is wrong with a value is said; that it is missing then says nothing new.
    if !problems.isEmpty || collector.diagnostics.count > before { return (plan, path) }
    for problem in ParameterBinder.missing(plan.parameters.filter { !unknown.contains($0.name.value) }) {
      report(
        .badParameter, path.range, "\"\(path.value)\": \(problem.message)",
        notes: ["give it under \"params\" of the call"])
    }
    return (plan, path)
  }

  /// What a plan has for runs that begin with it.
  private mutating func noteIgnored(_ plan: Plan, _ document: PlanDocument, _ path: Located<String>) {
    if !plan.notices.all.isEmpty {
      report(
        .ignoredInCall, path.range, "\"notify\" of \"\(path.value)\" sends nothing when it is called",
        notes: ["write \"notify\" in the plan that is executed"])
    }
    if document.dialect == .markdown, document.root?["write_back"]?.text == "true" {
      report(
        .ignoredInCall, path.range, "\"write_back\" of \"\(path.value)\" writes nothing when it is called",
        notes: ["only the plan that is executed is written into"])
    }
  }

  private mutating func calledPath(_ node: YAMLNode) -> Located<String>? {
    guard let text = text(node, "\"path\" of a call") else { return nil }
    if text.contains("${{") {
      report(
        .notStatic, node.range, "which plan is called can't depend on an expression",
        notes: ["write one step for each plan, with \"when\""])
      return nil
    }
    if let problem = PathText.problem(with: text) {
      report(.badPath, node.range, "\"path\" of a call: \(problem)")
      return nil
    }
    let path = PathText.normalized(text)
    guard !PathText.leavesRoot(path) else {
      report(
        .badPath, node.range, "\"\(path)\" lies outside the project",
        notes: ["write a path relative to the project root"])
      return nil
    }
    let stack = call?.stack ?? [planPath]
    if let first = stack.firstIndex(of: path) {
      let circle = (stack[first...] + [path]).joined(separator: " -> ")
      report(.badValue, node.range, "the plan would call itself: \(circle)", notes: ["take one of the calls away"])
      return nil
    }
    guard stack.count <= DecodingContext.depthLimit else {
      report(.badValue, node.range, "more than \(DecodingContext.depthLimit) plans call one another")
      return nil
    }
    return Located(path, node.range)
  }

  private mutating func calledDocument(_ path: Located<String>) -> PlanDocument? {
    if let known = documents[path.value] { return known }
    guard let files else {
      report(.missingFile, path.range, "\"\(path.value)\" can't be read here: there is no project")
      return nil
    }
    switch files.content(of: path.value, limit: LoadLimits.calledPlan) {
    case .missing:
      report(
        .missingFile, path.range, "there is no file \"\(path.value)\"",
        notes: ["paths are relative to the project root"])
    case .unreadable(let reason): report(.missingFile, path.range, "\"\(path.value)\" can't be read: \(reason)")
    case .bytes(let bytes):
      var found = DiagnosticCollector()
      let document = PlanDocument.read(SourceFile(path: path.value, bytes: bytes), into: &found)
      if let first = found.sorted().first(where: { $0.severity == .error }) {
        let place = document.source.location(of: first.range.lowerBound)
        report(
          .badValue, path.range,
          "\"\(path.value)\" can't be read: line \(place.line), column \(place.column): \(first.message)",
          notes: ["execplan validate \(ShellQuoting.quoted(path.value))"])
        return nil
      }
      documents[path.value] = document
      return document
    }
    return nil
  }

  /// What the call gives for the parameters.
  ///
  /// - Parameter unknown: names whose values rest on a parameter that has none while a plan is only validated.
  private mutating func arguments(_ node: YAMLNode, _ unknown: inout Set<String>) -> [ParameterInput.Given] {
    guard mapping(node, "\"params\" of a call") else { return [] }
    var given: [ParameterInput.Given] = []
    for (key, value) in node.entries {
      let before = collector.diagnostics.count
      if let value = staticValue(
        value, "a parameter of a call",
        instead: "it is known before anything runs; give the value under \"env\" of this step, or in a file")
      {
        given.append(.init(name: key.text, value: value, origin: "\"params\" of the call"))
      } else if collector.diagnostics.count == before {
        unknown.insert(key.text)
      }
    }
    return given
  }

  // MARK: What the whole run has of it

  private mutating func take(over plan: Plan, _ path: Located<String>, _ site: CallSite) {
    for pool in plan.pools {
      if let index = calledPools.firstIndex(where: { $0.name.value == pool.name.value }) {
        calledPools[index].size = min(calledPools[index].size, pool.size)
      } else {
        calledPools.append(Pool(name: Located(pool.name.value, path.range), size: pool.size))
      }
    }
    for secret in plan.secrets {
      let own = Secret(
        name: Located(secret.name.value, path.range), source: secret.source.placed(at: path.range),
        isOptional: secret.isOptional)
      calledSecrets.append(own)
    }
    for command in plan.requirements.commands { calledRequirements.commands.append(Located(command.value, path.range)) }
    for name in plan.requirements.environment { calledRequirements.environment.append(Located(name.value, path.range)) }
    calledRequirements.files += plan.requirements.files.map {
      PathPattern($0.text, isNegated: $0.isNegated, path.range)
    }
    if !plan.dotenv.variables.isEmpty || !plan.dotenv.missing.isEmpty {
      report(
        .conflictingKeys, path.range, "\"\(path.value)\" has \"dotenv\", which holds for all programs of a run",
        notes: ["name the files under \"dotenv\" of this plan, or give the variables with \"env\" of the step"])
    }
    calledRanges.append(site.range)
  }

  /// Puts what was called into the plan that calls.
  mutating func takeOverCalled(into plan: inout Plan) {
    if calledRanges.isEmpty { return }
    for pool in calledPools {
      if let index = plan.pools.firstIndex(where: { $0.name.value == pool.name.value }) {
        plan.pools[index].size = min(plan.pools[index].size, pool.size)
      } else {
        plan.pools.append(pool)
      }
    }
    plan.ownSecretCount = plan.secrets.count
    var refused: Set<String> = []
    for secret in calledSecrets {
      if let known = plan.secrets.first(where: { $0.name.value == secret.name.value }) {
        if known.source.placed(at: .fileStart) == secret.source.placed(at: .fileStart) { continue }
        guard refused.insert(secret.name.value).inserted else { continue }
        report(
          .conflictingKeys, secret.name.range,
          "the secret \"\(secret.name.value)\" comes from elsewhere in another plan",
          notes: ["give the two secrets names of their own"])
      } else {
        plan.secrets.append(secret)
      }
    }
    plan.requirements.commands += calledRequirements.commands
    plan.requirements.environment += calledRequirements.environment
    plan.requirements.files += calledRequirements.files
    plan.calledRanges = calledRanges
    checkCalledValues(plan)
  }

  /// What expressions read of a called plan it must show.
  private mutating func checkCalledValues(_ plan: Plan) {
    var shown: [String: Set<String>] = [:]
    plan.eachStep { step in
      guard case .call(let values)? = step.group?.kind else { return }
      shown[(call?.prefix ?? "") + step.id.value] = Set(values.map(\.name.value))
    }
    var unknown: [(Located<Reference>, String, String)] = []
    plan.eachStep { step in
      if step.isCalled { return }
      for read in step.allReferences {
        guard case .stepValue(let id, let key) = read.value, let known = shown[id], !known.contains(key) else {
          continue
        }
        unknown.append((read, id, key))
      }
    }
    for (read, id, key) in unknown {
      report(
        .expressionReference, read.range, "the plan that \"\(id)\" calls shows no value \"\(key)\"",
        notes: [
          shown[id]?.isEmpty == false
            ? "it shows: \(shown[id, default: []].sorted().joined(separator: ", "))"
            : "add \"values: {\(key): …}\" to that plan"
        ])
    }
  }
}

extension Secret.Source {
  /// The same source with all places at one range.
  fileprivate func placed(at range: SourceRange) -> Secret.Source {
    switch self {
    case .environment(let name): .environment(Located(name.value, range))
    case .file(let path): .file(PathPattern(path.text, isNegated: path.isNegated, range))
    case .command(let words): .command(words.map { Located($0.value, range) })
    }
  }
}
