/// What the text of a step's action shows of an effect that adds up when it is repeated.
package enum RepeatedEffect {
  /// The effect in words, `appends to a file`; nil if nothing shows one.
  package static func of(_ step: borrowing Step) -> String? {
    switch step.core[0].action {
    case .run(let run): inText(run.script.text)
    case .sql(let sql):
      switch sql.body {
      case .script(let text), .query(let text): inText(text.text)
      case .statements(let list): inText(list.map(\.text).joined(separator: ";\n"))
      case .file: nil
      }
    case .http(let http) where !http.request.method.isRepeatable: "sends a \(http.request.method.rawValue)"
    case .exec, .file, .edit, .http, .fetch, .wait, .check, .manual, .approve, .agent, .uses: nil
    }
  }

  private static func inText(_ text: String) -> String? {
    guard mayHoldOne(text) else { return nil }
    let shown = lines(of: text)
    func has(_ words: String...) -> Bool { words.contains { holds(shown, $0) } }
    if has(">>", "tee -a") { return "appends to a file" }
    if has("insert into"), !has("on conflict", "or ignore", "or replace", "not exists") { return "inserts rows" }
    if has("-x post", "--request post", "curl -d") { return "sends a POST" }
    if has("git commit", "git push", "git tag ") { return "commits, tags or pushes" }
    if has("npm publish", "twine upload", "cargo publish", "docker push", "gh release create") { return "publishes" }
    return nil
  }

  /// Whether one of the words below may stand in the text, told from how they begin: most scripts hold none, and a
  /// plan may have many.
  private static func mayHoldOne(_ text: String) -> Bool {
    var (first, second): (UInt8, UInt8) = (0, 0)
    for byte in text.utf8 {
      let third = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
      switch (first, second, third) {
      case (_, UInt8(ascii: ">"), UInt8(ascii: ">")),
        (UInt8(ascii: "t"), UInt8(ascii: "e"), UInt8(ascii: "e")),
        (UInt8(ascii: "t"), UInt8(ascii: "w"), UInt8(ascii: "i")),
        (UInt8(ascii: "i"), UInt8(ascii: "n"), UInt8(ascii: "s")),
        (UInt8(ascii: "-"), UInt8(ascii: "x"), UInt8(ascii: " ")),
        (UInt8(ascii: "-"), UInt8(ascii: "-"), UInt8(ascii: "r")),
        (UInt8(ascii: "c"), UInt8(ascii: "u"), UInt8(ascii: "r")),
        (UInt8(ascii: "c"), UInt8(ascii: "a"), UInt8(ascii: "r")),
        (UInt8(ascii: "g"), UInt8(ascii: "i"), UInt8(ascii: "t")),
        (UInt8(ascii: "g"), UInt8(ascii: "h"), UInt8(ascii: " ")),
        (UInt8(ascii: "n"), UInt8(ascii: "p"), UInt8(ascii: "m")),
        (UInt8(ascii: "d"), UInt8(ascii: "o"), UInt8(ascii: "c")):
        return true
      default: (first, second) = (second, third)
      }
    }
    return false
  }

  /// The lines that count, in lower case.
  private static func lines(of text: String) -> [UInt8] {
    var shown: [UInt8] = []
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
      if line.first(where: { $0 != 0x20 }) == UInt8(ascii: "#") { continue }
      let start = shown.count
      shown.append(contentsOf: line)
      // The files that a step publishes its values in are made anew for every attempt.
      let added = shown[start...]
      if holds(added, "EXECPLAN_OUTPUT") || holds(added, "EXECPLAN_STATE") {
        shown.removeSubrange(start...)
        continue
      }
      for index in start..<shown.count where (0x41...0x5A).contains(shown[index]) { shown[index] |= 0x20 }
      shown.append(UInt8(ascii: "\n"))
    }
    return shown
  }

  private static func holds(_ text: some RandomAccessCollection<UInt8>, _ word: String) -> Bool {
    let word = word.utf8
    guard let first = word.first, text.count >= word.count else { return false }
    var rest = text[...]
    while let start = rest.firstIndex(of: first) {
      rest = rest[start...]
      if rest.starts(with: word) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}
