/// Runs a test in a fresh folder that is removed afterwards.
package func withTemporaryFolder<Answer>(_ body: (TemporaryFolder) throws -> Answer) throws -> Answer {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  return try body(folder)
}
