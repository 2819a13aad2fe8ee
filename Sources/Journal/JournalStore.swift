/// Where runs are recorded: the journal on disk, or one in memory for simulations.
///
/// Ids are had before the writes that use them and are never given twice, not even to another process.
/// They rise within a plan, so that the highest is the latest.
package protocol JournalStore: Sendable {
  /// Random, made with the journal: part of idempotency keys.
  var uuid: String { get }

  func nextRunID() throws(JournalError) -> Int64
  func nextLegID() throws(JournalError) -> Int64
  func nextAttemptID() throws(JournalError) -> Int64

  /// Makes all writes durable together, or none; when it returns, they survive a kill and a power loss.
  ///
  /// - Returns: the numbers of the events among the writes, in order.
  @discardableResult
  func commit(_ writes: [JournalWrite]) throws(JournalError) -> [Int64]

  /// Reads from one consistent state. The body must not write to the store: that would wait for itself.
  func read<T>(_ body: (any JournalReading) throws(JournalError) -> T) throws(JournalError) -> T

  /// The journal must still be what its path leads to; to be asked at least once a second, and before an end is
  /// reported.
  func verifyIdentity() throws(JournalError)
  /// Ends its use; writes and reads fail from then on.
  func close() throws(JournalError)
}
