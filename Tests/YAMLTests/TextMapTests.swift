internal import SourceText
internal import Testing

@testable internal import YAML

@Suite struct TextMapTests {
  /// A scalar, a part of its value, and the source of that part.
  @Test(arguments: [
    ("plain text", "text", "text"), ("one\n   two three", "two", "two"), ("one\n   two", "e t", "e\n   t"),
    ("'it''s here'", "here", "here"), ("'it''s'", "'", "''"), (#""a\nb""#, "\n", #"\n"#), (#""\u00e9X""#, "X", "X"),
    (#""\u00e9X""#, "é", #"\u00e9"#), (#""\ud83d\ude00 go""#, "go", "go"),
    (#""\ud83d\ude00 go""#, "😀", #"\ud83d\ude00"#),
    ("\"a \\\n   b\"", "b", "b"), ("|\n    one\n\n    two\n", "two", "two"),
    ("|\n    one\n\n    two\n", "\n\nt", "\n\n    t"),
    (">\n   a\n   b\n\n   c\n", "c", "c"), (">\n   a\n   b\n", " b", "\n   b"),
    ("|2-\n     x\n    y\n", "   x\n  y", "   x\n    y"),
    ("|+\n   x\n\n\n", "x\n\n\n", "x\n\n\n"), ("|\r\n   x\r\n   y\r\n", "y", "y"), ("|  # note\n   x\n", "x", "x"),
    ("|\n   é y\n", "y", "y"), ("\"é\\té\"", "té".replacing("t", with: "\t"), "\\té"),
    ("|1\n  \n x\n", " \nx", " \n x"),
    (">-\n  ${{ a\n  && b }}", "${{ a && b }}", "${{ a\n  && b }}"),
  ])
  func aPartOfAValueHasItsPlaceInTheSource(scalar: String, part: String, expected: String) throws {
    let reading = Reading("a: \(scalar)")
    let node = try #require(reading.root?["a"])
    let value = Array(node.text.utf8)
    let wanted = Array(part.utf8)
    let start = try #require(value.indices.first { value[$0...].starts(with: wanted) })
    #expect(reading.source.text(node.sourceRange(ofText: start..<start + wanted.count)) == expected)
  }

  @Test func rangesBeyondTheValueAreCut() throws {
    let reading = Reading("a: \"x\\ty\"\nb: z\nc: ''\nd: \"\\\n \"\ne: [1]")
    let root = try #require(reading.root)
    for (_, value) in root.entries {
      let range = value.sourceRange(ofText: -5..<99)
      #expect(range.lowerBound >= value.range.lowerBound && range.upperBound <= value.range.upperBound)
    }
    #expect(reading.source.text(try #require(root["a"]).sourceRange(ofText: 1..<99)) == "\\ty")
  }

  @Test func anEmptyRangeIsAPlace() throws {
    let node = try #require(Reading(#"a: "x\ty""#).root?["a"])
    #expect(node.sourceRange(ofText: 0..<0) == SourceRange(start: 4, end: 4))
    #expect(node.sourceRange(ofText: 2..<2) == SourceRange(start: 7, end: 7))
    #expect(node.sourceRange(ofText: 3..<3) == SourceRange(start: 8, end: 8))
  }

  /// Scalars of all styles from random lines: what is read again has to be what libyaml read.
  @Test func everyScalarReadAgainGivesItsValue() {
    var random = Samples.generator(seed: 7)
    for _ in 0..<4000 {
      let reading = Reading(Samples.scalar(&random))
      guard let root = reading.root else { continue }
      Samples.checkScalars(of: root, in: reading)
    }
  }
}
