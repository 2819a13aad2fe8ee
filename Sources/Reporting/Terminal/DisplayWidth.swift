/// How many terminal columns text takes.
package enum DisplayWidth {
  /// The width of one line; colour sequences (`ESC [ … m`) take none.
  package static func of(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
    var width = 0
    forEachPiece(of: text) { piece in
      if case .character(let character) = piece { width += self.width(of: character) }
    }
    return width
  }

  /// The beginning of the text that fits, with `…` at its end if something was cut; colour
  /// sequences are all kept, so that no colour runs on.
  package static func truncated(_ text: String, to limit: Int) -> String {
    guard limit > 0 else { return "" }
    guard of(text) > limit else { return text }
    var out = ""
    var width = 0
    var isCut = false
    forEachPiece(of: text) { piece in
      switch piece {
      case .escape(let escape): out += escape
      case .character(let character):
        guard !isCut else { return }
        let next = self.width(of: character)
        if width + next > limit - 1 {
          isCut = true
          out += "…"
        } else {
          width += next
          out.append(character)
        }
      }
    }
    return out
  }

  /// The width of one scalar: 0 for what combines with the character before it, 2 for wide ones.
  package static func of(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return value < 0x20 || (0x7F..<0xA0).contains(value) || value == 0xAD ? 0 : 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    return isWide(value) || scalar.properties.isEmojiPresentation ? 2 : 1
  }

  /// A character is as wide as its widest scalar: marks and joined emoji add nothing.
  package static func width(of character: Character) -> Int {
    var width = 0
    for scalar in character.unicodeScalars {
      // VARIATION SELECTOR-16 asks for the emoji form, which is wide.
      width = max(width, scalar.value == 0xFE0F && width > 0 ? 2 : of(scalar))
    }
    return width
  }

  /// The East Asian Wide and Fullwidth blocks (Unicode Standard Annex 11), by block, not by character.
  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
      0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
      0x16FE0...0x18D08, 0x1B000...0x1B2FB, 0x1F200...0x1F251, 0x20000...0x2FFFD, 0x30000...0x3FFFD:
      true
    default: false
    }
  }

  private enum Piece {
    case character(Character)
    case escape(String)
  }

  private static func forEachPiece(of text: String, _ body: (Piece) -> Void) {
    var index = text.startIndex
    while index < text.endIndex {
      let character = text[index]
      let next = text.index(after: index)
      if character == "\u{1B}", next < text.endIndex, text[next] == "[" {
        var end = text.index(after: next)
        while end < text.endIndex, !isFinal(text[end]) { end = text.index(after: end) }
        if end < text.endIndex { end = text.index(after: end) }
        body(.escape(String(text[index..<end])))
        index = end
      } else {
        body(.character(character))
        index = next
      }
    }
  }

  /// Whether the character ends a control sequence (ECMA-48, 5.4).
  private static func isFinal(_ character: Character) -> Bool {
    character >= "\u{40}" && character <= "\u{7E}"
  }
}
