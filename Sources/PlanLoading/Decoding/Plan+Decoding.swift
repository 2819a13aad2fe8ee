internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

enum PlanKey: String, FieldKey {
  case execplan, title, id, purpose, strategy, order, approval, params
  case paramsFiles = "params_files"
  case profiles, env, secrets, dotenv, databases, requires, defaults, pools, resources
  case successFactors = "success_factors"
  case risks, milestones, calendar, phases, steps, finally
  case runKey = "run_key"
  case timeout, values, notify

  static let table = KeyTable<PlanKey>()
}

extension DecodingContext {
  mutating func plan(
    _ node: YAMLNode, path: String, input: ParameterInput, problems: inout [ParameterProblem]
  ) -> Plan? {
    guard mapping(node, "the plan") else { return nil }
    let fields = Fields<PlanKey>(node, &self, what: "the plan", allowsExtensions: true)
    version(fields)
    var plan = Plan(title: "", path: path)
    planPath = path
    describe(&plan, fields)
    parameters(of: &plan, fields, input: input, problems: &problems)
    var defaults = StepDefaults()
    if let value = fields[.defaults] { defaults = self.defaults(value) }
    if let value = fields[.pools] { plan.pools = pools(value) }
    if let value = fields[.runKey] { plan.runKey = runKey(value, parameters: plan.parameters) }
    if let value = fields[.timeout] { plan.timeout = duration(value, "\"timeout\"") }
    if let value = fields[.notify] { plan.notices = notices(value, shell: defaults.shell) }
    let lists = stepLists(fields)
    checker.declareSteps = { DecodingContext.declared([lists.main, lists.finally]) }
    if let value = fields[.phases] { plan.phases = phases(value, shell: defaults.shell) }
    var seen: [String: SourceRange] = [:]
    seen.reserveCapacity(lists.main.underestimatedCount + lists.finally.underestimatedCount)
    plan.steps.reserveCapacity(lists.main.underestimatedCount)
    for node in lists.main { appendSteps(of: node, defaults, &seen, to: &plan.steps) }
    for node in lists.finally { appendSteps(of: node, defaults, &seen, to: &plan.finally) }
    if let node = fields[.finally], plan.finally.contains(where: { $0.closes != nil }) {
      report(
        .conflictingKeys, node.range, "a plan with \"finally\" is called under \"finally\"",
        notes: ["call it in \"steps\", or take its \"finally\" away"])
    }
    if let value = fields[.values] { plan.values = shownValues(value) }
    plan.finally = plan.finally.map { endsWithItsApply($0, defaults) }
    checkItemReads(plan)
    if let value = fields[.approval] { checkApproval(plan, value) }
    plan.parametersInPaths = parametersInPaths
    plan.repeatedRanges = repeatedRanges
    takeOverCalled(into: &plan)
    if namesPools { checkPools(plan) }
    return plan
  }

  /// The ids of all steps with what is known of their values, for expressions that stand before the step they read.
  private static func declared(_ lists: [YAMLItems]) -> [String: DeclaredNames.StepValues] {
    var steps: [String: DeclaredNames.StepValues] = [:]
    for node in lists.joined() where node.kind == .mapping {
      guard let id = node["id"], id.kind == .scalar else { continue }
      let publishesNothing = ["file", "edit", "fetch", "wait", "approve"].contains { node[$0] != nil }
      if let agent = node["agent"] {
        steps[id.text] = .agent(receivers: receivers(of: agent))
      } else if let checks = node["check"] {
        steps[id.text] = .keys(holdsTable(checks) ? CheckAction.qualityValues : [])
      } else if node["http"] != nil {
        steps[id.text] = .keys(ResponseValue.allCases.map(\.rawValue))
      } else {
        steps[id.text] = publishesNothing ? .keys([]) : .any
      }
    }
    return steps
  }

  /// Whether one of the checks is about a table.
  private static func holdsTable(_ checks: YAMLNode) -> Bool {
    let items = checks.kind == .sequence ? checks.items.map { $0 } : [checks]
    return items.contains { $0.kind == .mapping && $0["table"] != nil }
  }

