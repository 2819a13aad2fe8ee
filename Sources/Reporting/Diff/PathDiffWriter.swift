internal import Planner

/// Writes the lines of a `PathDiff`.
struct PathDiffWriter {
  private let path: String
  private let creationMask: UInt16
  private let mask: ([UInt8]) -> [UInt8]
  private(set) var lines: [PathDiff.Line] = []
  private(set) var isBinary = false

  /// Bytes at the beginning of a file that decide whether it is text, as for git.
  private static let probedBytes = 8000

  init(path: String, creationMask: UInt16, mask: @escaping ([UInt8]) -> [UInt8]) {
    self.path = path.hasPrefix("/") ? String(path.dropFirst()) : path
    self.creationMask = creationMask
    self.mask = mask
  }

  mutating func write(from before: PathChange.Side?, to after: PathChange.Side?) {
    let (old, new) = (quoted("a/" + path), quoted("b/" + path))
    add(.header, "diff --git \(old) \(new)")
    switch (before, after) {
    case (let before?, let after?):
      let (from, to) = (mode(before), mode(after))
      if from != to {
        add(.header, "old mode \(from)")
        add(.header, "new mode \(to)")
      }
    case (nil, let after?): add(.header, "new file mode \(mode(after))")
    case (let before?, nil): add(.header, "deleted file mode \(mode(before))")
    case (nil, nil): break
    }
    let (from, to) = (bytes(before), bytes(after))
    guard let from, let to else {
      if let words = sizes(before, after) { add(.note, words) }
      return
    }
    if from == to { return }
    let (shownOld, shownNew) = (mask(from), mask(to))
    if isBinary(from) || isBinary(to) {
      isBinary = true
      add(.note, "Binary files \(before == nil ? "/dev/null" : old) and \(after == nil ? "/dev/null" : new) differ")
      return
    }
    guard shownOld != shownNew else {
      add(.note, "only a secret in it differs")
      return
    }
    add(.header, "--- \(before == nil ? "/dev/null" : old)")
    add(.header, "+++ \(after == nil ? "/dev/null" : new)")
    for line in UnifiedDiff(old: shownOld, new: shownNew).lines { lines.append(line) }
  }

  private mutating func add(_ kind: PathDiff.Line.Kind, _ text: String) {
    lines.append(PathDiff.Line(kind: kind, text: text))
  }

  // MARK: Sides

  /// What is compared; nil when it can't be.
  private func bytes(_ side: PathChange.Side?) -> [UInt8]? {
    switch side?.content {
    case nil, .folder: []
    case .file(let bytes): bytes
    case .link(let target): Array(target.utf8)
    case .large, .other: nil
    }
  }

  private func sizes(_ before: PathChange.Side?, _ after: PathChange.Side?) -> String? {
    func size(_ side: PathChange.Side?) -> String? {
      switch side?.content {
      case .file(let bytes): PeopleText.size(bytes: Int64(bytes.count))
      case .large(let count): PeopleText.size(bytes: Int64(count))
      case nil, .folder, .link, .other: nil
      }
    }
    switch (size(before), size(after)) {
    case (let old?, let new?): return "too large to be compared: \(old) -> \(new)"
    case (nil, let size?), (let size?, nil): return "too large to be shown: \(size)"
    case (nil, nil): return nil
    }
  }

  /// Type and permissions as git writes them.
  private func mode(_ side: PathChange.Side) -> String {
    let (type, usual): (UInt32, UInt16)
    switch side.content {
    case .link: return "120000"
    case .folder: (type, usual) = (0o040000, 0o777)
    case .file, .large, .other: (type, usual) = (0o100000, 0o666)
    }
    let digits = String(type | UInt32(side.mode ?? usual & ~creationMask), radix: 8)
    return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }

  private func isBinary(_ bytes: [UInt8]) -> Bool { bytes.prefix(PathDiffWriter.probedBytes).contains(0) }

  /// A name as git quotes it where a patch could not be read otherwise.
  private func quoted(_ name: String) -> String {
    guard name.utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C || $0 == 0x7F }) else { return name }
    var out = "\""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\t": out += "\\t"
      case "\r": out += "\\r"
      case "\u{0}"..<" ", "\u{7F}":
        let digits = String(scalar.value, radix: 8)
        out += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
