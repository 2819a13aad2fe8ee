/// The places where a text writes one character as two escapes, `\ud83d\ude00`, as JSON does.
///
/// libyaml refuses them. It is given `\u0020\u0020` in their place, which has the same length, and the
/// values of the scalars that hold one are then read from the source.
struct SurrogateEscapes {
  /// Where the pairs begin, in order.
  private(set) var offsets: [Int] = []

  init() {}

  init(bytes: [UInt8], range: Range<Int>) {
    var offset = range.lowerBound
    while offset + 1 < range.upperBound {
      guard bytes[offset] == UInt8(ascii: "\\") else {
        offset += 1
        continue
      }
      if SurrogateEscapes.isPair(bytes, offset, range.upperBound) {
        offsets.append(offset)
        offset += 12
      } else {
        offset += 2
      }
    }
  }

  /// A copy of the bytes that libyaml can read.
  func replaced(in bytes: [UInt8]) -> [UInt8] {
    var copy = bytes
    let blanks = Array(#"\u0020\u0020"#.utf8)
    for offset in offsets {
      for index in blanks.indices { copy[offset + index] = blanks[index] }
    }
    return copy
  }

  /// Whether a pair begins in the range.
  func touches(_ range: Range<Int>) -> Bool {
    var low = 0
    var high = offsets.count
    while low < high {
      let middle = (low + high) / 2
      if offsets[middle] < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return low < offsets.count && offsets[low] < range.upperBound
  }

  private static func isPair(_ bytes: [UInt8], _ offset: Int, _ end: Int) -> Bool {
    guard offset + 12 <= end else { return false }
    func half(_ start: Int, _ third: ClosedRange<UInt8>) -> Bool {
      bytes[start] == UInt8(ascii: "\\") && bytes[start + 1] == UInt8(ascii: "u")
        && bytes[start + 2] | 0x20 == UInt8(ascii: "d") && third.contains(bytes[start + 3] | 0x20)
        && bytes[start + 4..<start + 6].allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    }
    let isHigh = [UInt8(ascii: "8"), UInt8(ascii: "9"), UInt8(ascii: "a"), UInt8(ascii: "b")]
    let isLow = UInt8(ascii: "c")...UInt8(ascii: "f")
    return isHigh.contains(bytes[offset + 3] | 0x20) && half(offset, 0...0xFF) && half(offset + 6, isLow)
  }
}
