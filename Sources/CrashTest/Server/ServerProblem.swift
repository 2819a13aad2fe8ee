/// Why databases for copies can't be made or read.
package struct ServerProblem: Error, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}
