internal import Diagnostics
internal import SourceText
internal import Testing
internal import YAML

/// Files made to use up time, memory or stack: each has to end quickly with a finding.
@Suite struct LimitTests {
  @Test(arguments: ["[", "{", "- ", "? ", "a: {", "[a, ", "{a: ", "- - - ", "&a ", "!a "])
  func aMegabyteOfOneBeginningIsRefused(piece: String) {
    let reading = Reading(String(repeating: piece, count: (1 << 20) / piece.utf8.count))
    #expect(reading.collector.hasErrors)
    #expect(reading.root == nil)
  }

  @Test func depthIsLimited() {
    func nested(_ depth: Int) -> String {
      "a: " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(Reading(nested(63)).findings == [])
    #expect(Reading(nested(64)).findings == ["EP106@1:67"])
  }

  @Test func depthCountsThroughAliases() {
    let text = "a0: &a0 [x]\n" + (1..<80).map { "a\($0): &a\($0) [*a\($0 - 1)]\n" }.joined()
    #expect(Reading(text).findings.count == 1)
    #expect(Reading(text).findings.first?.hasPrefix("EP106@64:") == true)
  }

  @Test func aBillionLaughsAreFewer() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<12 {
      text += "a\(level): &a\(level) [" + String(repeating: "*a\(level - 1), ", count: 10) + "x]\n"
    }
    #expect(Reading(text).findings.map { $0.prefix(5) } == ["EP106"])
  }

  @Test func mergedEntriesCount() {
    let big = "a: &a {" + (0..<2000).map { "k\($0): 1" }.joined(separator: ", ") + "}\n"
    let text = big + (0..<2000).map { "b\($0): {<<: *a}\n" }.joined()
    #expect(Reading(text).findings.map { $0.prefix(5) } == ["EP106"])
  }

  @Test func sizesAreLimited() {
    let limits = YAMLLimits(fileSize: 100, scalarSize: 10)
    #expect(Reading("a: 12345678901", limits: limits).findings == ["EP106@1:4"])
    #expect(Reading("a: 1234567890", limits: limits).findings == [])
    #expect(Reading(String(repeating: "a", count: 101), limits: limits).findings == ["EP106@1:1"])
  }

  @Test func aHundredThousandRepeatedKeysAreAllReported() {
    let reading = Reading(String(repeating: "k: 1\n", count: 100_000))
    #expect(reading.collector.diagnostics.count == 99_999)
    #expect(reading.root?.count == 1)
  }

  @Test func manyMergeKeysAreReported() {
    let reading = Reading(String(repeating: "<<: {a: 1}\n", count: 20_000))
    #expect(reading.collector.diagnostics.count == 19_999)
    #expect(reading.root?["a"]?.text == "1")
  }

  @Test func manyTagDirectivesAreRefused() {
    let text = (0..<60_000).map { "%TAG !t\($0)! x\n" }.joined() + "---\na: 1\n"
    #expect(Reading(text).findings == ["EP104@17:1"])
    #expect(Reading("a: 1\n...\n" + text).findings == ["EP104@19:1"])
  }

  @Test func longScalarsOfManyKindsAreRead() {
    for text in [
      "a: '" + String(repeating: "''", count: 300_000) + "'",
      "a: \"" + String(repeating: "\\x41\n ", count: 100_000) + "\"",
      "a: >\n" + String(repeating: "  x\n\n", count: 100_000), "a: " + String(repeating: "x\n  ", count: 200_000),
      "a: |\n" + String(repeating: " \n", count: 300_000),
      "a: \"" + String(repeating: "\\ud83d\\ude00", count: 20_000) + "\"",
    ] {
      let reading = Reading(text)
      #expect(reading.findings == [])
      let node = reading.root?["a"]
      #expect(node?.sourceRange(ofText: 0..<(node?.utf8.count ?? 0)).upperBound ?? .max <= reading.source.bytes.count)
    }
  }
}
