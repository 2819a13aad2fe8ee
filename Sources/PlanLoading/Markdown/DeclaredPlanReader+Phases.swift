internal import Markdown
internal import PlanDocument
internal import SourceText

extension DeclaredPlanReader {
  mutating func findPhases() {
    var seen: [String: Int] = [:]
    phaseOfSection = Array(repeating: nil, count: plan.sections.count)
    for (index, section) in plan.sections.enumerated() {
      if let parent = section.parent { phaseOfSection[index] = phaseOfSection[parent] }
      guard section.level > 1, FirstWord.mayBe(PhaseHeading.words, in: source.bytes, section.heading.range),
        [.work, .steps, .other].contains(plan.kind(holding: section.block))
      else { continue }
      let text = ProseText(source, lines: markdown.lines(of: section.block))
      guard let label = PhaseHeading.read(text), !label.id.isEmpty else { continue }
      if let first = seen[label.id] {
        phaseOfSection[index] = first
      } else {
        seen[label.id] = declared.phases.count
        phaseOfSection[index] = declared.phases.count
        let range = section.heading.range
        declared.phases.append(
          DeclaredPhase(
            id: Located(label.id, label.span.map(text.range) ?? range),
            title: Located(text.plain(label.title), range), range: range))
      }
      if let phase = phaseOfSection[index] { readAttributes(of: phase, section) }
    }
  }

  /// The attributes in the paragraphs and bullets between the heading of a phase and the next heading.
  private mutating func readAttributes(of phase: Int, _ section: Section) {
    var block = section.body.lowerBound
    while block < section.body.upperBound {
      switch markdown.blocks[block].kind {
      case .heading: return
      case .paragraph: readAttributes(of: phase, block)
      case .list(start: nil):
        for item in markdown.children(of: block) {
          for child in markdown.children(of: item) {
            if case .paragraph = markdown.blocks[child].kind { readAttributes(of: phase, child) }
          }
        }
      default: break
      }
      block = markdown.blocks[block].next
    }
  }

  private mutating func readAttributes(of phase: Int, _ block: Int) {
    let lines = markdown.lines(of: block)
    guard AttributeReader.mayBegin(source.bytes, lines, names: .phase) else { return }
    let reader = AttributeReader(ProseText(source, lines: lines), names: .phase, onlyAttributes: true)
    guard reader.beginsWithAttribute else { return }
    // "Gate:" above a list of prose says nothing that is ours; "Needs: none" does.
    for attribute in reader.attributes
    where (!attribute.values.isEmpty || attribute.key == "needs")
      && !declared.phases[phase].attributes.contains(where: { $0.key == attribute.key })
    {
      declared.phases[phase].attributes.append(attribute)
    }
  }

  func phase(holding block: Int) -> Located<String>? {
    guard let section = plan.section(holding: block), let phase = phaseOfSection[section] else { return nil }
    return declared.phases[phase].id
  }
}
