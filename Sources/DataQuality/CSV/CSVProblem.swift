/// Why a file of records cannot be read, and where.
package struct CSVProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// From 1; nil: it is about the whole file.
  package var line: Int?
  package var message: String

  package init(line: Int? = nil, _ message: String) {
    self.line = line
    self.message = message
  }

  package var description: String { line.map { "line \($0): \(message)" } ?? message }
}
