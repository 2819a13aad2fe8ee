import PlanModel
import SourceText
import Testing

/// Random text for readers that must refuse what they do not know, and nothing else.
private struct RandomBytes {
  var state: UInt64

  mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }

  mutating func bytes(of pieces: [String]) -> [UInt8] {
    var result: [UInt8] = []
    for _ in 0..<next(12) {
      if next(5) == 0 { result.append(UInt8(next(256))) } else { result += Array(pieces[next(pieces.count)].utf8) }
    }
    return result
  }
}

@Test func randomJSONIsReadOrRefusedAndReadAgain() throws {
  var random = RandomBytes(state: 5)
  let pieces = [
    "{", "}", "[", "]", "\"", ":", ",", "1", "-", "0", ".5", "e9", "true", "null", "\\u12", "ab", "\\n", " ", "\"a\":",
    "\\ud800",
  ]
  for _ in 0..<30_000 {
    let bytes = random.bytes(of: pieces)
    do throws(JSONError) {
      let value = try JSONReader.read(bytes)
      // `1e9` comes back as a whole number; what is written stays the same.
      let text = JSONWriter.compact(value)
      #expect(JSONWriter.compact(try JSONReader.read(Array(text.utf8))) == text)
      #expect(JSONWriter.compact(try JSONReader.read(Array(JSONWriter.pretty(value).utf8))) == text)
    } catch {
      #expect((0...bytes.count).contains(error.offset))
    }
  }
}

@Test func randomDatesOffsetsAndFormatsNeverTrap() {
  var random = RandomBytes(state: 6)
  let pieces = ["2026", "-", "01", "31", "T", "d", "w", "+", "{", "}", "0", "1", "9223372036854775807"]
  for _ in 0..<20_000 {
    let text = String(decoding: random.bytes(of: pieces), as: UTF8.self)
    if let day = CalendarDay(text) { #expect(text.hasPrefix(day.text)) }
    if let offset = CalendarDay.offset(text) { _ = CalendarDay("2026-01-01")?.advanced(by: offset) }
    _ = try? FormatText.render(text, ["a"], .fileStart)
    _ = Value.string(text).number
  }
}
