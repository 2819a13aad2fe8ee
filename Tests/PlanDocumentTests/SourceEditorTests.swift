internal import Diagnostics
internal import PlanDocument
internal import SourceText
internal import TestSupport
internal import Testing

@Suite struct SourceEditorTests {
  private static func fix(_ edits: (Int, Int, String)...) -> FixIt {
    FixIt("fix", edits.map { .init(SourceRange(start: $0.0, end: $0.1), with: $0.2) })
  }

  private static func apply(_ fixes: [FixIt], to text: String) -> (text: String, applied: [Int]) {
    let outcome = SourceEditor.apply(fixes, to: Array(text.utf8))
    return (String(decoding: outcome.bytes, as: UTF8.self), outcome.applied)
  }

  @Test func replacementsAreMadeInAnyOrder() {
    let result = Self.apply([Self.fix((4, 5, "E")), Self.fix((0, 1, "AA"), (2, 2, "+"))], to: "abcdef")
    #expect(result.text == "AAb+cdEf")
    #expect(result.applied == [0, 1])
  }

  @Test func ofTwoThatOverlapOneIsLeftOut() {
    let result = Self.apply([Self.fix((2, 4, "x")), Self.fix((0, 3, "y")), Self.fix((4, 4, "z"))], to: "abcdef")
    #expect(result.text == "ydzef")
    #expect(result.applied == [1, 2])
  }

  @Test func aFixIsAppliedWhollyOrNotAtAll() {
    let result = Self.apply([Self.fix((0, 1, "x"), (3, 5, "x")), Self.fix((2, 4, "y"))], to: "abcdef")
    #expect(result.text == "abyef")
    #expect(result.applied == [1])
  }

  @Test func theSameFixTwiceIsAppliedOnce() {
    #expect(Self.apply([Self.fix((1, 1, "x")), Self.fix((1, 1, "x"))], to: "ab").text == "axb")
  }

  @Test func aFixBeyondTheFileIsLeftOut() {
    #expect(Self.apply([Self.fix((1, 9, "x")), Self.fix()], to: "ab").applied == [])
  }

  @Test func neighboursDoNotOverlap() {
    #expect(
      Self.apply([Self.fix((0, 2, "x")), Self.fix((2, 4, "y")), Self.fix((2, 2, "-"))], to: "abcd").text == "x-y")
  }

  @Test func bytesThatAreNoTextAreKept() {
    let outcome = SourceEditor.apply([Self.fix((1, 2, "x"))], to: [0xFF, 0x61, 0x0D, 0x0A, 0x80])
    #expect(outcome.bytes == [0xFF, 0x78, 0x0D, 0x0A, 0x80])
  }

  @Test func randomFixesLeaveEverythingElseAndMakeProgress() {
    var random = SeededGenerator(seed: 3)
    let bytes = Array("abcdefghijklmnopqrstuvwxyz".utf8)
    for _ in 0..<2000 {
      let fixes = (0..<Int.random(in: 1...6, using: &random)).map { _ in
        let start = Int.random(in: 0...24, using: &random)
        let first = (start, min(26, start + Int.random(in: 0...4, using: &random)), "#")
        let second = Int.random(in: first.1...26, using: &random)
        return Bool.random(using: &random) && second > first.1
          ? Self.fix(first, (second, min(26, second + 1), "#")) : Self.fix(first)
      }
      let outcome = SourceEditor.apply(fixes, to: bytes)
      #expect(!outcome.applied.isEmpty)
      let edits = outcome.applied.flatMap { fixes[$0].replacements }
      let removed = edits.reduce(0) { $0 + $1.range.upperBound - $1.range.lowerBound }
      #expect(outcome.bytes.count == bytes.count - removed + edits.count)
      let touched = Set(edits.flatMap { Array($0.range.lowerBound..<$0.range.upperBound) })
      #expect(
        outcome.bytes.filter { $0 != UInt8(ascii: "#") }
          == bytes.indices.filter { !touched.contains($0) }.map { bytes[$0] })
    }
  }
}
