internal import Testing
internal import YAML

@Suite struct ScalarTests {
  @Test(arguments: [
    ("~", YAMLScalar.null), ("null", .null), ("", .null), ("NULL", .null), ("nUll", .string("nUll")),
    ("true", .bool(true)), ("False", .bool(false)), ("yes", .string("yes")), ("no", .string("no")),
    ("on", .string("on")), ("12", .int(12)), ("-7", .int(-7)), ("+7", .int(7)), ("0644", .int(644)),
    ("0o17", .int(15)), ("0x1F", .int(31)), ("0x", .string("0x")), ("0o8", .string("0o8")),
    ("0x-1", .string("0x-1")), ("-0x1", .string("-0x1")), ("1e3", .double(1000)), (".5", .double(0.5)),
    ("1.", .double(1)), ("-1.5E-2", .double(-0.015)), (".inf", .double(.infinity)), ("-.INF", .double(-.infinity)),
    ("1_000", .string("1_000")), ("1:30", .string("1:30")), ("1e", .string("1e")), (".", .string(".")),
    ("+", .string("+")), ("e3", .string("e3")), ("0b1", .string("0b1")), ("9223372036854775807", .int(.max)),
    ("9223372036854775808", .double(9_223_372_036_854_775_808)), ("2026-01-01", .string("2026-01-01")),
    ("1.2.3", .string("1.2.3")), ("inf", .string("inf")), ("nan", .string("nan")),
  ])
  func plainScalarsResolveByTheCoreSchema(text: String, expected: YAMLScalar) throws {
    let node = try #require(Reading("a: \(text)\n").root?["a"])
    #expect(node.resolved == expected)
    #expect(node.text == text)
    #expect(node.isNull == (expected == .null))
  }

  @Test func notANumberResolves() throws {
    guard case .double(let value) = try #require(Reading("a: .nan").root?["a"]).resolved else {
      Issue.record("not a double")
      return
    }
    #expect(value.isNaN)
  }

  @Test(arguments: ["'1'", "\"true\"", "|-\n  1", ">-\n  null", "''"])
  func onlyPlainScalarsAreMoreThanText(text: String) throws {
    let node = try #require(Reading("a: \(text)\n").root?["a"])
    #expect(node.resolved == .string(node.text))
  }

  @Test(arguments: [
    (#""a\tb\u00e9\x41\"\\\/""#, "a\tb\u{e9}A\"\\/"), (#""\ud83d\ude00!""#, "\u{1F600}!"), ("'it''s'", "it's"),
    ("\"a\n  b\n\n  c\\\n   d\"", "a b\ncd"), ("plain\n  folded", "plain folded"),
    (">\n  a\n  b\n\n   c\n  d\n", "a b\n\n c\nd\n"), ("|2\n   a\n  b\n", " a\nb\n"), ("|+\n  a\n\n", "a\n\n\n"),
    (#""\ud83d\ude00 and \u0041\ud83d\ude01""#, "\u{1F600} and A\u{1F601}"),
  ])
  func valuesAreThoseOfYAML(text: String, expected: String) throws {
    let reading = Reading("a: \(text)\n")
    #expect(reading.findings == [])
    #expect(reading.root?["a"]?.text == expected)
  }

  @Test(arguments: [
    "plain", "it's", "a: b", "", "!x", "line\nbreak", "tab\t", "\u{2028}", "back\\slash", "\u{1B}[1m\"", "é",
  ])
  func quotedTextsAreReadBack(text: String) throws {
    let reading = Reading("a: \(YAMLQuoting.quoted(text))\n")
    #expect(reading.root?["a"]?.text == text)
    #expect(reading.root?["a"]?.resolved == .string(text))
  }
}
