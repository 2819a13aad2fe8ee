internal import Planner
internal import TestSupport
internal import Testing

@testable internal import Reporting

@Suite struct DiffTests {
  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  private func diff(
    _ before: PathChange.Side?, _ after: PathChange.Side?, path: String = "etc/a",
    mask: @escaping ([UInt8]) -> [UInt8] = { $0 }
  ) -> PathDiff {
    PathDiff(PathChange(path: path, before: before, after: after), mask: mask)
  }

  private func file(_ text: String, mode: UInt16? = nil) -> PathChange.Side { .init(.file(bytes(text)), mode: mode) }

  @Test func aChangeIsShownAsGitShowsIt() {
    let old = (1...12).map { "line \($0)\n" }.joined()
    let new = old.replacing("line 3\n", with: "line three\n").replacing("line 12\n", with: "line 12\nlast")
    #expect(
      diff(file(old, mode: 0o644), file(new, mode: 0o600)).patch == """
        diff --git a/etc/a b/etc/a
        old mode 100644
        new mode 100600
        --- a/etc/a
        +++ b/etc/a
        @@ -1,6 +1,6 @@
         line 1
         line 2
        -line 3
        +line three
         line 4
         line 5
         line 6
        @@ -10,3 +10,4 @@
         line 10
         line 11
         line 12
        +last
        \\ No newline at end of file

        """)
  }

  @Test func whatComesAndWhatGoesIsShownWhole() {
    #expect(
      diff(nil, file("a\nb\n")).patch == """
        diff --git a/etc/a b/etc/a
        new file mode 100644
        --- /dev/null
        +++ b/etc/a
        @@ -0,0 +1,2 @@
        +a
        +b

        """)
    #expect(
      diff(file("a", mode: 0o755), nil).patch == """
        diff --git a/etc/a b/etc/a
        deleted file mode 100755
        --- a/etc/a
        +++ /dev/null
        @@ -1 +0,0 @@
        -a
        \\ No newline at end of file

        """)
    #expect(diff(nil, file("")).patch == "diff --git a/etc/a b/etc/a\nnew file mode 100644\n")
    #expect(
      diff(nil, .init(.folder)).patch == "diff --git a/etc/a b/etc/a\nnew file mode 040755\n")
    #expect(
      diff(.init(.folder, mode: 0o755), .init(.folder, mode: 0o700)).patch
        == "diff --git a/etc/a b/etc/a\nold mode 040755\nnew mode 040700\n")
  }

  @Test func aLinkInThePlaceOfAFileIsTwoChanges() {
    let patch = diff(file("a\n", mode: 0o644), .init(.link(target: "b"))).patch
    #expect(
      patch == """
        diff --git a/etc/a b/etc/a
        deleted file mode 100644
        --- a/etc/a
        +++ /dev/null
        @@ -1 +0,0 @@
        -a
        diff --git a/etc/a b/etc/a
        new file mode 120000
        --- /dev/null
        +++ b/etc/a
        @@ -0,0 +1 @@
        +b
        \\ No newline at end of file

        """)
  }

  @Test func whatIsNoTextOrTooMuchIsNamedOnly() {
    let binary = diff(file("a\u{0}"), file("b"))
    #expect(binary.isBinary && binary.patch.hasSuffix("\nBinary files a/etc/a and b/etc/a differ\n"))
    let large = diff(.init(.large(3 << 20)), file("b"))
    #expect(large.patch.hasSuffix("too large to be compared: 3.0 MiB -> 1 B\n"))
    let long = diff(nil, file((1...1000).map { "\($0)\n" }.joined()))
    #expect(long.omittedLines == 605 && long.lines.count == 400)
    #expect(long.text(.plain).hasSuffix("\n… (605 more lines)\n"))
    #expect(diff(nil, file(String(repeating: "x", count: 5000))).text(.plain).contains("xxx…\n"))
  }

  @Test func secretsAreMaskedAndNothingElseIsSaidOfThem() {
    func masked(_ bytes: [UInt8]) -> [UInt8] {
      Array(
        String(decoding: bytes, as: UTF8.self).replacing("geheim1", with: "***").replacing("geheim2", with: "***").utf8)
    }
    let both = diff(file("a = geheim1\nb\n"), file("a = geheim2\nc\n"), mask: masked).patch
    #expect(both.contains(" a = ***\n-b\n+c\n") && !both.contains("geheim"))
    let only = diff(file("a = geheim1\n"), file("a = geheim2\n"), mask: masked).patch
    #expect(only.hasSuffix("only a secret in it differs\n") && !only.contains("geheim"))
  }

  @Test func aTerminalGetsColoursAndNoControlCharacters() {
    let diff = diff(file("a\u{1B}[2J\tb\r\n"), file("a\tb\n"), path: "x\u{1B}y")
    let text = diff.text(.colored)
    #expect(text.contains("\u{1B}[31m-a␛[2J\tb␍\u{1B}[0m\n") && text.contains("\u{1B}[32m+a\tb\u{1B}[0m\n"))
    #expect(diff.patch.contains("-a\u{1B}[2J\tb\r\n") && diff.patch.contains("--- \"a/x\\033y\"\n"))
  }

  /// The lines of the old text with the changes carried out are the new text, and no shorter way is missed for small ones.
  @Test func changesLeadFromOneTextToTheOther() {
    var random = SeededGenerator(seed: 4711)
    for round in 0..<2000 {
      let alphabet = 1 + round % 5
      func some() -> [Int] {
        (0..<Int.random(in: 0...12, using: &random)).map { _ in Int.random(in: 0...alphabet, using: &random) }
      }
      let (old, new) = (some(), some())
      var result: [Int] = []
      var place = 0
      for change in LineDiff(old, new).changes {
        result += old[place..<change.old.lowerBound]
        #expect(result.count == change.new.lowerBound)
        result += new[change.new]
        place = change.old.upperBound
      }
      result += old[place...]
      #expect(result == new, "\(old) \(new)")
      let edits = LineDiff(old, new).changes.reduce(0) { $0 + $1.old.count + $1.new.count }
      #expect(edits == new.difference(from: old).count, "\(old) \(new)")
    }
  }

  @Test func textsWithNothingInCommonAreComparedAtOnce() {
    let (old, new) = (Array(0..<60_000), Array(100_000..<160_000))
    #expect(LineDiff(old, new).changes == [.init(old: 0..<60_000, new: 0..<60_000)])
    // The ends in common stay.
    #expect(LineDiff([1, 2] + old + [3], [1, 2] + new + [3]).changes == [.init(old: 2..<60_002, new: 2..<60_002)])
  }
}
