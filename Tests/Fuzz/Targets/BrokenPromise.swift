/// What a target found to be untrue.
package struct BrokenPromise: Error, CustomStringConvertible {
  package let description: String
}

/// Throws unless something holds.
func promise(_ holds: Bool, _ what: @autoclosure () -> String) throws {
  if !holds { throw BrokenPromise(description: what()) }
}
