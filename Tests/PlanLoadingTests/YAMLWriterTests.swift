internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import TestSupport
internal import Testing
internal import YAML

@testable internal import PlanLoading

/// Hand-off packages are YAML for people; what is read back from them is what was written.
struct YAMLWriterTests {
  private func readBack(_ text: String) throws -> Value {
    var collector = DiagnosticCollector()
    let node = YAMLParser.parse(SourceFile(path: "x.yaml", bytes: Array(text.utf8)), into: &collector)
    #expect(collector.sorted().isEmpty, "\(text)")
    return try #require(node).plainValue
  }

  @Test func valuesAreReadBackAsTheyWere() throws {
    let texts = [
      "", " ", "plain", "src/**/*.json", "true", "No", "null", "~", "12", "1.5", "- x", "a: b", "a #b", "#", "'", "\"",
      "two\nlines\n", "\t", "\\", "é 日本", "\u{1}\u{7F}\u{85}\u{2028}\u{FEFF}", "@x", "%x", "!x", "&a", "*a", "[a]",
      "{a}",
      "x:", "?", "trailing ", "🙂", "---", "=", "0x10", "1e5", "y", "2026-11-29",
    ]
    var values: [Value] = texts.map(Value.string)
    values += [.null, .bool(true), .int(-5), .double(2.5), .list([]), .map([])]
    let value = Value.map([
      .init("all", .list(values)),
      .init(
        "a: key",
        .map([.init("list", .list([.list([.int(1)]), .map([.init("x", .null), .init("y", .list(values))])]))])),
      .init("", .string("empty key")),
    ])
    let text = YAMLWriter.block(value)
    #expect(try readBack(text) == value, "\(text)")
  }

  @Test func randomTextsAreReadBackAsTheyWere() throws {
    var random = SeededGenerator(seed: 7)
    let alphabet = Array("ab 1:#-,[]{}'\"\\\n\t&*!|>%@`~=?é\u{2029}")
    for _ in 0..<2000 {
      let text = String(
        (0..<Int.random(in: 0...12, using: &random)).map { _ in alphabet.randomElement(using: &random)! })
      let value = Value.map([.init("key", .list([.string(text)]))])
      #expect(try readBack(YAMLWriter.block(value)) == value)
    }
  }
}
