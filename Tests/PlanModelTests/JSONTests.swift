import PlanModel
import Testing

private func read(_ text: String) throws(JSONError) -> Value { try JSONReader.read(Array(text.utf8)) }

@Test(arguments: [
  "null", "true", "[]", "{}", "-1", "1.5", "\"a\"", "[1,[2,{\"a\":null}]]", "{\"b\":1,\"a\":2}",
  "\"\\\"\\\\\\n\\r\\t\\b\\f\\u0001\\u007f\"", "\"é日😀\"", "9223372036854775807", "-9223372036854775808",
])
func compactJSONIsWrittenAsItWasRead(text: String) throws {
  #expect(JSONWriter.compact(try read(text)) == text)
}

@Test(arguments: [
  ("\"\\ud83d\\ude00\\/\"", Value.string("😀/")), ("1e2", .double(100)),
  ("9223372036854775808", .double(9_223_372_036_854_775_808)),
  (" [ 1 , 2 ] ", .list([.int(1), .int(2)])), ("-0", .int(0)),
])
func otherSpellingsAreRead(text: String, value: Value) throws {
  #expect(try read(text) == value)
}

@Test(arguments: [
  "", "nul", "01", "1.", "-", "1e", "+1", "[1,]", "{\"a\":1,}", "{a:1}", "{\"a\":1,\"a\":2}", "'a'", "\"a", "\"\n\"",
  "\"\\x\"",
  "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "1 2", "[1 2]", "//", "NaN", "1e999", "\"\\u12g4\"",
])
func otherTextIsRefused(text: String) {
  #expect(throws: JSONError.self) { try read(text) }
}

@Test func invalidUTF8IsRefused() {
  #expect(throws: JSONError(0, "the string is not UTF-8")) { try JSONReader.read([0x22, 0xFF, 0x22]) }
}

@Test func depthIsLimited() {
  #expect(throws: JSONError.self) { try read(String(repeating: "[", count: 100_000)) }
  #expect(throws: Never.self) { try read(String(repeating: "[", count: 100) + String(repeating: "]", count: 100)) }
}

@Test func prettyJSONHasALineAnItem() throws {
  let value = try read("{\"a\":[1,{}],\"b\":[]}")
  #expect(JSONWriter.pretty(value) == "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}")
}

@Test func numbersThatJSONLacksBecomeNull() {
  #expect(
    JSONWriter.compact(.list([.double(.infinity), .double(.nan), .double(2), .double(0.1)])) == "[null,null,2,0.1]")
}

/// What the journal keeps comes back as the same value, whatever it is.
@Test(arguments: [
  Value.double(.infinity), .double(-.infinity), .double(2), .double(1e20), .double(0.1), .int(2), .string("\u{7F}\r\n"),
  .map([.init("a", .int(1)), .init("a", .int(2))]), (0..<140).reduce(Value.null) { value, _ in .list([value]) },
])
func storedValuesComeBackAsTheyWere(value: Value) throws {
  #expect(try JSONReader.read(Array(JSONWriter.stored(value).utf8), from: .stored) == value)
}
