internal import Digest

/// The key of a step's effect in a run: the same for every attempt, another one when a person asks for a step that
/// succeeded, or when its definition changes.
///
/// The plan is no part of it: a run's number is unique in its journal, and the plan's key changes when it is renamed.
enum IdempotencyKey {
  /// - Parameter uuid: of the journal.
  static func of(
    journal uuid: String, run: Int64, step: String, generation: Int, definition: SHA256Digest
  ) -> String {
    let parts = [uuid, String(run), step, String(generation), definition.hex]
    return SHA256.digest(of: parts.joined(separator: "\u{0}")).hex
  }
}
