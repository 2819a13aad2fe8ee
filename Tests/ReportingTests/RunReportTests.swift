internal import Foundation
internal import FoundationXML
internal import PlanModel
internal import Testing

@testable import Reporting

struct RunReportTests {
  private static let start: Int64 = 1_788_091_424_250

  private static func step(
    _ id: String, _ state: StepState, needs: [String] = [], reason: String? = nil, blockedBy: String? = nil,
    log: String? = nil, checks: [ReportedStep.Check] = []
  ) -> ReportedStep {
    let attempts: [ReportedStep.Attempt] =
      state == .succeeded || state == .failed
      ? [
        .init(
          number: 1, state: state == .failed ? .failed : .succeeded, startedAt: start, endedAt: start + 1234,
          exitCode: state == .failed ? 3 : 0, usage: AttemptUsage(userTime: 1000, systemTime: 1000),
          logs: log.map { [.init(text: $0, isCut: true, stream: "stderr")] } ?? [])
      ] : []
    return ReportedStep(
      id: id, title: "The <step> \(id)", phase: "one", action: "run", needs: needs, state: state, reason: reason,
      blockedBy: blockedBy, attempts: attempts, checks: checks, values: [.init("rows", .int(3))],
      outputs: [.init(path: "out/\(id).txt", sha256: String(repeating: "a", count: 64))])
  }

  static let report = RunReport(
    plan: "demo", path: "plans/demo.execplan.yaml", title: "Demo & \"more\" <b>", run: 7, state: .failed,
    startedAt: start, finishedAt: start + 5000, madeAt: start + 9000, profile: "prod",
    params: [.init("day", .string("a|b`c"))],
    legs: [
      .init(startedAt: start, endedAt: start + 2000, exitCode: 1, host: "a"),
      .init(startedAt: start + 4000, endedAt: start + 5000, exitCode: 1, host: "b"),
    ],
    phases: [.init(id: "one", title: "First", objective: "begin", deliverables: ["out/*.txt"])],
    steps: [
      step("a", .succeeded),
      step(
        "b", .failed, needs: ["a"], reason: "exit 3", log: "all ```bad``` <script>\n",
        checks: [.init(title: "exists | x", severity: "error", failure: "nothing", samples: ["row <1>"])]),
      step("c", .blocked, needs: ["b"], blockedBy: "b"), step("d", .inDoubt, needs: ["a"]),
    ], nextCommand: "execplan apply plans/demo.execplan.yaml --resume")

  // MARK: Markdown

  @Test func whatFailedStandsBeforeTheSteps() throws {
    let text = RunReportTests.report.markdown()
    let problems = try #require(text.range(of: "## What failed"))
    let steps = try #require(text.range(of: "## Steps"))
    #expect(problems.lowerBound < steps.lowerBound)
    #expect(text.hasPrefix("# Demo & \"more\" \\<b\\>: run 7 failed\n"))
    #expect(text.contains("### b: exit 3\n"))
    #expect(text.contains("Blocked by it: `c`\n"))
    #expect(text.contains("- steps: 1 succeeded, 1 failed, 1 blocked, 1 in doubt\n"))
    #expect(text.contains("- took: 5.0 s, of which 3.0 s at work, in 2 parts\n"))
    #expect(text.contains("execplan apply plans/demo.execplan.yaml --resume"))
  }

  @Test func textsOfThePlanMeanNothingToMarkdown() {
    let text = RunReportTests.report.markdown()
    // A fence that is longer than every run of backquotes in it, and spans as well.
    #expect(text.contains("````text\nall ```bad``` <script>\n````\n"))
    #expect(text.contains("`` day=a|b`c ``"))
    #expect(text.contains("| b | exists \\| x | fail | nothing |"))
  }

  // MARK: JUnit

  @Test func junitCountsWhatItHolds() throws {
    let bytes = RunReportTests.report.junit()
    let suites = try XMLReader.read(bytes)
    #expect(suites.filter { $0 == "testcase" }.count == 4)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("tests=\"4\" failures=\"1\" errors=\"1\" skipped=\"1\" time=\"5.000\""))
    #expect(text.contains("<failure message=\"exit 3\" type=\"failed\">exit 3&#10;exists | x: nothing</failure>"))
    #expect(text.contains("<system-err>all ```bad``` &lt;script&gt;&#10;</system-err>"))
    #expect(text.contains("time=\"1.234\""))
  }

  // MARK: HTML

  @Test func thePageHoldsNoMarkupOfThePlanAndAsksForNothing() {
    let page = RunReportTests.report.html()
    #expect(page.contains("<h1>Demo &amp; &quot;more&quot; &lt;b&gt;</h1>"))
    #expect(!page.contains("<script"))
    #expect(!page.contains("http://") && !page.contains("https://") && !page.contains("src="))
    #expect(page.contains("default-src 'none'"))
    #expect(page.contains("<pre>row &lt;1&gt;</pre>"))
    for index in 1...4 { #expect(page.contains("id=\"step-\(index)\"")) }
  }

  @Test func aLargeRunIsNotDrawn() {
    var report = RunReportTests.report
    report.steps = (0..<2000).map { RunReportTests.step("s\($0)", .succeeded, needs: $0 > 0 ? ["s\($0 - 1)"] : []) }
    let page = report.html()
    #expect(!page.contains("<svg"))
    #expect(page.contains("2000 steps are too many for a drawing"))
    #expect(page.contains("the 300 longest of 2000 steps"))
  }
}

/// The names of the elements of an XML document.
private final class XMLReader: NSObject, XMLParserDelegate {
  private var names: [String] = []

  static func read(_ bytes: [UInt8]) throws -> [String] {
    let reader = XMLReader()
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = reader
    guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
    return reader.names
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    names.append(name)
  }
}
