/// Turns libyaml's character indices into byte offsets.
///
/// libyaml counts characters from the first byte it was given. For a text of ASCII only the two are the
/// same; else the byte offset of every 32nd character is kept.
struct CharacterOffsets {
  private let base: Int
  private let end: Int
  private let samples: [UInt32]
  private static let stride = 32
  /// The place that was asked for last.
  private var last: (character: Int, offset: Int)

  /// `range` is what libyaml reads, without a byte order mark; it is valid UTF-8.
  init(bytes: [UInt8], range: Range<Int>, isASCII: Bool) {
    base = range.lowerBound
    end = range.upperBound
    last = (0, range.lowerBound)
    guard !isASCII else {
      samples = []
      return
    }
    var samples: [UInt32] = []
    samples.reserveCapacity(range.count / CharacterOffsets.stride + 1)
    var characters = 0
    for offset in range where bytes[offset] & 0xC0 != 0x80 {
      if characters % CharacterOffsets.stride == 0 { samples.append(UInt32(offset)) }
      characters += 1
    }
    self.samples = samples
  }

  /// The byte offset of a character, in the whole file; the end of the range for any beyond it.
  @inline(__always)
  mutating func byteOffset(of character: Int, in bytes: [UInt8]) -> Int {
    samples.isEmpty ? min(base + character, end) : sampledOffset(of: character, in: bytes)
  }

  private mutating func sampledOffset(of character: Int, in bytes: [UInt8]) -> Int {
    // Events come in the order of the text, so the way from the last place is mostly the shortest.
    if character < last.character || character - last.character > CharacterOffsets.stride {
      let sample = character / CharacterOffsets.stride
      guard sample < samples.count else { return end }
      last = (sample * CharacterOffsets.stride, Int(samples[sample]))
    }
    var offset = last.offset
    for _ in last.character..<character where offset < end {
      offset += 1
      while offset < end, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    }
    last = (character, offset)
    return offset
  }
}
