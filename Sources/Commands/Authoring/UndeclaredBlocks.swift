internal import Markdown
internal import PlanDocument
internal import PlanModel
internal import SourceText

/// The blocks of code of the concrete steps that no step of the plan declares.
enum UndeclaredBlocks {
  struct Block {
    var range: SourceRange
    /// The first word behind the fence.
    var language: String?
  }

  static func of(_ markdown: MarkdownPlan, _ plan: Plan) -> [Block] {
    var declared: [SourceRange] = []
    plan.eachStep { step in declared.append(step.actionRange) }
    declared.sort()
    let document = markdown.markdown
    var found: [Block] = []
    var next = 0
    for (index, block) in document.blocks.enumerated() {
      guard case .code(let code) = block.kind, markdown.kind(holding: index) == .steps else { continue }
      while next < declared.count, declared[next].upperBound <= block.range.lowerBound { next += 1 }
      if next < declared.count, declared[next].lowerBound < block.range.upperBound { continue }
      let language = code.info.map { document.source.text($0) }?.split { $0 == " " || $0 == "{" || $0 == "," }.first
      found.append(Block(range: block.range, language: language.map(String.init)))
    }
    return found
  }
}
