internal import Diagnostics
internal import Markdown
internal import PlanDocument
internal import SourceText

extension DeclaredPlanReader {
  mutating func missHeading(_ text: ProseText, _ word: Range<Int>) {
    let name = text.text(word)
    let range = text.range(word)
    nearMisses.append(
      Diagnostic(
        .nearMissStep, range, "\"\(name)\" stands without backticks, so the heading is no step",
        notes: ["write \"Step `\(name)`:\""],
        fix: FixIt("put the id in backticks", [.init(range, with: "`\(name)`")])))
  }

  /// An item of a numbered list that holds a script and no id.
  mutating func missItem(_ item: Int, _ children: [Int], _ text: ProseText) {
    let holdsScript = children.contains { child in
      guard case .code(let code) = markdown.blocks[child].kind else { return false }
      let info = FenceInfo(source, code.info)
      return !info.isMarked && info.language != "yaml" && ScriptLanguage(info.language) != nil
    }
    guard holdsScript else { return }
    nearMisses.append(
      Diagnostic(
        .nearMissStep, text.range(0..<min(1, text.bytes.count)), "the item holds a block and no id, so it is not run",
        notes: ["begin it with an id in backticks and a colon", "mark a block that isn't to be run as ```text"]))
  }
}
