internal import SourceText

/// Writes a text as a quoted YAML scalar.
package enum YAMLQuoting {
  /// The text in single quotes; in double quotes if it holds characters that need an escape.
  package static func quoted(_ text: String) -> String {
    text.unicodeScalars.contains(where: DoubleQuoted.needsEscape) ? DoubleQuoted.text(text) : singleQuoted(text)
  }

  private static func singleQuoted(_ text: String) -> String {
    var result = "'"
    for scalar in text.unicodeScalars {
      if scalar == "'" { result.unicodeScalars.append("'") }
      result.unicodeScalars.append(scalar)
    }
    return result + "'"
  }
}
