/// Makes ids from headings.
enum HeadingSlug {
  /// Longer ids are cut: nobody types them.
  private static let limit = 60

  /// `Data Pipeline (EU)` becomes `data-pipeline-eu`; nil without a letter or digit of ASCII.
  static func of(_ text: String) -> String? {
    var slug: [UInt8] = []
    for byte in text.utf8 {
      if ASCII.isWord(byte) || (byte == UInt8(ascii: ".") && !slug.isEmpty) {
        slug.append(ASCII.isLetter(byte) ? byte | 0x20 : byte)
      } else if let last = slug.last, last != UInt8(ascii: "-") {
        slug.append(UInt8(ascii: "-"))
      }
      if slug.count == limit { break }
    }
    while let last = slug.last, last == UInt8(ascii: "-") || last == UInt8(ascii: ".") { slug.removeLast() }
    return slug.isEmpty ? nil : String(decoding: slug, as: UTF8.self)
  }
}
