/// A task's id, or a reference to one, in the forms in which they are compared.
///
/// `T-001`, `T1` and `t 1` are the same; so are `EP-60` and `60`, where the ids of a file have no prefix or the
/// reference has none.
struct TaskName: Hashable {
  /// In lower case, with one kind of dash, without what may stand around it.
  let folded: String
  /// The letters before the number; empty if there are none.
  let prefix: String
  /// `1.2b`: without leading zeros; nil if the name does not end with a number.
  let number: String?

  init(_ text: String) {
    folded = TaskName.folded(text)
    var letters = ""
    var rest = folded.unicodeScalars[...]
    while let scalar = rest.first, !("0"..."9").contains(scalar) {
      if scalar.properties.isAlphabetic {
        letters.unicodeScalars.append(scalar)
      } else if !" -_./#".unicodeScalars.contains(scalar) {
        break
      }
      rest.removeFirst()
    }
    prefix = letters
    number = TaskName.number(String(rest))
  }

  /// Whether the name is one word with a number, as ids are: what is written like that means a task.
  var looksLikeID: Bool { number != nil && !folded.contains(" ") && !folded.hasPrefix("#") }

  /// Words that stand before the number of a task and are no part of its id.
  var hasGenericPrefix: Bool {
    prefix.isEmpty || ["task", "tasks", "step", "steps", "item", "story", "ticket", "row", "no"].contains(prefix)
  }

  /// The same prefix with another number: the end of a range.
  func with(number: String) -> TaskName { TaskName(prefix + number) }

  /// The form of a text in which names are compared, without a look at its number.
  static func folded(_ text: String) -> String {
    guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return foldedLetters(text) }
    var folded: [UInt8] = []
    folded.reserveCapacity(text.utf8.count)
    for byte in text.utf8 where byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "'") {
      folded.append(byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte)
    }
    while let last = folded.last, ":. ,".utf8.contains(last) { folded.removeLast() }
    return String(decoding: folded.drop { $0 == 0x20 }, as: UTF8.self)
  }

  private static func foldedLetters(_ text: String) -> String {
    var folded = ""
    for character in text.lowercased() {
      switch character {
      case "–", "—", "‑", "‒", "−": folded.append("-")
      case "\"", "'", "“", "”": continue
      default: folded.append(character)
      }
    }
    while let last = folded.last, ":. ,".contains(last) { folded.removeLast() }
    return String(folded.drop { $0 == " " })
  }

  /// Each part of the number without leading zeros; `1-4` and `1.4` stay different.
  private static func number(_ text: String) -> String? {
    var result = ""
    var part = ""
    func significant(_ part: String) -> String? {
      let digits = part.prefix { $0.isASCII && $0.isNumber }
      let letters = part.dropFirst(digits.count)
      guard !digits.isEmpty, letters.count <= 2, letters.allSatisfy({ $0.isASCII && $0.isLetter }) else { return nil }
      let kept = digits.drop { $0 == "0" }
      return (kept.isEmpty ? "0" : String(kept)) + letters
    }
    for character in text + "." {
      guard character == "." || character == "-" || character == "_" else {
        part.append(character)
        continue
      }
      guard let number = significant(part) else { return nil }
      result += number + String(character)
      part = ""
    }
    result.removeLast()
    return result
  }
}
