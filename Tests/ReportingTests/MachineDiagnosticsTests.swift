internal import Diagnostics
internal import Foundation
internal import Reporting
internal import SourceText
internal import TestSupport
internal import Testing

struct MachineDiagnosticsTests {
  private static let text = "execplan: 1\ntittle: é Demo\n"

  private var report: DiagnosticsReport {
    let range = Fixture.range(of: "Demo", in: MachineDiagnosticsTests.text)
    return DiagnosticsReport([
      FileDiagnostics(
        file: SourceFile(path: "a plans/p#1.yaml", text: MachineDiagnosticsTests.text),
        diagnostics: [
          Diagnostic(
            Fixture.race, range, "50% \"bad\"\n, really", notes: ["n1"],
            related: [.init("there", Fixture.range(of: "execplan", in: MachineDiagnosticsTests.text))],
            fix: FixIt("rename", [.init(range, with: "x")], isSafe: false)),
          Diagnostic(Fixture.unknownKey, SourceRange(start: 0, end: 14), "k"),
        ]),
      FileDiagnostics(file: SourceFile(path: "ok.yaml", text: ""), diagnostics: []),
    ])
  }

  @Test func jsonHasTheFieldsInOrder() {
    #expect(
      String(report.json()) == """
        {"format_version":"1.0","valid":false,"diagnostics":[\
        {"file":"a plans/p#1.yaml","line":2,"column":11,"end_line":2,"end_column":15,"severity":"warning",\
        "code":"EP305","rule":"two-writers","message":"50% \\"bad\\"\\n, really","notes":["n1"],\
        "related":[{"file":"a plans/p#1.yaml","line":1,"column":1,"end_line":1,"end_column":9,"message":"there"}],\
        "fix":{"message":"rename","safe":false,"replacements":[\
        {"line":2,"column":11,"end_line":2,"end_column":15,"text":"x"}]}},\
        {"file":"a plans/p#1.yaml","line":1,"column":1,"end_line":2,"end_column":3,"severity":"error",\
        "code":"EP201","rule":"unknown-key","message":"k","notes":[],"related":[],"fix":null}],\
        "summary":{"files":2,"errors":1,"warnings":1,"infos":0}}

        """)
  }

  @Test func githubEscapesPropertiesAndText() {
    #expect(
      String(report.github()) == """
        ::warning file=a plans/p#1.yaml,line=2,col=11,endLine=2,endColumn=15,title=EP305-two-writers\
        ::50%25 "bad"%0A, really%0An1
        ::error file=a plans/p#1.yaml,line=1,endLine=2,title=EP201-unknown-key::k

        """)
    let odd = DiagnosticsReport([
      FileDiagnostics(
        file: SourceFile(path: "a:b,c%.yaml", text: "x"),
        diagnostics: [Diagnostic(Fixture.hint, .fileStart, "a:b,c\r\u{1B}")])
    ])
    #expect(
      String(odd.github())
        == "::notice file=a%3Ab%2Cc%25.yaml,line=1,col=1,endLine=1,endColumn=1,title=EP801-always-runs::a:b,c%0D␛\n")
  }

  @Test func junitHasASuiteAFileAndACaseAFinding() {
    #expect(
      String(report.junit()) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="execplan validate" tests="3" failures="1" errors="0">
          <testsuite name="a plans/p#1.yaml" tests="2" failures="1" errors="0" skipped="0">
            <testcase classname="a plans/p#1.yaml" name="EP305-two-writers at 2:11">
              <system-out>a plans/p#1.yaml:2:11: warning: 50% &quot;bad&quot;&#10;, really&#10;note: n1</system-out>
            </testcase>
            <testcase classname="a plans/p#1.yaml" name="EP201-unknown-key at 1:1">
              <failure message="k" type="EP201-unknown-key">a plans/p#1.yaml:1:1: error: k</failure>
            </testcase>
          </testsuite>
          <testsuite name="ok.yaml" tests="1" failures="0" errors="0" skipped="0">
            <testcase classname="ok.yaml" name="valid"/>
          </testsuite>
        </testsuites>

        """)
    #expect(String(DiagnosticsReport(report.files, isStrict: true).junit()).contains("tests=\"3\" failures=\"2\""))
  }

  @Test func sarifNamesRulesRegionsFixesAndFingerprints() throws {
    let root = try Fixture.parsed(report.sarif(Fixture.tool))
    #expect(root["version"] as? String == "2.1.0")
    let run = try #require((root["runs"] as? [[String: Any]])?.first)
    #expect(run["columnKind"] as? String == "unicodeCodePoints")
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    let rules = try #require(driver["rules"] as? [[String: Any]])
    #expect(rules.map { $0["id"] as? String } == ["EP201", "EP305"])
    #expect(rules[1]["helpUri"] as? String == "https://example.org/rules/EP305.html")
    #expect((rules[1]["defaultConfiguration"] as? [String: String])?["level"] == "warning")
    #expect((rules[1]["shortDescription"] as? [String: String])?["text"] == Fixture.race.summary)
    #expect((rules[1]["fullDescription"] as? [String: String])?["text"] == Fixture.race.explanation)

    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.map { $0["ruleIndex"] as? Int } == [1, 0])
    #expect(results.map { $0["level"] as? String } == ["warning", "error"])
    let place = try #require(
      (results[0]["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any])
    #expect(
      place["artifactLocation"] as? [String: String]
        == ["uri": "a%20plans/p%231.yaml", "uriBaseId": "%SRCROOT%"])
    let region = ["startLine": 2, "startColumn": 11, "endLine": 2, "endColumn": 15]
    #expect(place["region"] as? [String: Int] == region)
    let fix = try #require((results[0]["fixes"] as? [[String: Any]])?.first)
    let change = try #require((fix["artifactChanges"] as? [[String: Any]])?.first)
    let replacement = try #require((change["replacements"] as? [[String: Any]])?.first)
    #expect(replacement["deletedRegion"] as? [String: Int] == region)
    #expect((replacement["insertedContent"] as? [String: String])?["text"] == "x")
    #expect((results[0]["relatedLocations"] as? [[String: Any]])?.count == 1)
    let fingerprint = (results[0]["partialFingerprints"] as? [String: String])?["primaryLocationLineHash"]
    #expect(try #require(fingerprint).hasSuffix(":1"))
  }

  @Test(
    arguments: [
      ("/tmp/a b.yaml", "file:///tmp/a%20b.yaml", nil), ("x:y/ü.yaml", "x%3Ay/%C3%BC.yaml", "%SRCROOT%"),
      ("../p.yaml", "../p.yaml", "%SRCROOT%"),
    ] as [(String, String, String?)])
  func sarifPathsAreReferencesThatNoReaderMistakesForAScheme(_ path: String, _ uri: String, _ base: String?) throws {
    let report = DiagnosticsReport([
      FileDiagnostics(file: SourceFile(path: path, text: "x"), diagnostics: [Diagnostic(Fixture.race, .fileStart, "m")])
    ])
    let run = try #require((try Fixture.parsed(report.sarif(Fixture.tool))["runs"] as? [[String: Any]])?.first)
    let result = try #require((run["results"] as? [[String: Any]])?.first)
    let place = try #require((result["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any])
    let artifact = try #require(place["artifactLocation"] as? [String: String])
    #expect(artifact["uri"] == uri && artifact["uriBaseId"] == base)
  }

  @Test func aFingerprintOutlivesLinesAboveAndTellsEqualLinesApart() throws {
    func fingerprints(_ text: String, _ starts: [Int]) throws -> [String] {
      let report = DiagnosticsReport([
        FileDiagnostics(
          file: SourceFile(path: "p", text: text),
          diagnostics: starts.map { Diagnostic(Fixture.race, SourceRange(start: $0, end: $0 + 1), "m") })
      ])
      let run = try #require((try Fixture.parsed(report.sarif(Fixture.tool))["runs"] as? [[String: Any]])?.first)
      return try #require(run["results"] as? [[String: Any]]).compactMap {
        ($0["partialFingerprints"] as? [String: String])?["primaryLocationLineHash"]
      }
    }
    let before = try fingerprints("same\nsame\nother\n", [0, 5, 10])
    #expect(Set(before).count == 3)
    #expect(try fingerprints("new line\n  same\nsame\nother\n", [11, 16, 21]) == before)
  }

  @Test func whateverTheTextTheOutputParses() throws {
    let alphabet: [String] = [
      "a", " ", "\"", "\\", "\n", "\r", "\t", "\0", "\u{1B}", "\u{7F}", "\u{9B}", "é", "日", "👩‍👩‍👧", "\u{301}", "\u{202E}",
      "\u{FFFF}", "<", "&", "]]>", "%", ":", ",", "{", "\u{2028}",
    ]
    for seed in 0..<200 {
      var random = SeededGenerator(seed: UInt64(seed))
      func word(_ limit: Int) -> String {
        (0..<Int.random(in: 0...limit, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "" }
          .joined()
      }
      var bytes = Array(word(60).utf8)
      // Some files are no UTF-8.
      if seed % 3 == 0 { bytes.insert(UInt8.random(in: 0x80...0xFF, using: &random), at: 0) }
      func range() -> SourceRange {
        let start = Int.random(in: 0...bytes.count + 2, using: &random)
        return SourceRange(start: start, end: start + Int.random(in: 0...9, using: &random))
      }
      let file = SourceFile(path: word(8), bytes: bytes)
      let diagnostics = (0..<Int.random(in: 0...5, using: &random)).map { _ in
        Diagnostic(
          [Fixture.unknownKey, Fixture.race, Fixture.hint][Int.random(in: 0...2, using: &random)], range(), word(9),
          notes: [word(9)], related: [.init(word(9), range())], fix: FixIt(word(9), [.init(range(), with: word(9))]))
      }
      let report = DiagnosticsReport([FileDiagnostics(file: file, diagnostics: diagnostics)])
      let json = try Fixture.parsed(report.json())
      let listed = try #require(json["diagnostics"] as? [[String: Any]])
      #expect(listed.map { $0["message"] as? String } == diagnostics.map(\.message))
      for (object, diagnostic) in zip(listed, diagnostics) {
        let expected = file.location(of: diagnostic.range.lowerBound)
        #expect(object["line"] as? Int == expected.line && object["column"] as? Int == expected.column)
      }
      _ = try Fixture.parsed(report.sarif(Fixture.tool))
      let shown = String(report.text(.plain, .init(width: 40, showsInfos: true)))
      #expect(!shown.unicodeScalars.contains { $0 != "\n" && PrintableText.visible($0) != $0 })
      #expect(String(report.github()).split(separator: "\n").count == diagnostics.count)
      let junitIsWellFormed = isWellFormed(report.junit())
      #expect(junitIsWellFormed, "seed \(seed)")
    }
  }

  /// Whether the XML has balanced elements and no character that XML 1.0 forbids.
  private func isWellFormed(_ bytes: [UInt8]) -> Bool {
    // Scalars, not characters: a combining mark after `>` makes one character of both.
    let text = String(bytes).unicodeScalars
    var open: [String] = []
    for part in text.split(separator: "<").dropFirst() {
      guard let end = part.firstIndex(of: ">") else { return false }
      let tag = String(part[..<end])
      if tag.hasPrefix("/") {
        guard open.popLast() == String(tag.dropFirst()) else { return false }
      } else if !tag.hasSuffix("/"), !tag.hasPrefix("?") {
        open.append(String(tag.prefix { $0 != " " }))
      }
    }
    return open.isEmpty && !text.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0xFFFF }
  }
}
