/// The sentence right above a block of code, which says what the block is.
struct LeadText {
  /// The last sentence of the text, in lower case.
  private let sentence: Substring

  init(_ text: String) {
    let lower = text.lowercased()
    var start = lower.startIndex
    var index = lower.startIndex
    while index < lower.endIndex {
      let next = lower.index(after: index)
      let isStop =
        lower[index] == "。" || ([".", ";"].contains(lower[index]) && next < lower.endIndex && lower[next] == " ")
      if isStop, next < lower.endIndex { start = next }
      index = next
    }
    sentence = lower[start...].drop { $0 == " " || $0 == "*" || $0 == "_" }
  }

  /// Whether the block is said to be what something prints: `Expected output:`.
  var announcesOutput: Bool {
    if ["run ", "execute", "invoke"].contains(where: sentence.contains) { return false }
    let isExpected = [
      "expected output", "expected result", "expected transcript", "expected response", "sample output",
    ]
    .contains { sentence.hasPrefix($0) }
    let end = sentence.suffix(48)
    return isExpected
      || [
        "output:", "outputs:", "prints:", "printed:", "output is:", "output should be:", "should print:",
        "should show:",
        "transcript:", "输出：", "输出:", "输出（节选）：", "出力：", "出力:", "출력:",
      ].contains { end.contains($0) }
  }

  /// Whether the block is said to take something back: `To roll back:`.
  var announcesUndo: Bool {
    let beginnings = [
      "to roll back", "to rollback", "to undo", "to revert", "roll back", "rollback", "undo", "revert", "to recover",
      "回滚", "ロールバック", "롤백",
    ]
    return beginnings.contains { sentence.hasPrefix($0) }
      || [", roll back", ", revert", ", undo", "roll back with", "revert with", "undo with", "roll it back"]
        .contains { sentence.contains($0) }
  }
}
