internal import Foundation

/// What a test waits for did not come.
package struct NeverCame: Error, CustomStringConvertible {
  package let description: String
}

/// Waits for something that must come. A test fails when it has not after ten minutes, instead of stopping all.
///
/// - Throws: `NeverCame`, or what the condition throws.
package func waitUntil(
  file: String = #fileID, line: Int = #line, _ condition: () throws -> Bool
) throws {
  let end = Date() + 600
  while try !condition() {
    guard Date() < end else { throw NeverCame(description: "nothing came in ten minutes: \(file):\(line)") }
    usleep(5_000)
  }
}
