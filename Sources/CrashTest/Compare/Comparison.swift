/// Compares trees as a test does: without what is ignored, and without what differs between two uninterrupted runs.
struct Comparison {
  private let ignored: PathSet
  private let unstable: [TreePath: TreeDifference.Kind]

  init(setting: TrialSetting, unstable: [TreeDifference] = []) {
    ignored = PathSet(setting.ignored)
    self.unstable = Dictionary(unstable.map { ($0.path, $0.kind) }, uniquingKeysWith: { first, _ in first })
  }

  func differences(_ first: TreeImage, _ second: TreeImage) -> [TreeDifference] {
    TreeDifference.all(first, second).compactMap { difference in
      if ignored.covers(difference.path.text) { return nil }
      guard let kind = known(difference.path) else { return difference }
      // A column that holds the time says nothing of the others.
      guard case .database(let places) = kind, case .database(let seen) = difference.kind,
        places.allSatisfy({ if case .column = $0 { true } else { false } })
      else { return nil }
      let left = seen.filter { !places.contains($0) }
      if left.isEmpty { return nil }
      var rest = difference
      rest.kind = .database(left)
      return rest
    }
  }

  /// What differs anyway at a path or at a folder that it lies in.
  private func known(_ path: TreePath) -> TreeDifference.Kind? {
    var place: TreePath? = path
    while let name = place {
      if let kind = unstable[name] { return kind }
      place = name.parent
    }
    return nil
  }
}
