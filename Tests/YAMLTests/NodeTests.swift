internal import SourceText
internal import Testing
internal import YAML

@Suite struct NodeTests {
  @Test func nodesHaveTheTextTheyAreWrittenWith() throws {
    let reading = Reading(
      """
      title: "A plan"   # comment
      list:
        - one
        - {a: 'b', c: [1, 2]}
      text: |-
        first

        second

      last: end

      """)
    let root = try #require(reading.root)
    #expect(reading.findings == [])
    #expect(root.entries.map(\.key.text) == ["title", "list", "text", "last"])
    #expect(reading.text(root["title"]) == "\"A plan\"")
    #expect(reading.text(root["list"]) == "- one\n  - {a: 'b', c: [1, 2]}")
    let item = try #require(root["list"]?.items.map { $0 }.last)
    #expect(reading.text(item) == "{a: 'b', c: [1, 2]}")
    #expect(reading.text(item["c"]) == "[1, 2]")
    #expect(reading.text(root["text"]) == "|-\n  first\n\n  second")
    #expect(root["text"]?.text == "first\n\nsecond")
    #expect(root["text"]?.style == .literal)
    #expect(
      reading.text(root) == String(reading.source.text(SourceRange(start: 0, end: reading.source.bytes.count - 1))))
    #expect(root["absent"] == nil)
    #expect(root.count == 4)
    #expect(root["list"]?.count == 2)
  }

  @Test(arguments: [
    ("a: &x\nb: 1", "a", ""), ("a: &x [1]\n", "a", "[1]"), ("a: &x\n  b: 1\n", "a", "b: 1"),
    ("a: &x\n- 1\n- 2\nb: 1", "a", "- 1\n- 2"), ("a: &x 'q'\n", "a", "'q'"), ("a: &x # note\n  b: 1", "a", "b: 1"),
    ("a:\nb: 1", "a", ""), ("a: >+\n  x\n\n\nb: 1", "a", ">+\n  x"), ("a: |\nb: 1", "a", "|"),
    ("a: {b: 1 }\n", "a", "{b: 1 }"), ("? x\na: 1\n", "x", ""), ("a: &x:y z", "a", ":y z"),
  ])
  func anchorsAndBlankLinesAreOutsideOfANode(text: String, key: String, expected: String) throws {
    let reading = Reading(text)
    let root = try #require(reading.root)
    #expect(reading.text(root[key]) == expected)
  }

  @Test func anEmptyValueStandsBesideItsKey() throws {
    let reading = Reading("? a\n# far\n\nb: 1\n")
    #expect(reading.location(reading.root?["a"]) == "1:4")
  }

  @Test func anAliasShowsTheNodeItRefersTo() throws {
    let reading = Reading("a: &x {k: [1, 2]}\nb: *x\n")
    let root = try #require(reading.root)
    let alias = try #require(root["b"])
    #expect(alias.isAlias)
    #expect(alias.kind == .mapping)
    #expect(alias["k"]?.items.map(\.text) == ["1", "2"])
    #expect(reading.location(alias) == "2:4")
    #expect(reading.location(alias.target) == "1:7")
    #expect(try alias.target.isSameNode(as: #require(root["a"])))
  }

  @Test func aLaterAnchorOfTheSameNameReplacesTheEarlier() throws {
    let root = try #require(Reading("- &x 1\n- *x\n- &x 2\n- *x\n").root)
    #expect(root.items.map(\.text) == ["1", "1", "2", "2"])
  }

  @Test(arguments: [
    ("m: {<<: *a, y: 9}", "y=9 x=1"), ("m: {<<: [*a, *b]}", "x=1 y=2 z=3"), ("m: {<<: [*b, *a]}", "x=8 z=3 y=2"),
    ("m: {'<<': 1}", "<<=1"), ("m: {<<: {q: 1}, r: 2}", "r=2 q=1"),
  ])
  func mergeKeysAddEntriesThatAreNotThere(line: String, expected: String) throws {
    let reading = Reading("a: &a {x: 1, y: 2}\nb: &b {x: 8, z: 3}\n" + line)
    #expect(reading.findings == [])
    let mapping = try #require(reading.root?["m"])
    #expect(mapping.entries.map { "\($0.key.text)=\($0.value.text)" }.joined(separator: " ") == expected)
    #expect(mapping.count == mapping.entries.map { $0.key }.count)
  }

  @Test func aMergeOfAMergeKeepsTheNearestValue() throws {
    let root = try #require(Reading("a: &a {x: 1, y: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b, z: 3}\n").root)
    #expect(root["c"]?.entries.map { "\($0.key.text)\($0.value.text)" } == ["z3", "y2", "x1"])
  }

  @Test func keysOfABigMappingAreFound() throws {
    let text = (0..<500).map { "key\($0): \($0)\n" }.joined()
    let root = try #require(Reading(text + "key77: again\n").root)
    #expect(root.count == 500)
    #expect((0..<500).allSatisfy { root["key\($0)"]?.text == String($0) })
    #expect(root["key500"] == nil)
    #expect(root.entries.map(\.key.text).prefix(3) == ["key0", "key1", "key2"])
  }

  @Test func aCommentAfterAPlainScalarIsKnown() throws {
    let reading = Reading("a: echo a #b\nb: 'x' #c\nc: x#d\nd: # e\ne: long\n  text  # f\n")
    let root = try #require(reading.root)
    #expect(root.entries.map { $0.value.commentAfter.map(reading.source.text) } == ["#b", nil, nil, "# e", "# f"])
  }

  @Test func aPartOfAFileIsReadWithThePlacesOfTheFile() throws {
    let text = "---\ntitle: x\nsteps: [a, a: 1, b: {c: 1, c: 2}]\n---\n# Text\n"
    let range = SourceRange(start: 4, end: 4 + "title: x\nsteps: [a, a: 1, b: {c: 1, c: 2}]\n".utf8.count)
    let reading = Reading(bytes: Array(text.utf8), range: range)
    #expect(reading.location(reading.root?["steps"]) == "3:8")
    #expect(reading.findings == ["EP103@3:28"])
  }
}
