internal import Reporting
internal import Testing

struct TerminalTests {
  @Test(
    arguments: [
      (ColorChoice.auto, true, nil, "xterm", true), (.auto, false, nil, "xterm", false),
      (.auto, true, "1", "xterm", false),
      (.auto, true, "", "xterm", true), (.auto, true, nil, "dumb", false), (.auto, true, nil, nil, true),
      (.always, false, "1", "dumb", true), (.never, true, nil, "xterm", false),
    ] as [(ColorChoice, Bool, String?, String?, Bool)])
  func colourFollowsFlagTerminalAndEnvironment(
    _ choice: ColorChoice, _ isTerminal: Bool, _ noColor: String?, _ term: String?, _ expected: Bool
  ) {
    #expect(Style(choice: choice, isTerminal: isTerminal, noColor: noColor, term: term).isColored == expected)
  }

  @Test(arguments: [
    ("abc", 3), ("", 0), ("日本", 4), ("e\u{301}", 1), ("👩‍👩‍👧", 2), ("❤️", 2), ("\u{1B}[31mred\u{1B}[0m", 3), ("한글", 4),
    ("ｆ", 2), ("é", 1), ("…", 1),
  ])
  func widthIsThatOfTheTerminal(_ text: String, _ width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }

  @Test func truncationEndsInAnEllipsisAndKeepsColoursClosed() {
    #expect(DisplayWidth.truncated("abcdef", to: 6) == "abcdef")
    #expect(DisplayWidth.truncated("abcdef", to: 4) == "abc…")
    #expect(DisplayWidth.truncated("日本語", to: 4) == "日…")
    #expect(DisplayWidth.truncated("abc", to: 0) == "")
    #expect(DisplayWidth.truncated("\u{1B}[31mabcdef\u{1B}[0m", to: 3) == "\u{1B}[31mab…\u{1B}[0m")
  }

  @Test func columnsAreAlignedByWidthAndLinesEndWithoutBlanks() {
    var table = Table([.init("id"), .init("n", .right), .init("reason", isFlexible: true)])
    table.rows = [["日本", "7", "first run"], ["a", "120", ""], ["b\u{1B}", "", "x"]]
    #expect(
      table.text() == """
        id      n  reason
        日本    7  first run
        a     120
        b␛         x

        """)
  }

  @Test func aFlexibleColumnGivesWay() {
    var table = Table([.init("id"), .init("reason", isFlexible: true)], hasHeader: false)
    table.rows = [["abc", "definition changed: run, env"]]
    #expect(table.text(width: 20) == "abc  definition cha…\n")
    #expect(table.text(width: 2) == "abc  definit…\n")
  }

  @Test func aTableThatWrapsLosesNothing() {
    var table = Table([.init("id"), .init("reason", isFlexible: true)], hasHeader: false)
    table.wraps = true
    table.rows = [["abc", "definition changed: run, env"], ["d", "averyveryverylongword"]]
    #expect(
      table.text(width: 20) == """
        abc  definition
             changed: run,
             env
        d    averyveryverylo
             ngword

        """)
    // Columns of syllables are worse than lines that the terminal breaks.
    #expect(table.text(width: 12) == "abc  definition changed: run, env\nd    averyveryverylongword\n")
  }

  @Test func controlCharactersBecomeVisible() {
    #expect(PrintableText.line("a\u{1B}[2Jb\r\n\u{7F}\tc") == "a␛[2Jb␍␊␡ c")
    #expect(PrintableText.block("a\r\n\tb") == "a␍\n    b")
    #expect(PrintableText.line("\u{202E}x\u{9B}") == "\u{FFFD}x\u{FFFD}")
    #expect(PrintableText.line("日本 é👩‍👩‍👧") == "日本 é👩‍👩‍👧")
  }

  @Test func whatIsNoTerminalHasNoSize() {
    #expect(TerminalSize.of(descriptor: -1) == nil)
    #expect(!TerminalSize.isTerminal(descriptor: -1))
  }
}
