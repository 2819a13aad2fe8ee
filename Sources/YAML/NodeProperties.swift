/// The anchor and the tag before a node, read from the source, as events do not tell their places.
struct NodeProperties {
  private(set) var tag: Range<Int>?
  /// Where the node itself begins; `limit` if there is nothing after the properties.
  private(set) var end: Int

  init(bytes: [UInt8], start: Int, limit: Int) {
    end = start
    var afterSpace = true
    while end < limit {
      let byte = bytes[end]
      let breakLength = LineBreak.length(in: bytes, at: end, end: limit)
      if byte == UInt8(ascii: "&"), afterSpace {
        end += 1
        while end < limit, NodeProperties.isNameByte(bytes[end]) { end += 1 }
        afterSpace = false
      } else if byte == UInt8(ascii: "!"), afterSpace {
        let start = end
        let isVerbatim = end + 1 < limit && bytes[end + 1] == UInt8(ascii: "<")
        while end < limit, !bytes[end].isSpace, LineBreak.length(in: bytes, at: end, end: limit) == 0,
          isVerbatim || !NodeProperties.isFlowIndicator(bytes[end])
        { end += 1 }
        tag = start..<end
        afterSpace = false
      } else if byte.isSpace || breakLength > 0 {
        end += max(breakLength, 1)
        afterSpace = true
      } else if byte == UInt8(ascii: "#"), afterSpace {
        while end < limit, LineBreak.length(in: bytes, at: end, end: limit) == 0 { end += 1 }
      } else {
        return
      }
    }
  }

  /// The characters that libyaml takes for the name of an anchor.
  private static func isNameByte(_ byte: UInt8) -> Bool {
    let letter = byte | 0x20
    return (letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z")) || byte.isDigit || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "-")
  }

  private static func isFlowIndicator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"): true
    default: false
    }
  }
}
