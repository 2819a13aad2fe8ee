/// Working time that a person expects a step or phase to take: `30m`, `4h`, `2-3d`, `1 sprint`.
package struct Estimate: Hashable, Sendable {
  /// As the author wrote it.
  package var text: String
  package var lowMinutes: Int
  package var highMinutes: Int

  package init(text: String, lowMinutes: Int, highMinutes: Int) {
    self.text = text
    self.lowMinutes = lowMinutes
    self.highMinutes = highMinutes
  }
}
