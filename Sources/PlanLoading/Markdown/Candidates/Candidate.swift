internal import Markdown
package import PlanDocument
internal import SourceText
internal import YAML

/// A block of code in Concrete Steps that no step declares.
package struct Candidate: Sendable {
  package let block: CodeBlock
  package let verdict: CandidateVerdict
  /// What stands above the block and belongs to it.
  let lead: Lead

  /// The candidates of a markdown plan in the order of the text; none of other plans.
  package static func all(of document: PlanDocument) -> [Candidate] {
    guard let plan = document.markdown else { return [] }
    let declared = taken(MarkdownPlanTree(document, plan).declared)
    let classifier = CommandClassifier(source: document.source)
    let leads = LeadFinder(plan)
    var next = 0
    var found: [Candidate] = []
    for block in plan.codeBlocks where block.kind == .steps {
      while next < declared.count, declared[next].upperBound <= block.range.lowerBound { next += 1 }
      if next < declared.count, declared[next].lowerBound < block.range.upperBound { continue }
      let lead = leads.lead(of: block)
      let verdict = classifier.verdict(block, lead: LeadText(leads.text(lead)))
      found.append(Candidate(block: block, verdict: verdict, lead: lead))
    }
    return found
  }

  /// The places of the blocks that steps declare: their scripts and what they expect.
  private static func taken(_ plan: DeclaredPlan) -> [SourceRange] {
    var ranges = plan.roots.map(\.range)
    for step in plan.steps + plan.undos {
      if let block = step.block { ranges.append(block.range) }
      ranges += step.expectations.map(\.range)
    }
    return ranges.sorted()
  }
}
