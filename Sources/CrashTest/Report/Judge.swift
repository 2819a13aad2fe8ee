internal import PlanModel

/// Names the defects that differences show.
struct Judge {
  let setting: TrialSetting
  let baseline: Baseline

  // MARK: Without a kill

  /// What two uninterrupted runs and what each step writes show.
  func uninterrupted() -> [Defect] {
    var defects = baseline.unstable.filter { !$0.isOfColumns }.map { difference in
      Defect.unstable(baseline.maker(of: difference.path, in: baseline.first) ?? "", difference)
    }
    let declared = PathSet(setting.steps.flatMap(\.written) + baseline.first.works.flatMap { step($0)?.written ?? [] })
    let ignored = PathSet(setting.ignored)
    for work in baseline.first.works {
      guard let step = step(work) else { continue }
      if step.runsProgram, !step.outputs.isEmpty {
        let paths = work.changes.filter { path in
          guard let item = work.end[path], item.kind != .folder else { return false }
          return !declared.covers(path.text) && !ignored.covers(path.text)
        }
        if !paths.isEmpty { defects.append(.undeclared(work.step, paths.map(\.description))) }
      }
      let made = work.changes.filter { work.end[$0].map { $0.kind != .folder } ?? false }
      defects += work.missingGuards.map { .guardNeverHolds(work.step, $0, made.map(\.description)) }
    }
    return defects
  }

  /// What a second apply over the first shows.
  func again(_ run: Baseline.Run) -> [Defect] {
    let comparison = Comparison(setting: setting, unstable: baseline.unstable)
    return comparison.differences(baseline.first.image, run.image).map { difference in
      let step =
        baseline.maker(of: difference.path, in: run) ?? baseline.maker(of: difference.path, in: baseline.first) ?? ""
      return appends(difference, in: baseline.firstCopy)
        ? .append(step, nil, difference) : .notRepeatable(step, difference)
    }
  }

  // MARK: After a kill

  /// - Parameter copy: where the trial's files still are.
  func killed(
    _ step: String, _ moment: KillMoment, _ differences: [TreeDifference], _ kill: Trial.Kill?,
    in copy: ProjectCopies.Copy
  ) -> [Defect] {
    differences.map { difference in
      let path = difference.path
      if difference.kind == .extra {
        let wasThere = kill.map { $0.before[path] == nil && $0.after[path] != nil } ?? false
        return wasThere ? .leftBehind(step, moment, path.description) : .differs(step, moment, difference)
      }
      if appends(difference, in: copy) { return .append(step, moment, difference) }
      if let kill, difference.kind == .content, let then = kill.after[path], then != kill.before[path],
        then == TreeItem(path, in: copy.root)
      {
        return .halfWritten(step, moment, path.description, "was taken for done")
      }
      return .differs(step, moment, difference)
    }
  }

  /// What the moment of a kill itself shows of a step whose guard holds then, or whose end is left to a person.
  func seen(_ kill: Trial.Kill, _ moment: KillMoment, asks: Bool) -> [Defect] {
    guard moment == .during, let step = setting.step(kill.step), let work = baseline.work(of: kill.step) else {
      return []
    }
    let ignored = PathSet(setting.ignored)
    let made = work.changes.filter { path in
      guard let item = work.end[path] else { return false }
      return item.kind != .folder && !ignored.covers(path.text)
    }
    let half = made.filter { path in
      guard let now = kill.after[path], let end = work.end[path] else { return false }
      // Of databases the size says nothing.
      if case .database? = baseline.first.image.entries[path] { return false }
      return now != kill.before[path] && now.kind == .file && now.size < end.size
    }
    let holds = step.verifies ? nil : kill.holding
    if let path = half.first(where: { path in holds.map { PathSet([$0]).covers(path.text) } ?? false }) ?? half.first,
      holds != nil || asks
    {
      let effect = holds != nil ? "`creates` holds for it" : "a person is asked whether the step is done"
      return [.halfWritten(kill.step, moment, path.description, effect)]
    }
    guard let holds else { return [] }
    let missing = made.filter { kill.after[$0] == nil }
    return missing.isEmpty ? [] : [.guardHoldsEarly(kill.step, moment, holds.text, missing.map(\.description))]
  }

  // MARK: Contents

  /// Whether something begins, or a table is, as it should be, and more comes after it.
  private func appends(_ difference: TreeDifference, in copy: ProjectCopies.Copy) -> Bool {
    switch difference.kind {
    case .content:
      guard let should = SmallFile.read(at: difference.path.place(in: baseline.reference.root), limit: 1 << 20),
        let found = SmallFile.read(at: difference.path.place(in: copy.root), limit: 4 << 20), found.count > should.count
      else { return false }
      // Behind what was there whole, or behind the beginning that the kill left.
      return !should.isEmpty && (found.starts(with: should) || found.reversed().starts(with: should.reversed()))
    case .database(let places):
      return places.contains { place in
        if case .rows(_, let first, let second) = place { second > first } else { false }
      }
    case .extra, .missing, .mode, .type, .link, .unreadable: return false
    }
  }

  private func step(_ work: Baseline.Work) -> TestedStep? { setting.step(work.step) }
}
