/// A run of `*` or `_` that may begin or end emphasis.
struct EmphasisRun {
  var range: Range<Int>
  let mark: UInt8
  let canOpen: Bool
  let canClose: Bool
  /// How many marks were written.
  let length: Int

  /// - Parameter text: the run and what stands around it.
  init(range: Range<Int>, in text: [UInt8]) {
    self.range = range
    mark = text[range.lowerBound]
    length = range.count
    let before = range.lowerBound > 0 ? text[range.lowerBound - 1] : 0x20
    let after = range.upperBound < text.count ? text[range.upperBound] : 0x20
    let isLeft = !after.isSpace && (!after.isPunctuation || before.isSpace || before.isPunctuation)
    let isRight = !before.isSpace && (!before.isPunctuation || after.isSpace || after.isPunctuation)
    if mark == UInt8(ascii: "_") {
      // An underscore inside a word is a part of it.
      canOpen = isLeft && (!isRight || before.isPunctuation)
      canClose = isRight && (!isLeft || after.isPunctuation)
    } else {
      canOpen = isLeft
      canClose = isRight
    }
  }

  /// CommonMark's rule of three, for runs between marks as in `src/**/*.swift`.
  private func fits(_ closer: EmphasisRun) -> Bool {
    guard canClose || closer.canOpen else { return true }
    return (length + closer.length) % 3 != 0 || (length % 3 == 0 && closer.length % 3 == 0)
  }

  /// The marks that belong to each other and so are not shown.
  static func pairs(of runs: [EmphasisRun]) -> [Range<Int>] {
    var runs = runs
    var hidden: [Range<Int>] = []
    var open: [Int] = []
    // What is open of each mark, so that a mark without partner costs no search.
    var stars = 0
    var underscores = 0
    func count(_ mark: UInt8) -> Int { mark == UInt8(ascii: "*") ? stars : underscores }
    func add(_ mark: UInt8, _ change: Int) {
      if mark == UInt8(ascii: "*") { stars += change } else { underscores += change }
    }
    for index in runs.indices {
      let mark = runs[index].mark
      while runs[index].canClose, !runs[index].range.isEmpty, count(mark) > 0, let opener = open.popLast() {
        guard runs[opener].mark == mark else {
          // Emphasis does not overlap: what began inside is text.
          add(runs[opener].mark, -1)
          continue
        }
        guard runs[opener].fits(runs[index]) else {
          open.append(opener)
          break
        }
        let length = min(runs[opener].range.count, runs[index].range.count)
        let before = runs[opener].range
        let after = runs[index].range
        hidden.append(before.upperBound - length..<before.upperBound)
        hidden.append(after.lowerBound..<after.lowerBound + length)
        runs[opener].range = before.lowerBound..<before.upperBound - length
        runs[index].range = after.lowerBound + length..<after.upperBound
        if runs[opener].range.isEmpty { add(mark, -1) } else { open.append(opener) }
      }
      if runs[index].canOpen, !runs[index].range.isEmpty {
        open.append(index)
        add(mark, 1)
      }
    }
    return hidden
  }
}

extension UInt8 {
  /// A blank, a tab or a line ending.
  var isSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }

  var isLetter: Bool { (self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "z") }

  /// A character of ASCII that may be escaped.
  var isPunctuation: Bool {
    (self > 0x20 && self < UInt8(ascii: "0")) || (self > UInt8(ascii: "9") && self < UInt8(ascii: "A"))
      || (self > UInt8(ascii: "Z") && self < UInt8(ascii: "a")) || (self > UInt8(ascii: "z") && self < 0x7F)
  }
}
