internal import PlanModel
internal import Testing

struct QuotedTextTests {
  @Test(arguments: [
    ("", "''"), ("a", "'a'"), ("it's", "'it''s'"), ("'", "''''"), ("''", "''''''"),
    // A mark after a quote makes one character of both.
    ("a'\u{301}; drop", "'a''\u{301}; drop'"),
  ])
  func everyQuoteIsDoubled(_ text: String, _ expected: String) {
    let quoted = QuotedText.quoted(text, with: "'", each: "''")
    #expect(Array(quoted.utf8) == Array(expected.utf8))
  }

  @Test func aShellReadsWhatWasQuoted() {
    #expect(ShellQuoting.quoted("plans/a.yaml") == "plans/a.yaml")
    #expect(Array(ShellQuoting.quoted("a'\u{301}b").utf8) == Array("'a'\\''\u{301}b'".utf8))
    #expect(ShellQuoting.quoted("") == "''")
  }
}
