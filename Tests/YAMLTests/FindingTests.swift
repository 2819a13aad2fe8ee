internal import Diagnostics
internal import SourceText
internal import Testing
internal import YAML

@Suite struct FindingTests {
  /// Texts and the findings that they give, each at its line and column.
  @Test(arguments: [
    // Tags, as authors type them without knowing
    ("run: ! grep -q ERROR log", "EP104@1:6"), ("when: !exists('x')", "EP104@1:7"), ("- !dist/tmp/**", "EP104@1:3"),
    ("run: !a && b\n", "EP104@1:6"), ("- id: x\n  when: !a || !b\n", "EP104@2:9"), ("a: !!str 12", "EP104@1:4"),
    ("a: !!int \"1\"", "EP104@1:4"), ("!x\na: 1", "EP104@1:1"), ("a: &x !y [1]", "EP104@1:7"),
    ("[!a, !b ]", "EP104@1:2 EP104@1:6"),
    ("!k a: 1", "EP104@1:1"), ("a: !dist/{x,y}", "EP104@1:4"), ("a: !x!y z", "EP104@1:4"),
    ("a: !<tag:x> b", "EP104@1:4"),
    ("%TAG !e! tag:example.com,2000:\n---\na: !e!x 1\n", "EP104@3:4"),
    // Repeated keys
    ("a: 1\nb: 2\na: 3\n", "EP103@3:1"), ("{a: 1, 'a': 2, \"\\x61\": 3}", "EP103@1:8 EP103@1:16"),
    ("a: {b: 1, b: 2}\na: [\n", "EP103@1:11 EP103@2:1 EP101@3:1"), ("<<: {}\n<<: {}\n", "EP103@2:1"),
    // Keys
    ("[1, 2]: a", "EP108@1:1"), ("a: {{ b }}", "EP108@1:5"), ("~: a", "EP108@1:1"), (": a", "EP101@1:1"),
    ("1: a\ntrue: b", ""),
    ("a: &x [1]\n*x : 2\n", "EP108@2:1"),
    // Aliases and merge keys
    ("a: *b", "EP105@1:4"), ("a: &a [*a]", "EP105@1:8"), ("a: &a {b: {c: *a}}", "EP105@1:15"), ("<<: 1", "EP110@1:5"),
    ("<<: [{}, x]", "EP110@1:10"), ("<<: *no", "EP105@1:5"),
    // Documents
    ("a: 1\n---\nb: 2\n", "EP107@2:1"), ("---\na: 1\n...\n", ""), ("--- \na: 1\n...\n---\n", "EP107@4:1"),
    ("{}\n}", "EP101@2:1"),
    ("", "EP101@1:1"), ("# only a comment\n", "EP101@1:1"), ("%YAML 1.2\n---\na: 1\n", ""),
    ("%YAML 3.0\n---\na: 1\n", "EP101@1:1"),
    // Tabs
    ("a:\n\tb: 1\n", "EP109@2:1"), ("a:\n  - x\n\t- y\n", "EP109@3:1"), ("a: |\n\tx\n", "EP109@2:1"), ("a:\tb\n", ""),
    ("{\n\t\"a\": 1\n}", ""),
    // Syntax
    ("{env: ${{ params.env }}}", "EP101@1:8"), ("a: b: c", "EP101@1:5"), ("[1, 2", "EP101@1:1"),
    ("{a: 1,\n b: 2\n", "EP101@1:1"),
    ("a: 'x\n", "EP101@1:4"), ("a: \"x\\q\"", "EP101@1:6"), ("- *.csv", "EP101@1:3"), ("- a\n- @b", "EP101@2:3"),
    ("a: `x`", "EP101@1:4"),
    ("a: %x", "EP101@1:4"), ("a:\n  b: 1\n c: 2\n", "EP101@3:2"), ("a: 1\nfoo\nb: 2", "EP101@2:1"),
    ("a: [x/{a,b}]", "EP101@1:7"),
    ("a: |x\n  y", "EP101@1:5"), ("- a\nb: 1\n", "EP101@2:1"), ("a: - b", "EP101@1:4"), ("\"\\ud83d\"", "EP101@1:2"),
    // Places count characters, after a byte order mark, in lines as an editor shows them
    ("\u{FEFF}a: *b", "EP105@1:4"), ("é: 😀\nü: [ß, *b]\n", "EP105@2:8"), ("a: x\r\nb: *c\r\n", "EP105@2:4"),
    ("a: \"x\u{85}y\"\nb: *c", "EP105@2:4"),
    ("a: \"x\u{2028}y\"\nb: *c", "EP105@2:4"), ("a: x\rb: *c", "EP105@2:4"), ("a:\t*b", "EP105@1:4"),
    ("# \(String(repeating: "é", count: 200))\na: *b", "EP105@2:4"),
    ("\u{FEFF}\u{FEFF}a: 1", ""),
  ])
  func findingsStandAtTheirPlaces(text: String, expected: String) {
    #expect(Reading(text).findings.joined(separator: " ") == expected)
  }

  /// The check of characters looks at eight bytes at a time.
  @Test(arguments: [0x00, 0x0B, 0x1B, 0x1F, 0x7F, 0x80, 0xFF] as [UInt8])
  func aBadByteIsFoundWhereverItStands(bad: UInt8) {
    for place in 4..<30 {
      var bytes = Array("a: \(String(repeating: "~ !", count: 9))\nb: 1".utf8)
      bytes[place] = bad
      #expect(Reading(bytes: bytes).findings == ["EP102@1:\(place + 1)"], "\(place)")
    }
  }

