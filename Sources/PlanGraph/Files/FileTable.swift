internal import PlanModel
internal import SourceText

/// Which steps read and write which patterns, with equal patterns kept once, and which of those overlap.
struct FileTable {
  /// Distinct patterns, normalized.
  private(set) var patterns: [PathPattern] = []
  private(set) var writes: [FileUse] = []
  private(set) var reads: [FileUse] = []
  /// The `!patterns` of a node's inputs or outputs, each with its position among that node's patterns.
  private(set) var negatedReads: [Int32: [Negation]] = [:]
  private(set) var negatedWrites: [Int32: [Negation]] = [:]
  private(set) var writesOf: CompactLists
  private(set) var readsOf: CompactLists
  /// Pairs of different patterns that may match one path; at least one of a pair is a glob.
  private(set) var overlaps: [(Int32, Int32)] = []
  /// The comparison of globs was given up.
  private(set) var isTooDense = false
  /// The steps at the end of called plans, each with the call: files order them among themselves only.
  private(set) var closers: [Int32: String] = [:]
  private var ids: [String: Int32] = [:]
  /// What the items of a step will write that are found later, by the step that finds them: it counts for the one that
  /// stands for the items.
  private var templateWrites: [String: [FileUse]] = [:]
  /// Whether the step in hand shows what items are like: its paths with an item in them order nothing.
  private var isTemplate = false
  let overlap: (PathPattern, PathPattern) -> Bool

  struct Negation {
    var pattern: PathPattern
    /// It takes away what stands before it in its list.
    var range: SourceRange
  }

  init(_ plan: Plan, overlap: @escaping (PathPattern, PathPattern) -> Bool) {
    self.overlap = overlap
    writesOf = CompactLists(count: 0, keys: [])
    readsOf = CompactLists(count: 0, keys: [])
    let main = plan.steps.span
    for index in main.indices { add(main[index], node: index) }
    let finallyStart = plan.steps.count + plan.phases.count + StepGraph.approvals(of: plan).count
    for (index, step) in plan.finally.enumerated() { add(step, node: finallyStart + index) }
    templateWrites = [:]
    writesOf = CompactLists(count: patterns.count, keys: writes.lazy.map(\.pattern))
    readsOf = CompactLists(count: patterns.count, keys: reads.lazy.map(\.pattern))
    var search = OverlapSearch(patterns: patterns, isWritten: writesOf, overlap: overlap)
    search.run()
    overlaps = search.found
    isTooDense = search.gaveUp
  }

  /// The index of a literal path's pattern, if some step names it.
  func pattern(of path: String) -> Int? { ids[NormalizedPath.of(path)].map(Int.init) }

  private mutating func add(_ step: borrowing Step, node: Int) {
    let node = Int32(truncatingIfNeeded: node)
    if let call = step.closes { closers[node] = call }
    if let expansion = step.group?.expansion {
      for var use in templateWrites.removeValue(forKey: expansion) ?? [] {
        use.node = node
        writes.append(use)
      }
      return
    }
    let start = writes.count
    isTemplate = step.expansion != nil
    defer {
      if isTemplate {
        templateWrites[step.id.value] = Array(writes[start...])
        writes.removeSubrange(start...)
        isTemplate = false
      }
    }
    for path in step.outputs {
      if path.isNegated { negatedWrites[node, default: []].append(negation(path)) } else { write(path, node, .file) }
    }
    let namesFiles = step.traits.contains(.files)
    if namesFiles { addWrites(of: step.action, node) }
    for path in step.inputs {
      if path.isNegated { negatedReads[node, default: []].append(negation(path)) } else { read(path, node, .file) }
    }
    guard namesFiles else { return }
    if let source = step.action.sourcePath { read(source, node, .file) }
    if case .agent(let agent) = step.action {
      for path in agent.context where !path.isNegated { read(path, node, .file) }
    }
  }

  private mutating func addWrites(of action: Action, _ node: Int32) {
    if let target = action.targetPath { write(target, node, action.makesTarget ? .file : .changed) }
    if let database = action.writtenDatabase { write(database, node, .database) }
    if case .agent(let agent) = action, let copy = agent.promptTo { write(copy, node, .file) }
  }

  private func negation(_ path: PathPattern) -> Negation {
    Negation(pattern: PathPattern(NormalizedPath.of(path.text), path.range), range: path.range)
  }

  private mutating func write(_ path: PathPattern, _ node: Int32, _ origin: FileUse.Origin) {
    if isTemplate, path.isOpen { return }
    writes.append(FileUse(node: node, pattern: intern(path), origin: origin, range: path.range))
  }

  private mutating func read(_ path: PathPattern, _ node: Int32, _ origin: FileUse.Origin) {
    if isTemplate, path.isOpen { return }
    reads.append(FileUse(node: node, pattern: intern(path), origin: origin, range: path.range))
  }

  private mutating func intern(_ path: PathPattern) -> Int32 {
    let text = NormalizedPath.of(path.text)
    if let id = ids[text] { return id }
    let id = Int32(truncatingIfNeeded: patterns.count)
    ids[text] = id
    patterns.append(PathPattern(text, path.range))
    return id
  }

  /// Whether a step that lists `use` has taken `path` away again with a later `!pattern`.
  func isTakenAway(_ path: Int32, from use: FileUse, by negations: [Int32: [Negation]]) -> Bool {
    if negations.isEmpty { return false }
    guard use.origin == .file, let list = negations[use.node] else { return false }
    let path = patterns[Int(path)]
    return list.contains { negation in
      guard use.range < negation.range || use.range == negation.range else { return false }
      return negation.pattern.text == path.text || (path.isLiteral && overlap(negation.pattern, path))
    }
  }
}

extension Action {
  /// Whether a reader of the target must wait for the action: `edit` and `absent` do not bring a file about.
  fileprivate var makesTarget: Bool {
    guard case .file(let file) = self else { return false }
    switch file.content {
    case .text, .source, .directory, .link: return true
    case .absent, .unchanged: return false
    }
  }
}
