internal import Markdown
package import PlanDocument
internal import SourceText
internal import YAML

/// A block of code in Concrete Steps that no step declares.
package struct Candidate: Sendable {
  package let block: CodeBlock
  package let verdict: CandidateVerdict

  /// The candidates of a markdown plan in the order of the text; none of other plans.
  package static func all(of document: PlanDocument) -> [Candidate] {
    guard let plan = document.markdown else { return [] }
    let declared = taken(MarkdownPlanTree(document, plan).declared)
    let classifier = CommandClassifier(source: document.source)
    var next = 0
    var found: [Candidate] = []
    for block in plan.codeBlocks where block.kind == .steps {
      while next < declared.count, declared[next].upperBound <= block.range.lowerBound { next += 1 }
      if next < declared.count, declared[next].lowerBound < block.range.upperBound { continue }
      found.append(Candidate(block: block, verdict: classifier.verdict(block)))
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
