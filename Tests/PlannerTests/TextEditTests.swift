internal import PlanModel
internal import Planner
internal import Testing

struct TextEditTests {
  private func text(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

  @Test(arguments: [
    ("", true, "x\n"), ("a\n", true, "a\nx\n"), ("a", true, "a\nx\n"), ("x\n", true, nil), ("a\nx", true, nil),
    ("a\r\n", true, "a\r\nx\r\n"), ("a\r\nx\r\n", true, nil), ("a\r\nb", true, "a\r\nb\r\nx\r\n"),
    (" x\n", true, " x\nx\n"),
    ("x\n", false, ""), ("a\nx\nb\nx\n", false, "a\nb\n"), ("a\r\nx\r\nb", false, "a\r\nb"), ("a\n", false, nil),
    ("x", false, ""), ("\n", true, "\nx\n"), ("\r\n", true, "\r\nx\r\n"),
  ])
  func linesAreKeptAsTheyAre(_ before: String, _ isPresent: Bool, _ after: String?) {
    #expect(text(TextEdit.line("x", isPresent: isPresent, in: Array(before.utf8))) == after)
  }

  @Test(arguments: [
    ("", "b\n", "# BEGIN m\nb\n# END m\n"), ("a", "b", "a\n# BEGIN m\nb\n# END m\n"),
    ("a\r\n", "b\nc\n", "a\r\n# BEGIN m\r\nb\r\nc\r\n# END m\r\n"),
    ("x\n# BEGIN m\nold\n# END m\ny\n", "b", "x\n# BEGIN m\nb\n# END m\ny\n"),
    ("# BEGIN m\nb\n# END m\n", "b", nil), ("# BEGIN m\nb\n# END m", "b", "# BEGIN m\nb\n# END m\n"),
    ("x\n# BEGIN m\nold\n# END m\ny", nil, "x\ny"), ("x\n", nil, nil), ("# BEGIN m\n# END m\n", "", nil),
  ])
  func blocksAreReplacedInPlace(_ before: String, _ body: String?, _ after: String?) throws {
    let edited = try TextEdit.block("m", comment: "#", body: body, in: Array(before.utf8))
    #expect(text(edited) == after)
    // A second edit has nothing to do.
    if let edited { #expect(try TextEdit.block("m", comment: "#", body: body, in: edited) == nil) }
  }

  @Test(arguments: [
    "# BEGIN m\n", "# END m\n", "# END m\n# BEGIN m\n", "# BEGIN m\n# BEGIN m\n# END m\n# END m\n",
  ])
  func marksThatAreNoPairAreRefused(_ text: String) {
    #expect(throws: EvaluationError.self) {
      try TextEdit.block("m", comment: "#", body: "b", in: Array(text.utf8))
    }
  }

  // MARK: What a file or edit action wants

  private func desired(_ action: String, _ files: MemoryProbe) throws -> DesiredFile {
    let planned = try PlanBench.plan("steps:\n  - {id: a, \(action)}\n")
    return try DesiredFile.of(
      planned.nodes[0].step.action, scope: RunScope(statics: planned.statics, files: files), files: files)
  }

  @Test(arguments: [
    ("file: {path: f, content: c}", "\"f\" is not there"), ("file: {path: same, content: c}", nil),
    ("file: {path: other, content: c}", "the content of \"other\" differs"),
    ("file: {path: same, content: c, mode: \"0600\"}", "the mode of \"same\" is 0644, not 0600"),
    ("file: {path: dir, content: c}", "\"dir\" is a folder"), ("file: {path: dir, directory: true}", nil),
    ("file: {path: same, directory: true}", "\"same\" is not a folder"),
    ("file: {path: gone, absent: true}", nil), ("file: {path: same, absent: true}", "\"same\" is there"),
    ("file: {path: link, link: target}", nil),
    ("file: {path: link, link: elsewhere}", "\"link\" does not link to \"elsewhere\""),
    ("file: {path: copy, source: same}", "\"copy\" is not there"), ("file: {path: same2, source: same}", nil),
    ("edit: {path: same, line: c}", nil), ("edit: {path: same, line: d}", "the line \"d\" is missing"),
    ("edit: {path: same, line: c, ensure: absent}", "the line \"c\" is there"),
    ("edit: {path: conf, replace: {pattern: \"^port = .*$\", with: \"port = 81\"}}", "is to be replaced"),
    ("edit: {path: conf, replace: {pattern: \"^port = .*$\", with: \"port = 80\"}}", nil),
  ])
  func whatDiffersIsNamed(_ action: String, _ difference: String?) throws {
    let files = MemoryProbe(["same": "c", "same2": "c", "other": "d", "conf": "a = 1\nport = 80\n"])
    files["dir"] = .directory
    files["link"] = .link("target")
    let found = try desired(action, files).difference
    if let difference {
      #expect(found?.contains(difference) == true, "\(found ?? "nothing")")
    } else {
      #expect(found == nil)
    }
  }

  @Test func aReplacementThatMatchesItsOwnResultIsRefused() {
    let files = MemoryProbe(["f": "a\n"])
    #expect(throws: EvaluationError.self) {
      try desired("edit: {path: f, replace: {pattern: a, with: aa}}", files)
    }
  }

  @Test func replacementsKeepTheLineEndings() throws {
    let files = MemoryProbe(["f": "a\r\nport = 80\r\nb\r\n"])
    let found = try desired("edit: {path: f, replace: {pattern: \"port = [0-9]+\", with: \"port = 81\"}}", files)
    #expect(found.kind == .content(Array("a\r\nport = 81\r\nb\r\n".utf8)))
  }
}
