internal import Markdown
internal import SourceText
internal import Testing

@Suite struct InlineTextTests {
  private func read(_ text: String) -> (SourceFile, InlineText) {
    let source = SourceFile(path: "x.md", text: text)
    let lines = source.lineStarts.indices.map { source.lineRange($0) }
    return (source, InlineText(source, lines: lines))
  }

  @Test(arguments: [
    ("plain", "plain"), ("a *b* **c** ***d*** _e_ __f__", "a b c d e f"), ("a \\* b\\_c \\q", "a * b_c \\q"),
    ("`a*b*`", "a*b*"), ("`` a`b ``", "a`b"), ("` `", " "), ("`  `", "  "), ("`a", "`a"), ("``a` b``", "a` b"),
    ("\\`a`", "`a`"), ("`a\\` b", "a\\ b"),
    ("[x](y) [ ] [x] z", "x [ ] [x] z"), ("[a](<b c> \"t\")", "a"), ("[a](b (c)", "[a](b (c)"),
    ("![i](p)", "i"), ("[a][b] [c][]", "a c"), ("[`x`](y)", "x"), ("a\\](b)", "a](b)"),
    ("<https://a.b/c> <b> <x@y>", "https://a.b/c <b> <x@y>"), ("a<!-- b -->c <!-- d", "ac <!-- d"),
    ("a &amp; b &lt;c&gt; &copy;", "a & b <c> &copy;"), ("snake_case_name __init__", "snake_case_name init"),
    ("src/**/*.swift", "src/**/*.swift"), ("2 * 3 * 4", "2 * 3 * 4"), ("*a", "*a"), ("**Needs:** `x`", "Needs: x"),
    ("a\nb", "a\nb"), ("`a\nb`", "a b"), ("**bold\nstill**", "bold\nstill"), ("a\\\nb", "a\nb"),
    ("*a _b* c_", "a _b c_"), ("", ""), ("*", "*"), ("`", "`"), ("[", "["), ("\\", "\\"), ("&", "&"), ("<", "<"),
  ])
  func showsWhatAReaderSees(text: String, expected: String) {
    #expect(read(text).1.string == expected)
  }

  @Test func spansKnowTheirPlacesInTheSource() throws {
    let (source, inline) = read("Needs: `fetch`, `` li`nt ``\nsee **[the `x`](d/e.md)** ![i][k]")
    #expect(inline.codes.map { source.text($0.content) } == ["fetch", "li`nt", "x"])
    #expect(inline.codes.map { source.text($0.range) } == ["`fetch`", "`` li`nt ``", "`x`"])
    #expect(inline.codes.map { inline.string($0.text) } == ["fetch", "li`nt", "x"])
    #expect(inline.links.map { source.text($0.range) } == ["[the `x`](d/e.md)", "![i][k]"])
    #expect(inline.links.map { inline.string($0.text) } == ["the x", "i"])
    #expect(inline.links.map { $0.target.map { source.text($0) } } == ["d/e.md", "k"])
    let word = try #require(inline.string.firstRange(of: "fetch")).lowerBound.utf16Offset(in: inline.string)
    #expect(inline.code(at: word).map { source.text($0.content) } == "fetch")
    #expect(inline.code(at: 0) == nil)
    #expect(source.text(inline.sourceRange(0..<6)) == "Needs:")
    #expect(source.text(inline.sourceRange(0..<word + 5)) == "Needs: `fetch")
    #expect(inline.sourceRange(inline.bytes.count..<inline.bytes.count).isEmpty)
  }

  @Test func wordsThatWereEscapedKeepTheirPlaces() {
    let (source, inline) = read("a \\*b\\* c")
    #expect(inline.string == "a *b* c")
    #expect(source.text(inline.sourceRange(6..<7)) == "c")
    #expect(source.text(inline.sourceRange(2..<5)) == "*b\\*")
  }

  @Test(arguments: ["[", "](", "*a_", "`", "<!--", "![a](", "[a](<", "[a](\"", "\\", "<a:", "&", "``` ` ", "[]["])
  func longRunsOfMarksAreReadInBoundedTime(mark: String) {
    let text = String(repeating: mark, count: 20_000 / mark.utf8.count)
    let (source, inline) = read(text)
    #expect(inline.offsets.allSatisfy { Int($0) < source.bytes.count })
  }
}