  /// To whom an agent step hands off.
  private static func receivers(of agent: YAMLNode) -> [String] {
    guard agent.kind == .mapping, let handoff = agent["handoff"] else { return [] }
    let packages = handoff.kind == .sequence ? handoff.items.map { $0 } : [handoff]
    return packages.compactMap { package in
      guard package.kind == .mapping, let receiver = package["to"], receiver.kind == .scalar else { return nil }
      return receiver.text
    }
  }

  private mutating func version(_ fields: Fields<PlanKey>) {
    guard let node = fields[.execplan] else {
      report(
        .unsupportedVersion, SourceRange(start: fields.node.range.lowerBound, end: fields.node.range.lowerBound),
        "the plan does not say which format it has", notes: ["begin it with \"execplan: 1\""])
      return
    }
    if node.kind == .scalar, node.resolved == .int(1) { return }
    report(
      .unsupportedVersion, node.range, "format version \"\(node.kind == .scalar ? node.text : "…")\" is not known",
      notes: ["this program reads \"execplan: 1\""])
  }

  private mutating func describe(_ plan: inout Plan, _ fields: Fields<PlanKey>) {
    if let value = fields[.title] {
      plan.title = text(value, "\"title\"") ?? ""
    } else {
      reportMissing(PlanKey.title, fields, what: "the plan")
    }
    if let value = fields[.id] { plan.id = identifier(value, "the id of a plan") }
    if let value = fields[.purpose] { plan.notes.purpose = text(value, "\"purpose\"") }
    if let value = fields[.strategy] { plan.strategy = choice(value, "\"strategy\"", Plan.Strategy.self) }
    if let value = fields[.order], let order = choice(value, "\"order\"", Plan.Order.self) {
      plan.order = order
      plan.hasExplicitOrder = true
    }
    if let value = fields[.approval], let approval = choice(value, "\"approval\"", Plan.Approval.self) {
      plan.approval = approval
    }
    if let value = fields[.calendar] { workCalendar(value) }
    plan.calendar = calendar
    if let value = fields[.resources] { resources(value, into: &plan.notes) }
    if let value = fields[.successFactors] {
      plan.notes.successFactors = textList(value, "\"success_factors\"").map(\.value)
    }
    if let value = fields[.risks] { plan.notes.risks = risks(value) }
    if let value = fields[.milestones] { plan.notes.milestones = milestones(value) }
  }

  /// Parameters, profile and `env`, in the order in which they may name one another.
  private mutating func parameters(
    of plan: inout Plan, _ fields: Fields<PlanKey>, input: ParameterInput, problems: inout [ParameterProblem]
  ) {
    // Variables of a profile may name them, and that is read before they can be.
    if let value = fields[.secrets] { names.secrets = Set(value.entries.map(\.key.text)) }
    if let value = fields[.params] { plan.parameters = parameters(value) }
    var profile = Profile()
    var databasesOfProfiles: [YAMLNode] = []
    if let value = fields[.profiles] {
      let profiles = self.profiles(value)
      databasesOfProfiles = value.entries.compactMap { $0.value.kind == .mapping ? $0.value["databases"] : nil }
      if let name = input.profile {
        if let found = profiles[name] {
          profile = found
          plan.profile = name
        } else {
          let near = NearestName.of(name, among: profiles.keys.sorted())
          problems.append(
            ParameterProblem(
              "there is no profile \"\(name)\"",
              notes: near.map { ["did you mean \"\($0)\"?"] } ?? [
                "profiles: \(profiles.keys.sorted().joined(separator: ", "))"
              ]))
        }
      }
    } else if let name = input.profile {
      problems.append(ParameterProblem("there is no profile \"\(name)\"", notes: ["the plan declares no profiles"]))
    }
    names.parameters = Dictionary(
      plan.parameters.map { ($0.name.value, $0.kind) }, uniquingKeysWith: { first, _ in first })
    var included: [Value.Entry] = []
    if let value = fields[.paramsFiles] {
      let unbound = plan
      included = parameterFiles(value, plan.parameters) { included in
        var parameters = unbound.parameters
        _ = ParameterBinder.bind(&parameters, input: input, profile: profile.params, included: included)
        return unbound.statics(with: parameters)
      }
    }
    problems += ParameterBinder.bind(&plan.parameters, input: input, profile: profile.params, included: included)
    statics = plan.statics(with: plan.parameters)
    if let value = fields[.secrets] { plan.secrets = secrets(value) }
    if let value = fields[.env] { plan.env = environment(value) }
    for entry in profile.env {
      plan.env.removeAll { $0.name.value == entry.name.value }
      plan.env.append(entry)
    }
    names.environment = Set(plan.env.map(\.name.value))
    names.secretEnvironment = Set(plan.env.filter(\.value.readsSecret).map(\.name.value))
    statics.add(environment: plan.env)
    if let value = fields[.dotenv] { plan.dotenv = dotenv(value) }
    plan.databases = databases(fields[.databases], profiles: databasesOfProfiles, chosen: profile.databases)
    if let value = fields[.requires] { plan.requirements = requirements(value) }
  }

