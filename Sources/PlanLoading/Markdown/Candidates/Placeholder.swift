/// Words of a command that a person has to fill in: `<id>`, `...`, `YYYY-MM-DD`, `path/to/x`, `your-token`.
enum Placeholder {
  /// The first one in the lines of a block.
  static func first(in lines: [String]) -> String? {
    for line in lines {
      if let word = word(in: line) { return word }
    }
    for (index, line) in lines.enumerated() {
      if let name = bracketed(in: line, of: lines, at: index) { return name }
    }
    return nil
  }

  private static func word(in line: String) -> String? {
    for part in line.split(whereSeparator: { $0 == " " || $0 == "\t" }) {
      let value = part.split(separator: "=", omittingEmptySubsequences: false).last ?? part
      let bare = trimmed(value)
      if bare == "..." || bare == "…" { return String(part.count == value.count ? bare : trimmed(part)) }
      let lower = part.lowercased()
      let isNamed =
        part.contains("YYYY") || lower.contains("path/to/") || lower.contains("your-") || lower.contains("your_")
        || lower.contains("changeme") || lower.contains("replace_me")
      if isNamed { return String(part) }
    }
    return nil
  }

  /// Without quotes and brackets around it.
  private static func trimmed(_ word: Substring) -> Substring {
    let marks: Set<Character> = ["\"", "'", ")", "(", ",", ";", "`"]
    var bare = word.drop { marks.contains($0) }
    while let last = bare.last, marks.contains(last) { bare.removeLast() }
    return bare
  }

  /// `<name>`, unless it is the type in `Vec<u8>`, or a tag that another one ends.
  private static func bracketed(in line: String, of lines: [String], at index: Int) -> String? {
    var rest = line[...]
    while let open = rest.firstIndex(of: "<") {
      let after = rest[rest.index(after: open)...]
      defer { rest = after }
      guard let first = after.first, first.isLetter, !isType(line[..<open]) else { continue }
      let name = after.prefix { $0.isLetter || $0.isNumber || " _-./|:,+'".contains($0) }
      // `<in.txt >out.txt` reads and writes files.
      guard after[name.endIndex...].first == ">", name.count < 60, name.last != " " else { continue }
      let ending = "</\(name)>"
      if lines.contains(where: { $0.contains(ending) }) { continue }
      return "<" + name + ">"
    }
    return nil
  }

  /// Whether a text ends in the name of a type: `Vec`, but not `task-`, `ID`, `/`.
  private static func isType(_ text: Substring) -> Bool {
    let name = text.reversed().prefix { $0.isLetter || $0.isNumber }
    guard let first = name.last else { return false }
    return first.isUppercase && name.contains { $0.isLowercase }
  }
}
