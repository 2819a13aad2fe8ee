internal import Diagnostics
internal import Foundation
internal import SourceText
internal import TestSupport
internal import Testing

@testable internal import Commands

/// Breaks the plans of the corpus at random: whatever stands in a file, it is read to its end.
struct LoadingMutationTests {
  private static let corpus: [[UInt8]] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Corpus")
    return ["ok", "err"].flatMap { part -> [[UInt8]] in
      let path = folder.appendingPathComponent(part)
      let names = (try? FileManager.default.contentsOfDirectory(atPath: path.path)) ?? []
      return names.sorted().filter { $0.hasSuffix(".execplan.yaml") }
        .compactMap { try? Data(contentsOf: path.appendingPathComponent($0)) }.map { Array($0) }
    }
  }()

  private static let pieces = [
    "${{", "}}", "'", "\"", "|\n", ">-\n", "*a", "&a", "<<: ", "!", "- ", ": ", "\t", "\n", "  ", "{", "}", "[", "]",
    "#",
    "\u{0}", "\u{FEFF}", "\u{2028}", "é", "steps:\n", "needs: [a]\n", "---\n", "$(", "`", "\\", "1e999", "-1", "~",
    "**",
  ]

  private static func mutated(_ bytes: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      let end = min(bytes.count, place + Int.random(in: 0...12, using: &random))
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes.removeSubrange(place..<end)
      case 1: bytes.insert(contentsOf: pieces.randomElement(using: &random)?.utf8 ?? "".utf8, at: place)
      case 2: bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &random))
      case 3 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
      default: bytes.removeSubrange(end...)
      }
    }
    return bytes
  }

  @Test(arguments: 0..<8) func brokenPlansGiveSortedFindingsInsideTheFile(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<250 {
      guard let original = Self.corpus.randomElement(using: &random) else { continue }
      let bytes = Self.mutated(original, using: &random)
      let findings = LoadedExample.load(bytes).diagnostics
      let places = findings.flatMap { finding in
        [finding.range] + finding.related.map(\.range) + (finding.fix?.replacements.map(\.range) ?? [])
      }
      #expect(places.allSatisfy { $0.lowerBound <= $0.upperBound && $0.upperBound <= bytes.count })
      #expect(zip(findings, findings.dropFirst()).allSatisfy { $0.range <= $1.range })
      #expect(findings.allSatisfy { !$0.message.isEmpty && !$0.message.hasSuffix(".") })
    }
  }
}
