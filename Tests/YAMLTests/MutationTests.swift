internal import Diagnostics
internal import SourceText
internal import TestSupport
internal import Testing
internal import YAML

/// Plans with random damage: nothing may crash, and what is read has to be consistent.
@Suite struct MutationTests {
  private static let seeds: [String] =
    YAMLRules.all.flatMap { [$0.good, $0.bad] } + [
      """
      execplan: 1
      title: "Nächtlicher Lauf \\u00e9"
      x-env: &env {TZ: UTC, LANG: 'it''s'}
      steps:
        - id: fetch   # comment
          needs: []
          env:
            <<: *env
            A: >-
              folded
              text

                more
          run: |
            set -e
            curl "$URL" | tar x

        - &two
          id: two
          when: params.x == 'y' &&
            params.z
          ? complex
          : - a
            - b: {c, d: [e, f: g]}
      last: *two

      """,
      "{\"execplan\": 1, \"steps\": [{\"id\": \"a\", \"run\": \"echo \\ud83d\\ude00\"}, {\"x\":null}]}\n",
      "\u{FEFF}a: 1\r\nb:\r\n- x\r\n- |\r\n  y\r\n",
    ]

  private static let pieces =
    [
      "!", "&x ", "*x", "[", "]", "{", "}", ":", ": ", "- ", "? ", "|", ">", "\n", "\t", "'", "\"", "#", " # ", "\\",
      "---\n",
      "...\n", "%TAG ! x\n", "<<: ", "\u{85}", "\u{2028}", "é", "  ", "\r", "\u{0}", "@", "`", ",", "!!str ",
      "\\ud83d\\ude00",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3]]

  @Test(arguments: 0..<8)
  func damagedPlansAreReadOrReported(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed) + 1)
    for _ in 0..<700 {
      var bytes = Array((Self.seeds.randomElement(using: &random) ?? "").utf8)
      for _ in 0..<Int.random(in: 1...5, using: &random) { Self.damage(&bytes, &random) }
      let reading = Reading(bytes: bytes)
      #expect(reading.root != nil || reading.collector.hasErrors)
      for diagnostic in reading.collector.diagnostics {
        #expect(diagnostic.range.upperBound <= bytes.count, "\(diagnostic)")
        #expect(diagnostic.related.allSatisfy { $0.range.upperBound <= bytes.count })
        #expect(!diagnostic.message.isEmpty)
      }
      guard let root = reading.root else { continue }
      Samples.checkRanges(of: root, in: reading)
      Samples.checkScalars(of: root, in: reading)
    }
  }

  private static func damage(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    let start = Int.random(in: 0...bytes.count, using: &random)
    let end = min(bytes.count, start + Int.random(in: 0...12, using: &random))
    switch Int.random(in: 0..<4, using: &random) {
    case 0: bytes.removeSubrange(start..<end)
    case 1: bytes.insert(contentsOf: bytes[start..<end], at: Int.random(in: 0...bytes.count, using: &random))
    case 2: bytes = Array(bytes[..<start])
    default: bytes.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: start)
    }
  }
}
