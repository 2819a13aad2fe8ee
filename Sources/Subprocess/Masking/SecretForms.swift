/// The ways in which the values of secrets are looked for.
///
/// A value of several lines is looked for as a whole and line by line, as programs print it with other line ends,
/// indented or in part.
struct SecretForms {
  /// Searched in the bytes as they are: the value, quoted for a shell, and in XML and HTML.
  private(set) var plain: Set<[UInt8]> = []
  /// Searched where percent-encoding is undone: the value, and with "+" for blanks.
  private(set) var percent: Set<[UInt8]> = []
  /// Searched where escapes with backslashes are undone: the value, and as it stands in JSON for JSON in JSON.
  private(set) var escaped: Set<[UInt8]> = []
  /// Searched with blanks and line breaks left out, as programs break such texts into lines: base64 and hex.
  private(set) var folded: Set<[UInt8]> = []

  init(of secrets: [[UInt8]]) {
    for secret in secrets {
      add(secret)
      for line in SecretForms.lines(of: secret) { add(line) }
    }
  }

  /// The lines of a value of several, without the blanks around them.
  private static func lines(of secret: [UInt8]) -> [[UInt8]] {
    let isBreak: (UInt8) -> Bool = { $0 == 0x0A || $0 == 0x0D }
    guard secret.contains(where: isBreak) else { return [] }
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    return secret.split(whereSeparator: isBreak).map { line in
      var line = line.drop(while: isBlank)
      while let last = line.last, isBlank(last) { line.removeLast() }
      return Array(line)
    }
  }

  private mutating func add(_ value: [UInt8]) {
    guard value.count >= StreamMasker.minimumLength else { return }
    plain.insert(value)
    plain.formUnion(QuotedForms.all(of: value))
    plain.formUnion(MarkupForms.all(of: value))
    percent.insert(value)
    percent.insert(value.map { $0 == UInt8(ascii: " ") ? UInt8(ascii: "+") : $0 })
    escaped.insert(value)
    for escapesSlash in [false, true] { escaped.insert(SecretForms.inJSON(value, escapesSlash)) }
    folded.formUnion(Base64Forms.all(of: value))
    folded.formUnion(HexForms.all(of: value))
  }

  /// As most programs write it into a string of JSON.
  private static func inJSON(_ value: [UInt8], _ escapesSlash: Bool) -> [UInt8] {
    let letters: [UInt8: Unicode.Scalar] = [0x08: "b", 0x09: "t", 0x0A: "n", 0x0C: "f", 0x0D: "r"]
    return value.flatMap { byte -> [UInt8] in
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || (escapesSlash && byte == UInt8(ascii: "/")) {
        return [UInt8(ascii: "\\"), byte]
      }
      if let letter = letters[byte] { return [UInt8(ascii: "\\"), UInt8(ascii: letter)] }
      return byte < 0x20 ? Array("\\u00".utf8) + HexForms.pair(byte, HexForms.lower) : [byte]
    }
  }
}
