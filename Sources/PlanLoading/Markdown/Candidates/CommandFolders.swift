internal import Markdown
internal import PlanDocument
internal import SourceText

/// In which folder the commands of a prose plan run: said in prose, or by a `cd` to a folder of the author's machine.
struct CommandFolders {
  /// What is done to a script whose first line enters a folder of another machine.
  enum Entering {
    /// It does not.
    case none
    /// The line says the root of the repository, and is left out.
    case root(note: String)
    /// The line enters a folder below it.
    case below(command: String, note: String)
  }

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

  /// What the first line of a script does, as far as folders of another machine are concerned.
  func entering(_ block: CodeBlock) -> Entering {
    guard let first = block.lines.first, let root = foreignRoot,
      let folder = CommandFolders.entered(source.text(first)), folder == root || folder.hasPrefix(root + "/")
    else { return .none }
    let note = "\"cd \(folder)\": there is no such folder here; \"\(root)\" is taken for the root of the repository"
    if folder == root { return .root(note: note) }
    return .below(command: "cd \(folder.dropFirst(root.utf8.count + 1))", note: note)
  }

  /// The folder that the text above a block names in backticks: ``From `apps/api`, run:``.
  func folder(named lead: String) -> String? {
    guard let files else { return nil }
    let lower = lead.lowercased()
    let words = [
      "from `", "in `", "inside `", "within `", "(working directory: `", "(working directory `", "(cwd: `", "(cwd `",
      "working directory is `",
    ]
    // Outside of brackets it is an attribute already.
    if lower.contains("working directory: `"), !lower.contains("(working directory: `") { return nil }
    for words in words {
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
    let text = line.drop { $0 == " " || $0 == "\t" }
    let prompt = ShellPrompt(String(text))
    let words = ShellWords.commands(String(text.utf8.dropFirst(prompt?.length ?? 0)) ?? "")
    guard words.count == 1, words[0].count == 2, words[0][0].text == "cd" else { return nil }
    var folder = words[0][1].text
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    return folder
  }

  private static func isAbsolute(_ path: String) -> Bool {
    path.hasPrefix("/") || path.hasPrefix("~/") || (path.dropFirst().hasPrefix(":\\") && path.count > 3)
  }
}
