internal import Diagnostics
internal import Reporting
internal import SourceText
internal import Testing

struct DiagnosticsTextTests {
  private static let text = "execplan: 1\ntittle: Demo\nsteps:\n\t- id: a\n"

  private func report(_ diagnostics: [Diagnostic], _ text: String = DiagnosticsTextTests.text) -> DiagnosticsReport {
    DiagnosticsReport([FileDiagnostics(file: SourceFile(path: "p.yaml", text: text), diagnostics: diagnostics)])
  }

  @Test func showsTheLineTheRangeNotesFixAndRelatedPlaces() {
    let text = DiagnosticsTextTests.text
    let range = Fixture.range(of: "tittle", in: text)
    let diagnostic = Diagnostic(
      Fixture.unknownKey, range, "unknown key \"tittle\"", notes: ["did you mean \"title\"?"],
      related: [.init("the plan begins here", Fixture.range(of: "execplan", in: text))],
      fix: FixIt("rename it to \"title\"", [.init(range, with: "title")]))
    #expect(
      String(report([diagnostic]).text(.plain)) == """
        p.yaml:2:1: error: unknown key "tittle" [EP201-unknown-key]
         2 | tittle: Demo
           | ^~~~~~
             note: did you mean "title"?
             help: rename it to "title" (--fix does it)
        p.yaml:1:1: note: the plan begins here
        1 error in 1 file

        """)
  }

  @Test func expandsTabsAndKeepsTheCaretUnderItsText() {
    let range = Fixture.range(of: "id", in: DiagnosticsTextTests.text)
    #expect(
      String(report([Diagnostic(Fixture.unknownKey, range, "x")]).text(.plain)).contains(
        " 4 |     - id: a\n   |       ^~\n"))
  }

  @Test func aRangeOverSeveralLinesIsShownByItsFirst() {
    let text = DiagnosticsTextTests.text
    let range = Fixture.range(of: "Demo\nsteps", in: text)
    #expect(
      String(report([Diagnostic(Fixture.unknownKey, range, "x")]).text(.plain)).contains(
        " 2 | tittle: Demo\n   |         ^~~~\n"))
  }

  @Test func wideCharactersMoveTheCaretByTheirWidth() {
    let text = "title: 日本語 bad\n"
    let range = Fixture.range(of: "bad", in: text)
    let shown = String(report([Diagnostic(Fixture.unknownKey, range, "x")], text).text(.plain))
    #expect(shown.contains("p.yaml:1:12: error"))
    #expect(shown.contains(" 1 | title: 日本語 bad\n   |               ^~~\n"))
  }

  @Test func aLongLineIsCutAroundTheCaret() throws {
    let text = String(repeating: "é", count: 5000) + "BAD" + String(repeating: "y", count: 500_000)
    let range = Fixture.range(of: "BAD", in: text)
    let shown = String(
      report([Diagnostic(Fixture.unknownKey, range, "x")], text).text(.plain, .init(width: 60)))
    let lines = shown.split(separator: "\n")
    let source = try #require(lines.dropFirst().first)
    let marker = try #require(lines.dropFirst(2).first)
    #expect(source.hasPrefix(" 1 | …é") && source.hasSuffix("y…"))
    #expect(source.count <= 60)
    let caret = try #require(marker.firstIndex(of: "^"))
    let offset = marker.distance(from: marker.startIndex, to: caret)
    #expect(Array(source)[offset..<offset + 3] == ["B", "A", "D"])
    #expect(marker.hasSuffix(" ^~~"))
  }

  @Test func controlCharactersOfThePlanDoNotReachTheTerminal() {
    let text = "a: \u{1B}[31m\u{7}\u{202E}b\n"
    let diagnostic = Diagnostic(
      Fixture.unknownKey, Fixture.range(of: "b\n", in: text), "value \"\u{1B}]0;x\u{7}\n\" is bad",
      notes: ["\u{9B}1A"])
    let shown = String(report([diagnostic], text).text(.plain))
    #expect(!shown.unicodeScalars.contains { $0 != "\n" && PrintableText.visible($0) != $0 })
    #expect(shown.contains("value \"␛]0;x␇␊\" is bad"))
  }

  @Test func countsEverySeverityAndHidesInfosUnlessAsked() {
    let range = SourceRange.fileStart
    let report = DiagnosticsReport([
      FileDiagnostics(
        file: SourceFile(path: "a", text: "x"),
        diagnostics: [
          Diagnostic(Fixture.unknownKey, range, "1"), Diagnostic(Fixture.unknownKey, range, "2"),
          Diagnostic(Fixture.race, range, "3"), Diagnostic(Fixture.hint, range, "hidden"),
        ]),
      FileDiagnostics(file: SourceFile(path: "b", text: "x"), diagnostics: []),
    ])
    #expect(report.summaryLine() == "2 errors, 1 warning in 1 of 2 files (1 info: -v shows them)")
    #expect(!String(report.text(.plain)).contains("hidden"))
    #expect(String(report.text(.plain, .init(showsInfos: true))).contains("a:1:1: info: hidden"))
    let summary = report.summary
    #expect(
      [summary.files, summary.filesWithProblems, summary.errors, summary.warnings, summary.infos] == [2, 1, 2, 1, 1])
  }

  @Test func nothingFoundIsSaid() {
    #expect(String(report([]).text(.plain)) == "no problems in 1 file\n")
  }

  @Test func warningsMakeAPlanInvalidOnlyWhenStrict() {
    let files = report([Diagnostic(Fixture.race, .fileStart, "w")]).files
    #expect(DiagnosticsReport(files).isValid)
    #expect(!DiagnosticsReport(files, isStrict: true).isValid)
  }

  @Test func colourIsOnlyInColouredText() {
    let report = report([Diagnostic(Fixture.unknownKey, .fileStart, "m")])
    #expect(String(report.text(.colored)).contains("\u{1B}[31merror:\u{1B}[0m"))
    #expect(!String(report.text(.plain)).contains("\u{1B}"))
  }

  @Test func anEmptyFileHasNoExcerpt() {
    let shown = String(report([Diagnostic(Fixture.unknownKey, .fileStart, "no plan")], "").text(.plain))
    #expect(shown == "p.yaml:1:1: error: no plan [EP201-unknown-key]\n1 error in 1 file\n")
  }
}
