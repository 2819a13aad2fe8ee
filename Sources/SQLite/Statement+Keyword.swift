extension Statement {
  /// The first word of the statement in upper case, comments passed over: `INSERT`, `BEGIN`.
  package var keyword: String {
    let bytes = Array(sql.utf8)
    var index = 0
    while index < bytes.count {
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      if bytes[index] == UInt8(ascii: "-"), next == UInt8(ascii: "-") {
        while index < bytes.count, bytes[index] != 0x0A { index += 1 }
      } else if bytes[index] == UInt8(ascii: "/"), next == UInt8(ascii: "*") {
        index += 2
        while index + 1 < bytes.count, !(bytes[index] == UInt8(ascii: "*") && bytes[index + 1] == UInt8(ascii: "/")) {
          index += 1
        }
        index += 2
      } else if [0x20, 0x09, 0x0A, 0x0D, 0x0C, UInt8(ascii: ";")].contains(bytes[index]) {
        index += 1
      } else {
        break
      }
    }
    let word = bytes[min(index, bytes.count)...].prefix { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }
    return String(decoding: word, as: UTF8.self).uppercased()
  }
}
