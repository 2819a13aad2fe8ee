internal import Glibc

/// A call of the operating system that failed.
package struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was tried, as it follows "cannot": `create "a/b.log"`.
  package let action: String
  /// The `errno` of the call.
  package let code: Int32

  package init(_ action: String, code: Int32) {
    self.action = action
    self.code = code
  }

  package var description: String { "cannot \(action): \(SystemError.text(of: code))" }

  /// The system's words for an `errno`, beginning in lower case as all messages do.
  package static func text(of code: Int32) -> String {
    let words = unsafe String(cString: strerror(code))
    return words.prefix(1).lowercased() + words.dropFirst()
  }
}
