/// The value in XML and HTML.
enum MarkupForms {
  static func all(of value: [UInt8]) -> [[UInt8]] {
    let base: [Character: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;"]
    let quotes: [[Character: String]] = [
      [:], ["\"": "&quot;"], ["\"": "&quot;", "'": "&apos;"], ["\"": "&quot;", "'": "&#39;"],
      ["\"": "&quot;", "'": "&#x27;"], ["\"": "&#34;", "'": "&#39;"],
    ]
    return quotes.map { extra in
      var map: [UInt8: [UInt8]] = [:]
      for (character, text) in base.merging(extra, uniquingKeysWith: { a, _ in a }) {
        if let byte = character.asciiValue { map[byte] = Array(text.utf8) }
      }
      return QuotedForms.replacing(value, map)
    }
  }
}
