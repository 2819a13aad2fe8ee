internal import Digest

/// The key of a step's effect in a run: the same for every attempt, another one when a person asks for a step that
/// succeeded, or when its definition changes.
enum IdempotencyKey {
  /// - Parameters:
  ///   - uuid: of the journal.
  ///   - plan: the plan's key.
  static func of(
    journal uuid: String, plan: String, run: Int64, step: String, generation: Int, definition: SHA256Digest
  ) -> String {
    let parts = [uuid, plan, String(run), step, String(generation), definition.hex]
    return SHA256.digest(of: parts.joined(separator: "\u{0}")).hex
  }
}
