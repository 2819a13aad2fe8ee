package import SourceText

/// The text of `format('{0} of {1}', a, b)`; `{{` and `}}` stand for the braces themselves.
package enum FormatText {
  /// Puts the values in; throws when a brace is left over or a number has no value.
  package static func render(
    _ text: String, _ values: [String], _ range: SourceRange
  ) throws(EvaluationError) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      let isBrace = byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")
      if isBrace, index + 1 < bytes.count, bytes[index + 1] == byte {
        result.append(byte)
        index += 2
      } else if byte == UInt8(ascii: "{") {
        let digits = bytes[(index + 1)...].prefix { (0x30...0x39).contains($0) }
        guard let number = Int(String(decoding: digits, as: UTF8.self)), digits.endIndex < bytes.count,
          bytes[digits.endIndex] == UInt8(ascii: "}")
        else { throw EvaluationError("\"{\" in a format needs a number and \"}\"; a brace itself is doubled", range) }
        guard values.indices.contains(number) else {
          throw EvaluationError("\"{\(number)}\" has no value; the format is given \(values.count)", range)
        }
        result.append(contentsOf: values[number].utf8)
        index = digits.endIndex + 1
      } else if byte == UInt8(ascii: "}") {
        throw EvaluationError("\"}\" in a format has no \"{\"; a brace itself is doubled", range)
      } else {
        result.append(byte)
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
