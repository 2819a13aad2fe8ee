internal import Foundation

/// What a test waits for did not come.
package struct NeverCame: Error, CustomStringConvertible {
  package let description: String
}

/// Asks until it is true; false when it has not been within so many seconds.
package func becomesTrue(within seconds: Double = 10, _ condition: () throws -> Bool) rethrows -> Bool {
  let end = Date() + seconds
  while Date() < end {
    if try condition() { return true }
    usleep(5_000)
  }
  return try condition()
}

/// Waits for something that must come. A test fails when it has not after ten minutes, instead of stopping all.
///
/// - Throws: `NeverCame`, or what the condition throws.
package func waitUntil(
  file: String = #fileID, line: Int = #line, _ condition: () throws -> Bool
) throws {
  guard try becomesTrue(within: 600, condition) else {
    throw NeverCame(description: "nothing came in ten minutes: \(file):\(line)")
  }
}
