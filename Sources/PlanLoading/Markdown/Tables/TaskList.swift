internal import Diagnostics
internal import Markdown
internal import PlanDocument
internal import PlanModel
internal import SourceText

/// The tasks of a file, each with an id of its own and with what it depends on.
enum TaskList {
  /// - Parameters:
  ///   - drafts: in the order of the text.
  ///   - states: what other tables say about the states of tasks.
  ///   - severity: of what is wrong with ids and dependencies.
  static func tasks(
    _ drafts: [TaskDraft], _ plan: MarkdownPlan, _ outline: PhaseOutline, states: [(name: TaskName, status: String)],
    severity: Severity, into collector: inout DiagnosticCollector
  ) -> [PlanTask] {
    if drafts.isEmpty { return [] }
    var tasks = named(drafts, severity, &collector)
    var resolver = DependencyResolver(plan.source, drafts, groups(drafts, outline), severity: severity)
    resolver.resolve(drafts, into: &collector)
    for index in tasks.indices {
      tasks[index].needs = resolver.needs[index].map { $0.map { tasks[$0].id.value } }
      tasks[index].softNeeds = resolver.softNeeds[index].map { $0.map { tasks[$0].id.value } }
      let prose = resolver.prose[index]
      if !prose.isEmpty { tasks[index].otherNeeds = prose.joined(separator: ", ") }
    }
    let names = TaskIndex(drafts, [])
    for (name, status) in states {
      guard case .task(let index) = names.find(name, from: 0), tasks[index].status == nil else { continue }
      tasks[index].status = status
      tasks[index].state = TaskStatus.state(status)
    }
    return tasks
  }

  /// The ids of lists that share one get the id of their phase before them; a second one in a list gets a number.
  private static func named(
    _ drafts: [TaskDraft], _ severity: Severity, _ collector: inout DiagnosticCollector
  ) -> [PlanTask] {
    struct Use: Hashable {
      var list: Int
      var id: String
    }
    var firstInList: [Use: SourceRange] = [:]
    var lists: [String: Int] = [:]
    /// Lists of which an id stands in another list, too.
    var shares: Set<Int> = []
    for draft in drafts {
      let id = TaskName(draft.task.id.value).folded
      if let first = firstInList[Use(list: draft.list, id: id)] {
        collector.report(
          .duplicateTask, draft.task.id.range, "there is a task \"\(draft.task.id.value)\" in this table already",
          severity: severity, notes: ["give each row an id of its own"], related: [.init("the first one", first)])
      } else {
        firstInList[Use(list: draft.list, id: id)] = draft.task.id.range
      }
      if let list = lists[id], list != draft.list { shares.formUnion([list, draft.list]) }
      lists[id] = draft.list
    }
    var taken: Set<String> = []
    var copies: [String: Int] = [:]
    return drafts.map { draft in
      var task = draft.task
      if shares.contains(draft.list), let phase = task.phase {
        task.id.value = phase.value + "." + task.id.value
      }
      let id = task.id.value
      while !taken.insert(task.id.value).inserted {
        copies[id, default: 1] += 1
        task.id.value = "\(id)~\(copies[id] ?? 2)"
      }
      return task
    }
  }

  /// The phases that rows name as a whole: `Phase 1`, `Data Pipeline`.
  private static func groups(_ drafts: [TaskDraft], _ outline: PhaseOutline) -> [TaskIndex.Group] {
    var tasks: [String: [Int]] = [:]
    for (index, draft) in drafts.enumerated() {
      if let phase = draft.task.phase?.value { tasks[phase, default: []].append(index) }
    }
    return outline.entries.map { entry in
      let heading = entry.heading
      return TaskIndex.Group(
        names: [TaskName(heading.label), TaskName(heading.title), TaskName(heading.id)], tasks: tasks[heading.id] ?? [])
    }
  }
}
