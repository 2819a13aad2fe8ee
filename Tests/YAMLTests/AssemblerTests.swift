internal import Diagnostics
internal import Foundation
internal import SourceText
internal import Testing
internal import YAML

@Suite struct AssemblerTests {
  private let source = SourceFile(path: "x.md", text: "Needs: `a`\n\n    make\n    test\n\nk: \"v\\n\"\n")

  private func range(_ text: String) throws -> SourceRange {
    let start = try #require(source.text(SourceRange(start: 0, end: source.bytes.count)).range(of: text))
    let whole = source.text(SourceRange(start: 0, end: source.bytes.count))
    let offset = whole.utf8.distance(from: whole.startIndex, to: start.lowerBound)
    return SourceRange(start: offset, end: offset + text.utf8.count)
  }

  @Test func assemblesWhatIsReadLikeAParsedDocument() throws {
    var collector = DiagnosticCollector()
    let embedded = try #require(
      YAMLParser.parse(source, range: SourceRange(start: try range("k:").lowerBound, end: 99), into: &collector))
    var assembler = YAMLAssembler(source: source)
    assembler.begin(.mapping, SourceRange(start: 0, end: 20))
    assembler.key("needs", try range("Needs"))
    assembler.begin(.sequence, try range("`a`"))
    assembler.scalar(try range("a`").part(offset: 0, length: 1), isText: true)
    assembler.end()
    assembler.key("run", try range("make"))
    assembler.lines([try range("make"), try range("test")], try range("make\n    test"))
    assembler.key("with", try range("k"))
    assembler.copy(embedded)
    assembler.end()
    let root = try #require(assembler.finish())
    #expect(root.count == 3)
    #expect(root["needs"]?.items.map(\.text) == ["a"])
    let run = try #require(root["run"])
    #expect(run.text == "make\ntest\n")
    #expect(source.text(run.sourceRange(ofText: 5..<9)) == "test")
    #expect(source.text(run.textMap.sourceRange(of: 0..<4)) == "make")
    let copied = try #require(root["with"]?["k"])
    #expect(copied.text == "v\n")
    #expect(source.text(copied.sourceRange(ofText: 1..<2)) == "\\n")
    #expect(root.entry("needs").map { source.text($0.key.range) } == "Needs")
  }
}
