internal import SourceText

/// Looks for several phrases at once, without regard to the case of ASCII letters.
///
/// The way of Wu and Manber ("A fast algorithm for multi-pattern searching", 1994): two bytes tell how far the next
/// place is at which a phrase can end its first `length` bytes, so most bytes are never looked at.
struct PhraseSearch {
  private let phrases: [[UInt8]]
  /// For each first byte, in both cases, the phrases that begin with it.
  private let byFirst: [[Int]]
  /// The bytes that phrases begin with; empty if there are more than a few.
  private let fewFirst: [UInt8]
  /// The bytes of the shortest phrase.
  private let length: Int
  /// For each pair of bytes how far to go on; 0 where a phrase may stand.
  private let shifts: [UInt8]

  /// Up to so many bytes are looked for one by one with memchr.
  private static let few = 2
  /// How far ahead that is done at a time, so that a byte that never comes costs little.
  private static let window = 1024
  private static let pairs = 4096

  init(_ phrases: [String]) {
    self.phrases = phrases.map { $0.utf8.map(Self.lowercased) }
    var byFirst = [[Int]](repeating: [], count: 256)
    for (index, phrase) in self.phrases.enumerated() {
      guard let first = phrase.first else { continue }
      byFirst[Int(first)].append(index)
      if first >= UInt8(ascii: "a"), first <= UInt8(ascii: "z") { byFirst[Int(first & ~0x20)].append(index) }
    }
    self.byFirst = byFirst
    let first = byFirst.indices.filter { !byFirst[$0].isEmpty }.map { UInt8($0) }
    fewFirst = first.count <= Self.few ? first : []
    let length = self.phrases.map(\.count).min() ?? 0
    self.length = length
    var shifts = [UInt8](repeating: UInt8(min(255, max(0, length - 1))), count: Self.pairs)
    if length >= 2 {
      for phrase in self.phrases {
        for end in 1..<length {
          let pair = Self.pair(phrase[end - 1], phrase[end])
          shifts[pair] = min(shifts[pair], UInt8(min(255, length - 1 - end)))
        }
      }
    }
    self.shifts = shifts
  }

  /// The first place from `start` at which a phrase stands, and which one.
  func first(in bytes: [UInt8], from start: Int, to end: Int) -> (place: Int, phrase: Int)? {
    if !fewFirst.isEmpty {
      var position = start
      while position < end {
        let next = min(position + Self.window, end)
        if let found = firstOfFew(in: bytes, position..<next, end) { return found }
        position = next
      }
      return nil
    }
    return length < 2 ? firstAnywhere(in: bytes, from: start, to: end) : firstByPairs(in: bytes, from: start, to: end)
  }

  /// For phrases of a byte there is nothing to skip.
  private func firstAnywhere(in bytes: [UInt8], from start: Int, to end: Int) -> (place: Int, phrase: Int)? {
    for place in start..<max(start, end) {
      if let phrase = phrase(at: place, in: bytes, to: end) { return (place, phrase) }
    }
    return nil
  }

  private func firstByPairs(in bytes: [UInt8], from start: Int, to end: Int) -> (place: Int, phrase: Int)? {
    let text = bytes.span
    let shifts = shifts.span
    var last = start + length - 1
    while last < end {
      let shift = Int(shifts[Self.pair(text[last - 1], text[last])])
      if shift == 0 {
        let place = last - length + 1
        if let phrase = phrase(at: place, in: bytes, to: end) { return (place, phrase) }
        last += 1
      } else {
        last += shift
      }
    }
    return nil
  }

  private func phrase(at place: Int, in bytes: [UInt8], to end: Int) -> Int? {
    byFirst[Int(bytes[place])].first { isAt(place, end, phrases[$0], bytes) }
  }

  /// A number for two bytes in any case; several pairs may share it.
  @inline(__always)
  private static func pair(_ first: UInt8, _ second: UInt8) -> Int {
    (Int(first | 0x20) << 4 ^ Int(second | 0x20)) & (pairs - 1)
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
