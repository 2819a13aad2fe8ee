internal import SourceText
internal import Testing

@Suite struct SourceFileTests {
  /// A text, an offset, and the line and column that a person sees there.
  @Test(arguments: [
    ("a\nbc\n", 0, "1:1"), ("a\nbc\n", 3, "2:2"), ("a\nbc\n", 5, "3:1"), ("a\r\nb", 3, "2:1"), ("a\rb", 2, "2:1"),
    ("a\r\rb", 3, "3:1"), ("\u{FEFF}ab", 3, "1:1"), ("\u{FEFF}ab", 4, "1:2"), ("\u{FEFF}ab", 1, "1:1"),
    ("\tx", 1, "1:2"),
    ("éx", 2, "1:2"), ("😀x", 4, "1:2"), ("e\u{301}x", 3, "1:3"), ("a\u{85}b", 3, "1:3"), ("a\u{2028}b", 4, "1:3"),
    ("", 0, "1:1"), ("ab", 99, "1:3"), ("ab", -1, "1:1"), ("\n\n\n", 2, "3:1"),
  ])
  func offsetsHaveLinesAndColumns(text: String, offset: Int, expected: String) {
    let location = SourceFile(path: "x", text: text).location(of: offset)
    #expect("\(location.line):\(location.column)" == expected)
  }

  @Test func linesAreWithoutTheirEnds() {
    let source = SourceFile(path: "x", text: "\u{FEFF}one\r\ntwo\n\nfour\rfive")
    #expect(source.lineStarts.indices.map { source.text(source.lineRange($0)) } == ["one", "two", "", "four", "five"])
  }

  /// All texts of at most seven bytes that hold line ends in every order, at their end too.
  @Test func linesBeginWhereAPlainLoopSaysSo() {
    var texts: [[UInt8]] = [[]]
    for _ in 0..<7 { texts += texts.flatMap { text in [0x61, 0x0A, 0x0D].map { text + [$0] } } }
    for bytes in Set(texts) {
      var expected: [UInt32] = [0]
      for (index, byte) in bytes.enumerated() {
        let isBeforeLineFeed = index + 1 < bytes.count && bytes[index + 1] == 0x0A
        if byte == 0x0A || byte == 0x0D && !isBeforeLineFeed { expected.append(UInt32(index + 1)) }
      }
      let source = SourceFile(path: "x", bytes: bytes)
      #expect(source.lineStarts == expected, "\(bytes)")
      for line in source.lineStarts.indices { #expect(Int(source.lineRange(line).end) <= bytes.count) }
    }
  }

  @Test func textOfInvalidUTF8IsReplaced() {
    let source = SourceFile(path: "x", bytes: [0x61, 0xFF, 0x62])
    #expect(source.text(SourceRange(start: 0, end: 3)) == "a\u{FFFD}b")
    #expect(source.text(SourceRange(start: 2, end: 99)) == "b")
    #expect(source.text(SourceRange(start: 50, end: 99)) == "")
  }
}
