internal import SourceText

/// Looks for several phrases at once, without regard to the case of ASCII letters.
struct PhraseSearch {
  private let phrases: [[UInt8]]
  /// For each first byte, in both cases, the phrases that begin with it.
  private let byFirst: [[Int]]
  /// Whether a phrase begins with a byte: most bytes need no further look.
  private let isFirst: [Bool]
  /// The bytes that phrases begin with; empty if there are more than a few.
  private let fewFirst: [UInt8]

  /// Up to so many bytes are looked for one by one with memchr.
  private static let few = 2
  /// How far ahead that is done at a time, so that a byte that never comes costs little.
  private static let window = 1024

  init(_ phrases: [String]) {
    self.phrases = phrases.map { $0.utf8.map(Self.lowercased) }
    var byFirst = [[Int]](repeating: [], count: 256)
    for (index, phrase) in self.phrases.enumerated() {
      guard let first = phrase.first else { continue }
      byFirst[Int(first)].append(index)
      if first >= UInt8(ascii: "a"), first <= UInt8(ascii: "z") { byFirst[Int(first & ~0x20)].append(index) }
    }
    self.byFirst = byFirst
    isFirst = byFirst.map { !$0.isEmpty }
    let first = byFirst.indices.filter { !byFirst[$0].isEmpty }.map { UInt8($0) }
    fewFirst = first.count <= Self.few ? first : []
  }

  /// The first place from `start` at which a phrase stands, and which one.
  func first(in bytes: [UInt8], from start: Int, to end: Int) -> (place: Int, phrase: Int)? {
    var position = start
    if !fewFirst.isEmpty {
      while position < end {
        let next = min(position + Self.window, end)
        if let found = firstOfFew(in: bytes, position..<next, end) { return found }
        position = next
      }
      return nil
    }
    while position < end {
      if isFirst[Int(bytes[position])] {
        for candidate in byFirst[Int(bytes[position])] where isAt(position, end, phrases[candidate], bytes) {
          return (position, candidate)
        }
      }
      position += 1
    }
    return nil
  }

  private func firstOfFew(in bytes: [UInt8], _ part: Range<Int>, _ end: Int) -> (place: Int, phrase: Int)? {
    var next = fewFirst.map { bytes.firstIndex(of: $0, in: part) ?? part.upperBound }
    while let place = next.min(), place < part.upperBound {
      for candidate in byFirst[Int(bytes[place])] where isAt(place, end, phrases[candidate], bytes) {
        return (place, candidate)
      }
      for index in next.indices where next[index] == place {
        next[index] = bytes.firstIndex(of: bytes[place], in: place + 1..<part.upperBound) ?? part.upperBound
      }
    }
    return nil
  }

  func contains(in bytes: [UInt8], _ range: SourceRange) -> Bool {
    first(in: bytes, from: range.lowerBound, to: min(range.upperBound, bytes.count)) != nil
  }

  private func isAt(_ position: Int, _ end: Int, _ phrase: [UInt8], _ bytes: [UInt8]) -> Bool {
    guard position + phrase.count <= end else { return false }
    for index in 1..<max(1, phrase.count) where Self.lowercased(bytes[position + index]) != phrase[index] {
      return false
    }
    return true
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }
}
