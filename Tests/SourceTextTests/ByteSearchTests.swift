internal import SourceText
internal import Testing

@Suite struct ByteSearchTests {
  /// Every text of at most six bytes out of two, every part of it, and texts that overlap with themselves.
  @Test(arguments: ["", "a", "ab", "aa", "aab", "abab"])
  func textsAreFoundWhereAPlainLoopFindsThem(wanted: String) {
    let wanted = Array(wanted.utf8)
    for text in texts(upTo: 6) {
      for start in 0...text.count {
        for end in start...text.count {
          let plain = (start..<max(start, end - wanted.count + 1)).first { place in
            !wanted.isEmpty && text[place..<place + wanted.count].elementsEqual(wanted)
          }
          #expect(text.firstIndex(of: wanted, in: start..<end) == plain)
        }
      }
    }
  }

  @Test func bytesAreFoundInsideOfAPartOnly() {
    let text = Array("a:b:c".utf8)
    let colon = UInt8(ascii: ":")
    #expect(text.firstIndex(of: colon, in: 0..<5) == 1)
    #expect(text.firstIndex(of: colon, in: 2..<5) == 3)
    #expect(text.firstIndex(of: colon, in: 2..<3) == nil)
    #expect(text.firstIndex(of: colon, in: 4..<99) == nil)
    #expect(text.firstIndex(of: colon, from: 4) == nil)
    #expect(text.firstIndex(of: colon, from: 99) == nil)
  }

  @Test func whatReachesOverAnEndStandsNowhere() {
    let text = Array("abc".utf8)
    #expect(text.has(Array("bc".utf8), at: 1))
    #expect(!text.has(Array("bcd".utf8), at: 1))
    #expect(!text.has(Array("a".utf8), at: -1))
    #expect(!text.has(Array("a".utf8), at: 3))
    #expect(text.has([], at: 3))
  }

  private func texts(upTo count: Int) -> [[UInt8]] {
    var all: [[UInt8]] = [[]]
    var last = all
    for _ in 0..<count {
      last = last.flatMap { text in "ab".utf8.map { text + [$0] } }
      all += last
    }
    return all
  }
}
