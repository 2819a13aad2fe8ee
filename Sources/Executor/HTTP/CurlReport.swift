internal import PlanModel
internal import Subprocess

/// What curl writes to its stderr about one transfer: the headers of the response, a message if it failed, and the
/// line that it was told to write at the end.
struct CurlReport {
  /// Zero when no response came.
  var status = 0
  var phrase = ""
  var headers: [WebResponse.Header] = []
  /// Why the transfer failed, without curl's own name and number.
  var message: String?
  /// Bytes of the request that were sent; nil when curl was ended before it could say so.
  var bytesSent: Int?
  var redirect: String?

  /// What `write-out` is to be, for a mark that nobody else can know.
  static func writeOut(_ mark: String) -> String {
    "%{stderr}\n\(mark) %{http_code} %{size_request}\n%{redirect_url}\n"
  }

  init(_ bytes: [UInt8], mark: String) {
    let lines = String(decoding: bytes, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).map(String.init)
    let end = lines.lastIndex { $0.hasPrefix(mark + " ") }
    if let end {
      let numbers = lines[end].dropFirst(mark.count + 1).split(separator: " ").map { Int($0) ?? 0 }
      status = numbers.first ?? 0
      bytesSent = numbers.count > 1 ? numbers[1] : 0
      if end + 1 < lines.count, !lines[end + 1].isEmpty { redirect = lines[end + 1] }
    }
    read(lines[..<(end ?? lines.count)])
  }

  private mutating func read(_ lines: ArraySlice<String>) {
    var isInBlock = false
    for line in lines {
      if !isInBlock, line.hasPrefix("HTTP/") {
        // Of an interim response (100 Continue) nothing is kept.
        isInBlock = true
        headers = []
        let words = line.split(separator: " ", maxSplits: 2)
        phrase = words.count > 2 ? String(words[2]) : ""
      } else if isInBlock {
        if line.isEmpty { isInBlock = false } else { take(line) }
      } else if line.hasPrefix("curl: ("), let close = line.firstIndex(of: ")") {
        message = String(line[line.index(after: close)...].drop { $0 == " " })
      }
    }
  }

  private mutating func take(_ line: String) {
    // A line that begins with a blank goes on with the header before it (RFC 9112, section 5.2).
    if line.hasPrefix(" ") || line.hasPrefix("\t"), !headers.isEmpty {
      headers[headers.count - 1].value += " " + CurlReport.trimmed(line[...])
      return
    }
    guard let colon = line.firstIndex(of: ":") else { return }
    headers.append(
      .init(name: line[..<colon].lowercased(), value: CurlReport.trimmed(line[line.index(after: colon)...])))
  }

  private static func trimmed(_ text: Substring) -> String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    var text = text.drop(while: isBlank)
    while let last = text.last, isBlank(last) { text.removeLast() }
    return String(text)
  }
}
