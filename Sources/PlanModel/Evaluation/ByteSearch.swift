/// Finds a text in another in linear time (Knuth, Morris, Pratt), byte by byte.
struct ByteSearch {
  let pattern: [UInt8]
  /// For each length of a matched prefix, the longest proper prefix that is also its suffix.
  private let borders: [Int]

  init(_ pattern: String) {
    let pattern = Array(pattern.utf8)
    var borders = [Int](repeating: 0, count: pattern.count + 1)
    var border = 0
    for index in pattern.indices.dropFirst() {
      while border > 0, pattern[index] != pattern[border] { border = borders[border] }
      if pattern[index] == pattern[border] { border += 1 }
      borders[index + 1] = border
    }
    self.pattern = pattern
    self.borders = borders
  }

  /// Where the pattern begins first, at or after `start`.
  func first(in text: [UInt8], from start: Int = 0) -> Int? {
    if pattern.isEmpty { return start }
    var matched = 0
    var index = start
    while index < text.count {
      while matched > 0, text[index] != pattern[matched] { matched = borders[matched] }
      if text[index] == pattern[matched] { matched += 1 }
      index += 1
      if matched == pattern.count { return index - matched }
    }
    return nil
  }
}
