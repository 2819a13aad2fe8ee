internal import PlanModel
internal import Testing

/// Expected lines against output.
struct TranscriptTests {
  private static func mismatch(_ expected: String, _ output: String, _ mode: Transcript.Mode) throws -> String? {
    guard let found = try Transcript(expected, mode: mode).mismatch(in: output) else { return nil }
    return "\(found.expectedLine ?? 0):\(found.expected ?? "-") \(found.foundLine ?? 0):\(found.found ?? "-")"
  }

  @Test(
    arguments: [
      ("a\nb\n", "a\nb\n", nil), ("a\nb", "a\nb\n", nil), ("a\n", "a  \r\n", nil), ("", "", nil), ("...\n", "", nil),
      ("a\n...\nd\n", "a\nb\nc\nd\n", nil), ("...\nd\n", "d\nx\nd\n", nil), ("a\n...\n", "a\n", nil),
      ("[0-9]+ files (re)\n", "12 files\n", nil), ("took * ms (glob)\n", "took 3.5 ms\n", nil),
      ("a\\*? (glob)\n", "a*x\n", nil), ("a\n\nb\n", "a\n\nb\n", nil),
      ("a\nb\n", "a\nc\n", "2:b 2:c"), ("a\nb\n", "a\n", "2:b 0:-"), ("a\n", "a\nb\n", "0:- 2:b"),
      ("a\n", "xa\n", "1:a 1:xa"), ("[0-9]+ (re)\n", "12 files\n", "1:[0-9]+ (re) 1:12 files"),
      ("a\\*? (glob)\n", "abx\n", "1:a\\*? (glob) 1:abx"), ("a\n...\nd\ne\n", "a\nb\nd\nf\n", "4:e 4:f"),
      ("", "x\n", "0:- 1:x"),
      ("a\n...\nd\n", "a\nb\n", "3:d 0:-"),
    ] as [(String, String, String?)])
  func wholeOutputs(expected: String, output: String, result: String?) throws {
    #expect(try Self.mismatch(expected, output, .whole) == result)
  }

  @Test(
    arguments: [
      ("b", "a\nxbx\nc\n", nil), ("b\nc\n", "a\nb 1\nc 2\nd\n", nil), ("a\n...\nd\n", "a\nb\nc\nd\n", nil),
      ("b\nc\n", "b\nx\nb\nc\n", nil), ("", "anything\n", nil), ("n=[0-9]+ (re)\n", "x n=3 y\n", nil),
      ("b?d (glob)\n", "abcde\n", nil), ("b", "a\n", "1:b 0:-"), ("b\nc\n", "a\nb\nd\n", "2:c 3:d"),
      ("b\nc\n", "a\nb\n", "2:c 0:-"), ("c\nb\n", "b\nc\n", "2:b 0:-"),
    ] as [(String, String, String?)])
  func partsOfOutputs(expected: String, output: String, result: String?) throws {
    #expect(try Self.mismatch(expected, output, .part) == result)
  }

  @Test func aBrokenPatternIsNamedByItsLine() throws {
    #expect(Transcript.problem(with: "a\n[0-9 (re)\n")?.line == 1)
    #expect(Transcript.problem(with: "a\n[0-9]\n") == nil)
    #expect(throws: EvaluationError.self) { try Transcript("( (re)", mode: .part) }
  }

  @Test func setsWithinSetsAreRefusedBeforeTheyEndTheProgram() throws {
    let nested = String(repeating: "[", count: 3000) + "a" + String(repeating: "]", count: 3000)
    #expect(Transcript.problem(with: "\(nested) (re)")?.message == "it holds more than 200 sets of characters")
    #expect(throws: EvaluationError.self) { try RegularExpression.matches(nested, in: "a") }
    let many = String(repeating: "[a-c]", count: 200)
    #expect(try RegularExpression.matches(many, in: String(repeating: "b", count: 200)))
  }
}
