internal import Diagnostics
internal import Markdown
internal import PlanDocument
internal import SourceText

/// In which folder the commands of a prose plan run: said in prose, or by a `cd` to a folder of the author's machine.
struct CommandFolders {
  private let plan: MarkdownPlan
  private let files: (any FileQuestions)?
  /// The folder that stands for the root of the repository on another machine.
  private let foreignRoot: String?
  private var source: SourceFile { plan.source }

  init(_ plan: MarkdownPlan, _ candidates: [Candidate], _ files: (any FileQuestions)?) {
    self.plan = plan
    self.files = files
    let folders = candidates.filter { $0.verdict == .commands }.compactMap { candidate in
      candidate.block.lines.first.flatMap { CommandFolders.entered(plan.source.text($0)) }
    }
    foreignRoot = folders.filter { CommandFolders.isAbsolute($0) && files?.exists($0) != true }
      .min { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
  }

  /// The lines of a script that stay, with what is done to its first line when that enters a folder of another machine.
  func script(_ block: CodeBlock) -> (
    lines: ArraySlice<SourceRange>, removed: [FixIt.Replacement], notes: [String], isEmpty: Bool
  ) {
    guard let first = block.lines.first, let root = foreignRoot,
      let folder = CommandFolders.entered(source.text(first)),
      folder == root || folder.hasPrefix(root + "/")
    else { return (block.lines[...], [], [], false) }
    let note = "\"cd \(folder)\": there is no such folder here; \"\(root)\" is taken for the root of the repository"
    if folder != root {
      let rest = String(folder.dropFirst(root.count + 1))
      return (block.lines[...], [.init(first, with: "cd \(rest)")], [note], false)
    }
    let line = source.lineIndex(of: first.lowerBound)
    let end = line + 1 < source.lineStarts.count ? Int(source.lineStarts[line + 1]) : source.bytes.count
    let whole = SourceRange(start: source.lineRange(line).lowerBound, end: end)
    let rest = block.lines.dropFirst()
    let isEmpty = rest.allSatisfy { $0.isEmpty }
    return (rest, [.init(whole, with: "")], [note], isEmpty)
  }

  /// The folder that the text above a block names in backticks: ``From `apps/api`, run:``.
  func folder(of block: CodeBlock, lead: String) -> String? {
    guard let files, !lead.lowercased().contains("working directory:") else { return nil }
    let lower = lead.lowercased()
    for words in ["from `", "in `", "inside `", "within `"] {
      guard let start = lower.firstRange(of: words) else { continue }
      let offset = lower.distance(from: lower.startIndex, to: start.upperBound)
      let path = lead.dropFirst(offset).prefix { $0 != "`" }
      var folder = String(path)
      while folder.hasSuffix("/") { folder.removeLast() }
      let isPlain = !folder.isEmpty && folder != "." && !folder.hasPrefix("/") && !folder.contains(" ")
      if isPlain, folder.contains("/") || path.hasSuffix("/") || !folder.contains("."), files.exists(folder) {
        return folder
      }
    }
    return nil
  }

  /// The folder of a line `cd X`.
  private static func entered(_ line: String) -> String? {
    let words = line.split(separator: " ")
    guard words.count == 2, words[0] == "cd" else { return nil }
    var folder = words[1].filter { $0 != "\"" && $0 != "'" }
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    return folder
  }

  private static func isAbsolute(_ path: String) -> Bool {
    path.hasPrefix("/") || path.hasPrefix("~/") || (path.dropFirst().hasPrefix(":\\") && path.count > 3)
  }
}
