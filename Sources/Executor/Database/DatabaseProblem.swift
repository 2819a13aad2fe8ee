/// Why a database did not do or say what it was asked; in words for people.
struct DatabaseProblem: Error, CustomStringConvertible {
  var message: String
  /// How `psql` ended: 2 when the connection failed, 3 when a statement did.
  var exitCode: Int?

  var description: String { message }
}
