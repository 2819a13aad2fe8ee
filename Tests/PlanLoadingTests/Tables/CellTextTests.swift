internal import Testing

@testable internal import PlanLoading

/// The text of a cell without its marks.
struct CellTextTests {
  @Test(arguments: [
    ("plain words", "plain words"), ("**bold** and *thin*", "bold and thin"), ("`code *kept*`", "code *kept*"),
    ("a_b_c", "a_b_c"), ("_x_", "x"), ("4 * 5 * 6", "4 * 5 * 6"), ("2*3", "2*3"), ("~~old~~ new", "old new"),
    ("[a](b.md)", "a"), ("[a][b] c", "a c"), ("[x] box", "[x] box"), ("![pic](p.png)", "pic"), ("a\\|b", "a|b"),
    ("\\*a\\*", "*a*"), ("`a\\|b`", "a|b"), ("``a`b``", "a`b"), ("`open", "`open"), ("a<br>b", "a b"),
    ("<https://x.org>", "https://x.org"), ("a <b> c", "a <b> c"), ("a &amp; b", "a & b"), ("  a   b ", "a b"),
    ("**[a](b)**", "a"), ("***a***", "a"), ("**a", "**a"), ("é **ü**", "é ü"), ("", ""),
  ]) func marksAreLeftOut(text: String, expected: String) {
    #expect(CellText(text).text == expected)
  }

  @Test func linksAreKept() {
    #expect(CellText("see [a `b`](<c d.md>) or [e](f.md \"t\")").links.map(\.target) == ["<c", "f.md"])
    #expect(CellText("[002](002.md)").links == [CellText.Link(text: "002", target: "002.md")])
  }
}
