/// Finds out which sections belong together.
struct PartReader {
  private let sections: [Section]

  /// Sections with the same section around them.
  private struct Group {
    var heading: Int?
    var sections: [Int] = []
    var kinds: Set<SectionKind> = []
    var living: Int { kinds.intersection(SectionKind.living).count }
    var isPlan: Bool { living >= 3 }
    /// Whether one of the twelve is around it.
    var isInside = false
  }

  init(_ sections: [Section]) {
    self.sections = sections
  }

  /// The first is the plan's own, empty if the file has no sections; the others follow in the order of the text.
  func read() -> [PlanPart] {
    var groups = groups()
    guard let own = main(of: groups) else { return [PlanPart(heading: nil, sections: [], isPlan: false)] }
    let repeated = repeatedKinds(groups, own)
    var left: [Int] = []
    for index in groups.indices where index != own && !groups[index].isInside {
      let isPart = groups[index].isPlan || groups[index].kinds.contains { repeated.contains($0) }
      if isPart {
        left.append(index)
      } else {
        // A section one level deeper than the others, below a heading that is none of the twelve.
        groups[own].sections += groups[index].sections
        groups[own].kinds.formUnion(groups[index].kinds)
        if level(groups[index].heading) < level(groups[own].heading) { groups[own].heading = groups[index].heading }
      }
    }
    left += groups.indices.filter { groups[$0].isInside && groups[$0].kinds.count > 1 }
    groups[own].sections.sort()
    return [part(groups[own])]
      + left.map { part(groups[$0]) }.sorted { $0.sections[0] < $1.sections[0] }
  }

  private func level(_ heading: Int?) -> Int { heading.map { sections[$0].level } ?? 0 }

  private func part(_ group: Group) -> PlanPart {
    PlanPart(heading: group.heading, sections: group.sections, isPlan: group.isPlan)
  }

  private func groups() -> [Group] {
    var groups: [Group] = []
    var places: [Int?: Int] = [:]
    var isInside = [Bool](repeating: false, count: sections.count)
    for (index, section) in sections.enumerated() {
      if let parent = section.parent { isInside[index] = isInside[parent] || sections[parent].kind != .other }
      guard section.kind != .other else { continue }
      let place = places[section.parent] ?? groups.count
      if place == groups.count {
        places[section.parent] = place
        groups.append(Group(heading: section.parent, isInside: isInside[index]))
      }
      groups[place].sections.append(index)
      groups[place].kinds.insert(section.kind)
    }
    return groups
  }

  /// The group with the most living sections, then the most sections; of equal ones the first.
  private func main(of groups: [Group]) -> Int? {
    if let plan = groups.firstIndex(where: { $0.isPlan && !$0.isInside }) { return plan }
    return groups.indices.filter { !groups[$0].isInside }.max { a, b in
      (groups[a].living, groups[a].kinds.count, -a) < (groups[b].living, groups[b].kinds.count, -b)
    }
  }

  /// The kinds that stand in the main group, or in two others.
  private func repeatedKinds(_ groups: [Group], _ own: Int) -> Set<SectionKind> {
    var repeated = groups[own].kinds
    var seen: Set<SectionKind> = []
    for index in groups.indices where index != own && !groups[index].isInside {
      repeated.formUnion(seen.intersection(groups[index].kinds))
      seen.formUnion(groups[index].kinds)
    }
    return repeated
  }
}
