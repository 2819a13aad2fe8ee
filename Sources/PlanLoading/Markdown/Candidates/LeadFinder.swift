internal import Markdown
internal import PlanDocument
internal import SourceText

/// Finds what stands above blocks of code.
struct LeadFinder {
  private let plan: MarkdownPlan
  /// By block: the block before it in the same parent; -1 for the first.
  private let previous: [Int]
  private var markdown: MarkdownDocument { plan.markdown }

  /// A longer paragraph is no title of a step.
  private static let longest = 600

  init(_ plan: MarkdownPlan) {
    self.plan = plan
    var previous = [Int](repeating: -1, count: plan.markdown.blocks.count)
    var last = previous
    for (index, block) in plan.markdown.blocks.enumerated().dropFirst() {
      previous[index] = last[block.parent]
      last[block.parent] = index
    }
    self.previous = previous
  }

  func lead(of block: CodeBlock) -> Lead {
    var lead = Lead()
    var before = previous[block.block]
    if before >= 0, let path = folder(before) {
      lead.folder = (before, path)
      before = previous[before]
    }
    guard before >= 0 else { return lead }
    switch markdown.blocks[before].kind {
    case .paragraph:
      let length = markdown.blocks[before].range.upperBound - markdown.blocks[before].range.lowerBound
      // Above a folder stands a sentence for it, or the end of what came before.
      let isTitle = lead.folder == nil || [":", "："].contains { text(of: before).hasSuffix($0) }
      if length <= LeadFinder.longest, isTitle { lead.paragraph = before }
    case .list(.some) where markdown.blocks[block.block].parent == 0 && block.isFenced && lead.folder == nil:
      lead.item = announcing(before)
    default: break
    }
    return lead
  }

  /// The words of a lead, on one line.
  func text(_ lead: Lead) -> String {
    (lead.paragraph ?? lead.item.map { $0 + 1 }).map { text(of: $0) } ?? ""
  }

  private func text(of paragraph: Int) -> String {
    markdown.lines(of: paragraph).map { plan.source.text($0) }.joined(separator: " ")
  }

  /// The last item of a list when it is one paragraph that ends in a colon.
  private func announcing(_ list: Int) -> Int? {
    var last: Int?
    for item in markdown.children(of: list) { last = item }
    guard let item = last, markdown.blocks[item].next == item + 2, markdown.blocks[item + 1].kind == .paragraph,
      text(of: item + 1).hasSuffix(":")
    else { return nil }
    return item
  }

  /// The folder that a paragraph names and nothing else: `cwd: api`, ``Working directory: `api`.``
  private func folder(_ paragraph: Int) -> String? {
    guard markdown.blocks[paragraph].kind == .paragraph, markdown.lines(of: paragraph).count == 1 else { return nil }
    let text = text(of: paragraph)
    guard let sign = text.firstIndex(where: { $0 == ":" || $0 == "：" }) else { return nil }
    let label = text[..<sign].lowercased().filter { $0 != "*" && $0 != "_" }
    let labels = ["cwd", "working directory", "working dir", "workdir", "directory", "工作目录", "作業ディレクトリ", "작업 디렉터리"]
    guard labels.contains(label) else { return nil }
    var path = text[text.index(after: sign)...].filter { $0 != "`" && $0 != "*" }.drop { $0 == " " }
    while let last = path.last, last == " " || (last == "." && path.count > 1) || (last == "/" && path.count > 1) {
      path.removeLast()
    }
    let words = path.lowercased().filter { $0.isLetter }
    let isRoot = ["reporoot", "repositoryroot", "therepositoryroot", "projectroot", "root", "therootoftherepository"]
    if isRoot.contains(words) { return "." }
    let isPlain = !path.isEmpty && !path.contains { " <>*\"'$|&;".contains($0) }
    return isPlain ? String(path) : nil
  }
}
