internal import SQLite

/// Numbers that this process has taken from the journal's counters and not yet used.
///
/// Taken in blocks, because an id is needed before the commit that uses it and must be unique over
/// processes without a sync of its own. A block that a process does not use up leaves a gap.
struct ReservedIDs {
  var legs: [Range<Int64>] = []
  var attempts: [Range<Int64>] = []

  private static let firstBlock: Int64 = 64
  private static let block: Int64 = 512
  private static let reserve: Int64 = 256

  mutating func takeLeg() -> Int64? { ReservedIDs.take(&legs) }

  mutating func takeAttempt() -> Int64? { ReservedIDs.take(&attempts) }

  /// Whether a process that makes attempts will soon need more ids.
  var runsLow: Bool { hasAttempts && attemptCount < ReservedIDs.reserve }

  private var hasAttempts = false

  private var attemptCount: Int64 { attempts.reduce(0) { $0 + Int64($1.count) } }

  /// How much to take from the counters now.
  func missing(legs count: Int64) -> (legs: Int64, attempts: Int64) {
    let block = hasAttempts ? ReservedIDs.block : ReservedIDs.firstBlock
    return (legs.isEmpty ? count : 0, attempts.isEmpty || runsLow ? block : 0)
  }

  /// Takes numbers from the counters, within the caller's transaction; nobody has them until `add`.
  static func take(
    _ counts: (legs: Int64, attempts: Int64), _ connection: Connection
  ) throws(SQLiteError) -> ReservedIDs {
    var taken = ReservedIDs()
    if counts.legs > 0 { taken.legs = [try take(counts.legs, of: "leg", connection)] }
    if counts.attempts > 0 { taken.attempts = [try take(counts.attempts, of: "attempt", connection)] }
    return taken
  }

  /// Adds what a committed transaction took.
  mutating func add(_ taken: ReservedIDs) {
    legs += taken.legs
    attempts += taken.attempts
    hasAttempts = hasAttempts || !taken.attempts.isEmpty
  }

  static func take(_ count: Int64, of name: String, _ connection: Connection) throws(SQLiteError) -> Range<Int64> {
    let next = try connection.value(
      "UPDATE counters SET next = next + ?2 WHERE name = ?1 RETURNING next", .text(name), .integer(count))
    guard case .integer(let next) = next, next > count else {
      throw SQLiteError(
        code: SQLiteError.Kind.corrupt.rawValue, message: "the journal's counter of \(name)s is missing")
    }
    return next - count..<next
  }

  private static func take(_ ranges: inout [Range<Int64>]) -> Int64? {
    guard let first = ranges.first else { return nil }
    if first.count == 1 { ranges.removeFirst() } else { ranges[0] = first.lowerBound + 1..<first.upperBound }
    return first.lowerBound
  }
}
