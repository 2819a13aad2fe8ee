/// How much a finding matters.
package enum Severity: String, Sendable, Comparable, CaseIterable {
  case info
  case warning
  case error

  package static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }

  private var rank: Int {
    switch self {
    case .info: 0
    case .warning: 1
    case .error: 2
    }
  }
}
