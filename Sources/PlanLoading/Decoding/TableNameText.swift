/// Reads the name of a table as SQL writes it, so that a dot can belong to a name.
enum TableNameText {
  struct Problem: Error {
    var message: String
  }

  /// The table, or the schema and the table.
  static func parts(of text: String) throws(Problem) -> [String] {
    var parts: [String] = []
    var rest = text[...]
    while true {
      if rest.first == "\"" {
        rest = rest.dropFirst()
        var name = ""
        while true {
          guard let quote = rest.firstIndex(of: "\"") else { throw Problem(message: "a double quote is not closed") }
          name += rest[..<quote]
          rest = rest[rest.index(after: quote)...]
          guard rest.first == "\"" else { break }
          name += "\""
          rest = rest.dropFirst()
        }
        parts.append(name)
      } else {
        let end = rest.firstIndex(of: ".") ?? rest.endIndex
        parts.append(String(rest[..<end]))
        rest = rest[end...]
      }
      if parts.last?.isEmpty == true { throw Problem(message: "a part of the name is empty") }
      if rest.isEmpty { break }
      guard rest.first == "." else { throw Problem(message: "something follows the closing quote") }
      rest = rest.dropFirst()
    }
    guard parts.count <= 2 else { throw Problem(message: "it has more than two parts") }
    return parts
  }
}