  /// A step of `finally` belongs to one `apply`, so no later one can take its result.
  private mutating func endsWithItsApply(_ step: Step, _ defaults: StepDefaults) -> Step {
    guard step.onInterrupt == .reattach else { return step }
    if defaults.step.details.onInterrupt != .reattach {
      report(
        .conflictingKeys, step.id.range,
        "a step of \"finally\" belongs to one apply, so \"on_interrupt: reattach\" is not for it",
        notes: ["remove \"on_interrupt\": the next apply runs what is owed"])
    }
    var step = step
    step.onInterrupt = nil
    return step
  }

  private mutating func stepLists(_ fields: Fields<PlanKey>) -> (main: YAMLItems, finally: YAMLItems) {
    if fields[.steps] == nil, !allowsNoSteps { reportMissing(PlanKey.steps, fields, what: "the plan") }
    let main = stepList(.steps, fields)
    if let node = fields[.steps], node.kind == .sequence, main.isEmpty {
      report(.missingKey, node.range, "the plan has no steps")
    }
    let finally = stepList(.finally, fields)
    if main.underestimatedCount + finally.underestimatedCount > LoadLimits.steps, let node = fields[.steps] {
      report(.badValue, node.range, "the plan has more than \(LoadLimits.steps) steps")
      let none = fields.node.items
      return (none, none)
    }
    return (main, finally)
  }

  /// The items of a list; none of what is no list, as of the plan itself where the key is missing.
  private mutating func stepList(_ key: PlanKey, _ fields: Fields<PlanKey>) -> YAMLItems {
    let node = fields[key] ?? fields.node
    if fields.has(key), node.kind != .sequence {
      reportType(node, expected: "a list of steps", what: "\"\(key.rawValue)\"")
    }
    return node.items
  }

  /// The step of one node, or those that its `foreach` makes of it.
  private mutating func appendSteps(
    of node: YAMLNode, _ defaults: StepDefaults, _ seen: inout [String: SourceRange], to steps: inout [Step]
  ) {
    repetition = nil
    callSite = nil
    guard let step = uniqueStep(node, defaults, &seen) else { return }
    guard let repetition else {
      if let site = callSite { steps += called(site) } else { steps.append(step) }
      return
    }
    steps += expanded(repetition, step, defaults)
    if steps.count > LoadLimits.steps {
      report(
        .badValue, repetition.items.range, "the plan has more than \(LoadLimits.steps) steps with these items",
        notes: ["let one step work through several items"])
      steps.removeAll()
    }
  }

  /// What the plan shows to one that calls it, `values: {url: "${{ steps.deploy.values.url }}"}`.
  private mutating func shownValues(_ node: YAMLNode) -> [Step.Variable] {
    guard mapping(node, "\"values\"") else { return [] }
    return node.entries.compactMap { key, value in
      guard let name = identifier(key, "the name of a value") else { return nil }
      return template(value, "\"values\"", allowsList: true).map { Step.Variable(name: name, value: $0) }
    }
  }

