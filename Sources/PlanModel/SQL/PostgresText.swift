/// Reads the connection texts of libpq: `postgres://user@host:port/name?sslmode=require`, `host=h dbname='my db'`, or
/// the plain name of a database (postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING).
package enum PostgresText {
  package struct Problem: Error, Hashable, Sendable {
    package var message: String
    package var note: String?

    init(_ message: String, _ note: String? = nil) {
      self.message = message
      self.note = note
    }
  }

  package typealias Part = (keyword: PostgresKeyword, value: String)

  /// The settings of a text, each with its value decoded; nothing for an empty text.
  package static func parse(_ text: String) throws(Problem) -> [Part] {
    for scheme in ["postgres://", "postgresql://"] where text.hasPrefix(scheme) {
      return try url(text.dropFirst(scheme.utf8.count))
    }
    // What follows "postgres:" of the plan.
    if text.hasPrefix("//") { return try url(text.dropFirst(2)) }
    if text.contains("=") { return try words(Array(text.utf8)) }
    return text.isEmpty ? [] : [(.dbname, text)]
  }

  package static func keyword(_ name: String) throws(Problem) -> PostgresKeyword {
    if let keyword = PostgresKeyword(rawValue: name) { return keyword }
    if name == "client_encoding" {
      throw Problem("\"client_encoding\" can't be set: execplan speaks UTF-8 with the server", "leave it out")
    }
    if PostgresKeyword.withoutVariable.contains(name) {
      throw Problem(
        "psql takes \"\(name)\" from no variable of its environment", "leave it out, or put it into a service file")
    }
    throw Problem(
      "PostgreSQL has no connection setting \"\(name.prefix(40))\"",
      "settings: host, port, dbname, user, password, sslmode, …")
  }

  // MARK: key=value

  private static func words(_ bytes: [UInt8]) throws(Problem) -> [Part] {
    var parts: [Part] = []
    var index = 0
    func skipBlanks() { while index < bytes.count, isBlank(bytes[index]) { index += 1 } }
    skipBlanks()
    while index < bytes.count {
      let start = index
      while index < bytes.count, bytes[index] != UInt8(ascii: "="), !isBlank(bytes[index]) { index += 1 }
      let name = String(decoding: bytes[start..<index], as: UTF8.self)
      skipBlanks()
      guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else {
        throw Problem("\"=\" is missing after \"\(name.prefix(40))\"", "write settings as in \"host=h dbname=d\"")
      }
      index += 1
      skipBlanks()
      let value = try value(bytes, &index)
      parts.append((try keyword(name), value))
      skipBlanks()
    }
    return parts
  }

  private static func value(_ bytes: [UInt8], _ index: inout Int) throws(Problem) -> String {
    var value: [UInt8] = []
    let isQuoted = index < bytes.count && bytes[index] == UInt8(ascii: "'")
    if isQuoted { index += 1 }
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if isQuoted, byte == UInt8(ascii: "'") { return String(decoding: value, as: UTF8.self) }
      if !isQuoted, isBlank(byte) { break }
      if byte == UInt8(ascii: "\\"), index < bytes.count {
        value.append(bytes[index])
        index += 1
      } else {
        value.append(byte)
      }
    }
    if isQuoted { throw Problem("a quote in the connection text is not closed") }
    return String(decoding: value, as: UTF8.self)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  // MARK: URL

  private static func url(_ text: Substring) throws(Problem) -> [Part] {
    var parts: [Part] = []
    var rest = text
    var query: Substring = ""
    if let mark = rest.firstIndex(of: "?") {
      query = rest[rest.index(after: mark)...]
      rest = rest[..<mark]
    }
    var place = rest
    if let slash = rest.firstIndex(of: "/") {
      place = rest[..<slash]
      try add(.dbname, rest[rest.index(after: slash)...], to: &parts)
    }
    if let at = place.lastIndex(of: "@") {
      let person = place[..<at]
      place = place[place.index(after: at)...]
      let colon = person.firstIndex(of: ":")
      try add(.user, person[..<(colon ?? person.endIndex)], to: &parts)
      if let colon { try add(.password, person[person.index(after: colon)...], to: &parts) }
    }
    try addHosts(place, to: &parts)
    for word in query.split(separator: "&") {
      guard let equals = word.firstIndex(of: "=") else {
        throw Problem("\"=\" is missing after \"\(word.prefix(40))\" in the URL")
      }
      let name = try decoded(word[..<equals])
      if name == "ssl", word[word.index(after: equals)...] == "true" {
        parts.append((.sslmode, "require"))
      } else {
        parts.append((try keyword(name), try decoded(word[word.index(after: equals)...])))
      }
    }
    return parts
  }

  /// Several hosts are parted by commas, each with its port behind it.
  private static func addHosts(_ text: Substring, to parts: inout [Part]) throws(Problem) {
    if text.isEmpty { return }
    var hosts: [String] = []
    var ports: [String] = []
    for place in text.split(separator: ",", omittingEmptySubsequences: false) {
      var host = place
      var port: Substring = ""
      if place.hasPrefix("[") {
        guard let close = place.firstIndex(of: "]") else { throw Problem("\"]\" is missing in the URL") }
        host = place[place.index(after: place.startIndex)..<close]
        let rest = place[place.index(after: close)...]
        if rest.hasPrefix(":") { port = rest.dropFirst() }
      } else if let colon = place.lastIndex(of: ":") {
        host = place[..<colon]
        port = place[place.index(after: colon)...]
      }
      hosts.append(try decoded(host))
      ports.append(try decoded(port))
    }
    if hosts.contains(where: { !$0.isEmpty }) { parts.append((.host, hosts.joined(separator: ","))) }
    if ports.contains(where: { !$0.isEmpty }) { parts.append((.port, ports.joined(separator: ","))) }
  }

  private static func add(_ keyword: PostgresKeyword, _ text: Substring, to parts: inout [Part]) throws(Problem) {
    if !text.isEmpty { parts.append((keyword, try decoded(text))) }
  }

  private static func decoded(_ text: Substring) throws(Problem) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), value != 0
      else { throw Problem("\"%\" in a URL stands before two hexadecimal digits", "write %25 for a percent sign") }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw Problem("the URL is not UTF-8 text") }
    return text
  }
}
