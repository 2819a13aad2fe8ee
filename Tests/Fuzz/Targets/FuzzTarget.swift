/// Something of execplan that is given any bytes: libFuzzer gives it millions of inputs, the tests give it the seeds
/// and whatever was found before.
package struct FuzzTarget: Sendable {
  /// Also the name of its folders in `Seeds` and `Found`.
  package let name: String
  /// Reads an input to its end. Throws when a promise is broken; a trap, and no end, are failures as well.
  package let read: @Sendable ([UInt8]) throws -> Void

  init(_ name: String, _ read: @escaping @Sendable ([UInt8]) throws -> Void) {
    self.name = name
    self.read = read
  }

  package static let all = [
    markdown, yaml, configuration, expressions, globs, scalars, json, transcripts, values, records, rows, journal,
    marks, replies, savedPlans,
  ]
}