  @Test func anEscapedPairIsOneCharacterWhereverItStands() {
    for place in 0..<20 {
      let before = String(repeating: "x", count: place)
      #expect(Reading("\"\(before)\\ud83d\\ude00yyyyyyyy\"").root?.text == "\(before)😀yyyyyyyy", "\(place)")
    }
  }

  @Test(
    arguments: [
      ([0x61, 0xFF, 0x62, 0x80], "EP102@1:2 EP102@1:4"), ([0x61, 0x0A, 0x00], "EP102@2:1"),
      ([0xFF, 0xFE, 0x61, 0x00], "EP102@1:1"),
      ([0x61, 0x00, 0x3A, 0x00], "EP102@1:1"), ([0x00, 0x61], "EP102@1:1"), ([0xFE, 0xFF], "EP102@1:1"),
      ([0x61, 0x0A, 0x1B], "EP102@2:1"),
      ([0xC0, 0x80], "EP102@1:1 EP102@1:2"), ([0xED, 0xA0, 0x80], "EP102@1:1 EP102@1:2 EP102@1:2"),
      ([0xF4, 0x90, 0x80, 0x80], ""),
      ([0x61, 0xE2, 0x82], "EP102@1:2 EP102@1:3"), ([0xC2, 0x80], "EP102@1:1"), ([0xEF, 0xBF, 0xBF], "EP102@1:1"),
      ([0x7F], "EP102@1:1"),
    ] as [([UInt8], String)])
  func bytesThatAreNoTextAreReported(bytes: [UInt8], expected: String) {
    let reading = Reading(bytes: bytes)
    #expect(reading.root == nil)
    #expect(Set(reading.collector.diagnostics.map(\.rule.code)) == ["EP102"])
    if !expected.isEmpty { #expect(reading.findings.joined(separator: " ") == expected) }
  }

  @Test func aBinaryFileIsNotListedByteByByte() {
    let reading = Reading(bytes: [UInt8](repeating: 0xFF, count: 10_000))
    #expect(reading.collector.diagnostics.count == 21)
  }

  /// What is applied to the text gives the second text, in which the node has the value that was meant.
  @Test(arguments: [
    ("a: ! grep -q 'x' log\n", "a: '! grep -q ''x'' log'\n", "! grep -q 'x' log"),
    ("a: !exists('x')", "a: '!exists(''x'')'", "!exists('x')"),
    ("a: !b && c  \n", "a: '!b && c'  \n", "!b && c"), ("a: !b || !c\n", "a: '!b || !c'\n", "!b || !c"),
    ("a: !!str 12", "a: '12'", "12"),
    ("a: !x # c\n", "a: '!x' # c\n", "!x"), ("{a: !x/*, b: 1}", "{a: '!x/*', b: 1}", "!x/*"),
  ])
  func aTagIsRepairedByQuotes(text: String, repaired: String, value: String) throws {
    let reading = Reading(text)
    let fix = try #require(reading.collector.diagnostics.first?.fix)
    #expect(fix.isSafe)
    let range = fix.replacements[0].range
    var bytes = reading.source.bytes
    bytes.replaceSubrange(range.lowerBound..<range.upperBound, with: fix.replacements[0].text.utf8)
    let second = Reading(bytes: bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == repaired)
    #expect(second.findings == [])
    #expect(second.root?["a"]?.text == value)
  }

  @Test(arguments: ["a: !x [1]", "!k a: 1", "a: !!int '1'", "a: !x\n  b", "a: !b || c # d"])
  func aTagThatQuotesDoNotRepairHasNoFix(text: String) {
    #expect(Reading(text).collector.diagnostics.allSatisfy { $0.rule.code == "EP104" && $0.fix == nil })
    #expect(Reading(text).collector.hasErrors)
  }

  @Test func aTaggedTextKeepsItsExclamationMark() throws {
    let root = try #require(Reading("when: !exists('x')\nrun: ! true\n").root)
    #expect(root["when"]?.text == "!exists('x')")
    #expect(root["run"]?.resolved == .string("! true"))
  }

  @Test(arguments: [
    ("{env: ${{ params.env }}}", true), ("- *.csv", true), ("a: [x/{a,b}]", true), ("a: @x", true), ("a: %x", true),
    ("a: `x`", true),
    ("a: &", true), ("a: [1", false), ("a: {b: c d: e}", false), ("a: b: c", false),
  ])
  func aValueThatNeedsQuotesIsNamed(text: String, isNamed: Bool) throws {
    let diagnostic = try #require(Reading(text).collector.diagnostics.first)
    #expect(diagnostic.rule.code == "EP101")
    #expect(diagnostic.notes.contains { $0.hasPrefix("quote this value") } == isNamed)
  }

  @Test func aRepeatedKeyNamesTheFirst() throws {
    let reading = Reading("a: 1\nb: 2\na: 3\na: 4\n")
    let places = reading.collector.diagnostics.map { reading.source.location(of: $0.related[0].range.lowerBound).line }
    #expect(places == [1, 1])
    #expect(reading.root?["a"]?.text == "1")
    #expect(reading.root?.count == 2)
  }

  @Test func everyMessageIsLowerCaseWithoutAFullStop() {
    let texts = [
      "a: b: c", "[1", "{a", "'x", "\"\\q\"", "a:\n  b: 1\n c: 2\n", "- a\nb", "&", "*", "a: |x", "%FOO\n",
      "? - a\n  b", "[?", "a: - b",
    ]
    for diagnostic in texts.flatMap({ Reading($0).collector.diagnostics }) {
      #expect(diagnostic.message.first?.isUppercase == false && diagnostic.message.last != ".", "\(diagnostic.message)")
    }
  }
}
