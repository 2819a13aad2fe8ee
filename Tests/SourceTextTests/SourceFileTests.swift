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

  @Test func linesBeginAfterEveryMixtureOfLineEnds() {
    // Every text of up to six characters out of three: the digits of a number after its first.
    for number in 0..<2187 {
      let digits = String(number, radix: 3).utf8.dropFirst().map { [0x0A, 0x0D, 0x61][Int($0 - 0x30)] as UInt8 }
      var starts: [UInt32] = [0]
      for (index, byte) in digits.enumerated() {
        let isPair = byte == 0x0D && index + 1 < digits.count && digits[index + 1] == 0x0A
        if byte != 0x61, !isPair { starts.append(UInt32(index + 1)) }
      }
      #expect(SourceFile(path: "x", bytes: digits).lineStarts == starts, "\(digits)")
    }
  }

  @Test func textOfInvalidUTF8IsReplaced() {
    let source = SourceFile(path: "x", bytes: [0x61, 0xFF, 0x62])
    #expect(source.text(SourceRange(start: 0, end: 3)) == "a\u{FFFD}b")
    #expect(source.text(SourceRange(start: 2, end: 99)) == "b")
    #expect(source.text(SourceRange(start: 50, end: 99)) == "")
  }
}
