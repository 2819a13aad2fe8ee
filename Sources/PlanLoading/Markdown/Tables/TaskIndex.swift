/// Finds the tasks that a name means: one task, or all tasks of a phase or below a number.
struct TaskIndex {
  enum Target: Equatable {
    case task(Int)
    case group([Int])
  }

  struct Group {
    var names: [TaskName]
    /// Its tasks, in the order of the text.
    var tasks: [Int]
  }

  private let lists: [Int]
  private let groups: [Group]
  private var byFolded: [String: [Int]] = [:]
  /// By prefix and number.
  private var byNumber: [String: [Int]] = [:]
  /// By prefix and the beginning of a number: `P2` for `P2.1` and `P2.2`.
  private var byParent: [String: [Int]] = [:]
  private var byBareNumber: [String: [Int]] = [:]
  private var groupsByFolded: [String: Int] = [:]
  private var groupsByNumber: [String: Int] = [:]
  private(set) var prefixes: Set<String> = []

  init(_ drafts: [TaskDraft], _ groups: [Group]) {
    lists = drafts.map(\.list)
    self.groups = groups
    for (index, draft) in drafts.enumerated() {
      for name in draft.names {
        byFolded[name.folded, default: []].append(index)
        guard let number = name.number else { continue }
        byNumber[name.prefix + "#" + number, default: []].append(index)
        byBareNumber[number, default: []].append(index)
        for (place, character) in zip(number.indices, number).prefix(12) where character == "." {
          byParent[name.prefix + "#" + number[..<place], default: []].append(index)
        }
        prefixes.insert(name.prefix)
      }
    }
    for (index, group) in groups.enumerated() {
      for name in group.names {
        if groupsByFolded[name.folded] == nil { groupsByFolded[name.folded] = index }
        if let number = name.number, groupsByNumber[name.prefix + "#" + number] == nil {
          groupsByNumber[name.prefix + "#" + number] = index
        }
      }
    }
  }

  /// What a name means in a row: the task of that name in the same list, else in the nearest list above.
  func find(_ name: TaskName, from row: Int) -> Target? {
    if name.folded.isEmpty { return nil }
    if let task = nearest(byFolded[name.folded], row) { return .task(task) }
    guard let number = name.number else { return group(groupsByFolded[name.folded]) }
    let key = name.prefix + "#" + number
    if let task = nearest(byNumber[key], row) { return .task(task) }
    if let group = group(groupsByNumber[key] ?? groupsByFolded[name.folded]) { return group }
    if name.hasGenericPrefix, let task = nearest(byBareNumber[number], row) { return .task(task) }
    // `P1` where the phases are called `Phase 1`.
    if name.prefix == "p", let group = group(groupsByNumber["phase#" + number]) { return group }
    // `EP-60` where the column of ids says `60`.
    if name.looksLikeID, name.prefix.count <= 4, let task = nearest(byNumber["#" + number], row) { return .task(task) }
    return byParent[key].map { .group($0) }
  }

  private func group(_ index: Int?) -> Target? {
    guard let index, !groups[index].tasks.isEmpty else { return nil }
    return .group(groups[index].tasks)
  }

  private func nearest(_ candidates: [Int]?, _ row: Int) -> Int? {
    guard let candidates, let first = candidates.first else { return nil }
    if candidates.count == 1 { return first }
    // Rows of one list stand together, so those of this list are next to where the row itself would be.
    var low = 0
    var high = candidates.count
    while low < high {
      let middle = (low + high) / 2
      if candidates[middle] < row { low = middle + 1 } else { high = middle }
    }
    for near in [low - 1, low] where candidates.indices.contains(near) && lists[candidates[near]] == lists[row] {
      return candidates[near]
    }
    return candidates[max(0, low - 1)]
  }
}
