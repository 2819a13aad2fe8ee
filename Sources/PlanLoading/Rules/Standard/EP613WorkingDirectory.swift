internal import Diagnostics
internal import Markdown
internal import PlanDocument
internal import SourceText

extension Rule {
  static let workingDirectory = Rule(
    "EP613", "working-directory", .info,
    summary: "commands without a word about where to run them",
    explanation: """
      A command does different things in different folders. Say it before the commands: "From the repository root:", \
      "Working directory: services/load", or begin the block with cd. Under the standard codex it is a warning.
      """,
    bad: StandardExample.plan(end: "\n## Concrete Steps\n\nRun the loader:\n\n    make load\n"),
    good: StandardExample.plan(
      end: "\n## Concrete Steps\n\nFrom the repository root, run the loader:\n\n    make load\n"))
}

/// EP613.
enum WorkingDirectoryRule {
  private static let phrases = PhraseSearch([
    "working dir", "workdir", "cwd", "repository root", "repo root", "root of the rep", "root of this rep",
    "root of the project", "project root", "workspace root", "root directory", "root folder", "repo's root",
    "repository's root", "top-level directory", "top of the rep", "from the root", "at the root",
    "repository directory",
    "project directory", "in the repository", "from the repository", "from repo", "in the repo ", "from the repo",
    "cd ", "set-location", "git -c ", "pushd ", "--prefix", "仓库根", "根目录", "工作目录", "目录下", "作業ディレクトリ", "ルート", "루트",
    "작업 디렉", "raíz", "arbeitsverzeichnis",
  ])
  /// What names a folder in the words before a block.
  private static let near = PhraseSearch(["from `", "in `", "inside `", "under `", "run from ", "from /", "in /"])

  static func check(_ subject: StandardSubject, _ collector: inout DiagnosticCollector) {
    let plan = subject.plan
    for section in plan.sections where section.kind == .steps {
      guard let first = section.body.first(where: { isCommands($0, plan) }) else { continue }
      let source = plan.source
      let last = plan.markdown.blocks[section.body.upperBound - 1].range.upperBound
      let range = SourceRange(start: section.heading.range.upperBound, end: last)
      if near.contains(in: source.bytes, range) { return }
      // Many plans say it once, above all steps.
      if phrases.contains(in: source.bytes, SourceRange(start: 0, end: source.bytes.count)) { return }
      let block = plan.markdown.lines(of: first).first ?? plan.markdown.blocks[first].range
      collector.report(
        .workingDirectory, block, "nothing says in which folder these commands run",
        severity: subject.severity(.info, codex: .warning),
        notes: ["say it before the first block, such as \"From the repository root:\""])
      return
    }
  }

  /// Whether a block of code is one of a shell, as far as its language says.
  private static func isCommands(_ index: Int, _ plan: MarkdownPlan) -> Bool {
    guard case .code(let code) = plan.markdown.blocks[index].kind, !plan.markdown.lines(of: index).isEmpty else {
      return false
    }
    guard let info = code.info else { return true }
    let language = plan.source.text(info).prefix { $0 != " " && $0 != "," && $0 != "{" }.lowercased()
    return ["", "sh", "bash", "shell", "zsh", "console", "powershell", "pwsh", "ps1", "cmd"].contains(language)
  }
}
