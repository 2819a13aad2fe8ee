/// Texts that stand where nothing has been written yet.
enum PlaceholderText {
  /// What such a text begins with, in lower case.
  private static let beginnings: [[UInt8]] = [
    "none", "no ", "not yet", "not started", "n/a", "tbd", "todo", "to be ", "pending", "nothing", "(none", "(to be",
    "(pending",
    "(tbd", "(todo", "(fill", "(empty", "(not yet", "…", "...", "-", "will be ", "暂无", "尚无", "待", "无", "未", "없음", "아직",
    "なし", "未記入",
    "ninguno", "pendiente", "aún no", "keine", "noch ",
  ].map { Array($0.utf8) }

  /// The most bytes of a text that can be one: a longer one says something.
  static let maximumLength = 160

  /// Whether a text only says that there is nothing to say.
  static func isPlaceholder(_ text: ArraySlice<UInt8>) -> Bool {
    let trimmed = text.drop { TextByte.isBlank($0) || $0 == 0x0A || $0 == 0x0D || TextByte.isEmphasis($0) }
    if trimmed.isEmpty { return true }
    guard trimmed.count <= maximumLength else { return false }
    let lower = trimmed.prefix(24).map(TextByte.lowercased)
    guard beginnings.contains(where: { lower.starts(with: $0) }) else { return false }
    // "No regressions were found; the parser now …" tells what came out: one short sentence does not.
    return trimmed.count <= 40 || !tellsMore(trimmed)
  }

  private static func tellsMore(_ text: ArraySlice<UInt8>) -> Bool {
    text.contains { TextByte.isDigit($0) || $0 == UInt8(ascii: "`") || $0 == UInt8(ascii: ";") }
  }
}
