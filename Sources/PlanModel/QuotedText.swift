/// A text between quotes.
package enum QuotedText {
  /// The text between two `quote`s, with `replacement` for each quote in it.
  ///
  /// A mark after a quote makes one `Character` of both, so the quotes are looked for among the scalars.
  package static func quoted(_ text: String, with quote: Unicode.Scalar, each replacement: String) -> String {
    let parts = text.unicodeScalars.split(separator: quote, omittingEmptySubsequences: false)
    return "\(quote)" + parts.map { String($0) }.joined(separator: replacement) + "\(quote)"
  }
}
