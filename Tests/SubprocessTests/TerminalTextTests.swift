internal import Subprocess
internal import TestSupport
internal import Testing

@Suite struct TerminalTextTests {
  @Test(arguments: [
    ("plain\ttext\n", "plain\ttext\n"),
    ("\u{1B}[1;31mred\u{1B}[0m", "red"),
    ("\u{1B}]0;title\u{07}x", "x"),
    ("\u{1B}]8;;http://a\u{1B}\\link\u{1B}]8;;\u{1B}\\", "link"),
    ("\u{1B}]0;open", "\u{241B}]0;open"),
    ("\u{1B}[31", "\u{241B}[31"),
    ("\u{1B}", "\u{241B}"),
    ("\u{1B}c\u{1B}(B!", "!"),
    ("\u{1B}P1$r\u{1B}\\y", "y"),
    ("\u{1B}\u{1B}[2Jx", "\u{241B}x"),
    ("a\r\nb\rc", "a\nb\nc"),
    ("\0\u{08}\u{7F}", "\u{2400}\u{2408}\u{2421}"),
    ("\u{9B}31m\u{202E}é", "\u{FFFD}31m\u{FFFD}é"),
  ])
  func controlsAreMadeHarmless(text: String, expected: String) {
    #expect(TerminalText.sanitized(text) == expected)
    #expect(TerminalText.sanitized(Array(text.utf8)) == expected)
  }

  @Test func bytesThatAreNotTextAreReplaced() {
    #expect(TerminalText.sanitized([0x61, 0xFF, 0x9B, 0x62]) == "a\u{FFFD}\u{FFFD}b")
  }

  @Test func nothingDangerousIsLeftOfAnyBytes() {
    var generator = SeededGenerator(seed: 7)
    let alphabet: [UInt8] = Array("[]\\P;0m\n".utf8) + [0x1B, 0x07, 0x0D, 0x9B, 0xC2, 0x00, 0x7F]
    for _ in 0..<5000 {
      let bytes = (0..<Int.random(in: 0..<20, using: &generator)).compactMap { _ in
        alphabet.randomElement(using: &generator)
      }
      let scalars = TerminalText.sanitized(bytes).unicodeScalars
      #expect(
        scalars.allSatisfy { $0.value >= 0xA0 || 0x20..<0x7F ~= $0.value || $0 == "\n" || $0 == "\t" },
        "\(bytes)")
    }
  }
}