  /// Expressions may name one item of a `foreach`; whether it is there is known when all are.
  private mutating func checkItemReads(_ plan: Plan) {
    if checker.itemReads.isEmpty { return }
    var ids: Set<String> = []
    var later: Set<String> = []
    plan.eachStep { step in
      if step.group?.expansion != nil { later.insert(step.id.value) }
      if step.expansion == nil { ids.insert(step.id.value) }
    }
    for read in checker.itemReads where !ids.contains(read.value) {
      let step = String(read.value.prefix { $0 != "[" })
      report(
        .expressionReference, read.range, "unknown step \"\(read.value)\"",
        notes: [
          later.contains(step)
            ? "the items of \"\(step)\" are not known before the run: read steps.\(step).values.NAME, a map by key"
            : "\"foreach\" of \"\(step)\" gives no such item"
        ])
    }
  }

  private mutating func uniqueStep(
    _ node: YAMLNode, _ defaults: StepDefaults, _ seen: inout [String: SourceRange]
  ) -> Step? {
    let decoded = step(node, defaults: defaults)
    // The id is looked at even when the step could not be read.
    guard let id = decoded?.id ?? writtenID(node) else { return decoded }
    if let first = seen.updateValue(id.range, forKey: id.value) {
      seen[id.value] = first
      report(
        .duplicateIdentifier, id.range, "there is a step \"\(id.value)\" already",
        notes: ["give each step an id of its own"], related: [.init("the first one", first)])
      return nil
    }
    return decoded
  }

  private func writtenID(_ node: YAMLNode) -> Located<String>? {
    guard node.kind == .mapping, let id = node["id"], id.kind == .scalar else { return nil }
    return Located(id.text, id.range)
  }

  private mutating func pools(_ node: YAMLNode) -> [Pool] {
    guard mapping(node, "\"pools\"") else { return [] }
    return node.entries.compactMap { key, value in
      guard let name = identifier(key, "the name of a pool") else { return nil }
      var size = value
      if value.kind == .mapping {
        let fields = Fields<PoolKey>(value, &self, what: "a pool")
        guard let node = fields[.size] else {
          reportMissing(PoolKey.size, fields, what: "a pool")
          return nil
        }
        size = node
      }
      return int(size, "the size of a pool", in: 1...10_000).map { Pool(name: name, size: $0) }
    }
  }

  private mutating func checkPools(_ plan: Plan) {
    let known = Set(plan.pools.map(\.name.value))
    var unknown: [Located<String>] = []
    plan.eachStep { step in
      if let pool = step.pool, !known.contains(pool.value) { unknown.append(pool) }
    }
    for pool in unknown {
      let near = NearestName.of(pool.value, among: known.sorted())
      report(
        .unknownName, pool.range, "there is no pool \"\(pool.value)\"",
        notes: near.map { ["did you mean \"\($0)\"?"] } ?? ["declare it: \"pools: {\(pool.value): 1}\""])
    }
  }

  private mutating func runKey(_ node: YAMLNode, parameters: [Parameter]) -> [Located<String>] {
    textList(node, "\"run_key\"").filter { name in
      let known = parameters.map(\.name.value)
      if known.contains(name.value) { return true }
      let near = NearestName.of(name.value, among: known)
      report(
        .unknownName, name.range, "\"run_key\" names no parameter \"\(name.value)\"",
        notes: near.map { ["did you mean \"\($0)\"?"] } ?? [])
      return false
    }
  }
}

extension Plan {
  /// What is known before anything runs, without the environment.
  fileprivate func statics(with parameters: [Parameter]) -> StaticScope {
    StaticScope(parameters: parameters, planID: id?.value, title: title, path: path)
  }
}

enum PoolKey: String, FieldKey {
  case size

  static let table = KeyTable<PoolKey>()
}
