/// A part of a terminal that is drawn again and again, with lines that stay above it.
///
/// It only makes text; the caller writes each string in one call, so that nothing flickers, and
/// writes `finish()` on every way out, so that the cursor comes back.
package struct ProgressDisplay: Sendable {
  private var drawnLines = 0
  private var isCursorHidden = false
  package var style: Style

  package init(style: Style) {
    self.style = style
  }

  /// What to write to show the snapshot in place of the one before.
  ///
  /// - Parameter lines: finished lines that stay, printed above the frame, without line ends.
  package mutating func redraw(
    _ snapshot: ProgressSnapshot, width: Int, height: Int, printing lines: [String] = []
  ) -> String {
    // The last column stays free: a character in it makes some terminals wrap. The last row stays
    // free for the cursor, so that drawing never scrolls.
    let frame = ProgressFrame.frame(snapshot, width: max(1, width - 1), height: max(1, height - 1), style: style)
    let frameLines = frame.split(separator: "\n", omittingEmptySubsequences: false)
    var out = ""
    if !isCursorHidden {
      out += "\u{1B}[?25l"
      isCursorHidden = true
    }
    // After the terminal became smaller, rows above its top can't be reached any more.
    out += backToStart(rows: min(drawnLines, max(0, height - 1)))
    for line in lines { out += "\(line)\u{1B}[K\n" }
    for line in frameLines { out += "\(line)\u{1B}[K\n" }
    // Erases what an earlier, longer frame left below.
    out += "\u{1B}[J"
    drawnLines = frameLines.count
    return out
  }

  /// What to write to take the frame away and bring the cursor back; empty if nothing was drawn.
  package mutating func finish() -> String {
    guard isCursorHidden else { return "" }
    let out = backToStart(rows: drawnLines) + "\u{1B}[J\u{1B}[?25h"
    drawnLines = 0
    isCursorHidden = false
    return out
  }

  private func backToStart(rows: Int) -> String { rows > 0 ? "\r\u{1B}[\(rows)A" : "\r" }
}
