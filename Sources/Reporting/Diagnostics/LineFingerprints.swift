internal import Digest
internal import SourceText

/// Fingerprints of findings that stay the same when lines are added above: a hash of the rule and the
/// text of the line, and a number among equals.
struct LineFingerprints {
  private let file: SourceFile
  private var lineHashes: [Int: String] = [:]
  private var seen: [String: Int] = [:]

  init(_ file: SourceFile) {
    self.file = file
  }

  /// The fingerprint of the next finding; `line` from 1.
  mutating func next(rule: String, line: Int) -> String {
    let hash = String(SHA256.digest(of: rule + "\n" + lineHash(line)).hex.prefix(16))
    let number = seen[hash, default: 0] + 1
    seen[hash] = number
    return "\(hash):\(number)"
  }

  private mutating func lineHash(_ line: Int) -> String {
    if let known = lineHashes[line] { return known }
    let range = file.lineRange(line - 1)
    var bytes = file.bytes[range.lowerBound..<range.upperBound]
    bytes = bytes.drop { $0 == 0x20 || $0 == 0x09 }
    while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
    let hash = SHA256.digest(of: bytes).hex
    lineHashes[line] = hash
    return hash
  }
}
