/// The address of a person or a list.
package enum MailAddress {
  /// What is wrong with a text that is no address; nil if it may be one. What the server takes, it knows itself.
  package static func problem(with text: String) -> String? {
    let bytes = Array(text.utf8)
    let at = bytes.lastIndex(of: UInt8(ascii: "@"))
    // Blanks, commas and brackets would make several addresses of it, a dash an option of sendmail.
    let isSound = bytes.allSatisfy { $0 > 0x20 && $0 != 0x7F && !",;<>()\"\\".utf8.contains($0) }
    guard let at, at > 0, at + 1 < bytes.count, bytes[0] != UInt8(ascii: "-"), isSound, bytes.count <= 254 else {
      return "\"\(text.prefix(60))\" is no e-mail address"
    }
    return nil
  }
}
