internal import Foundation
internal import Testing

@testable internal import Executor

struct CurlConfigurationTests {
  /// What curl's own reader makes of a line: `unslashquote` in tool_parsecfg.c.
  private func unquoted(_ line: String) -> (name: String, value: [UInt8], rest: [UInt8])? {
    let bytes = Array(line.utf8)
    guard let start = bytes.firstIndex(of: UInt8(ascii: "\"")) else { return nil }
    var value: [UInt8] = []
    var index = start + 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      var byte = bytes[index]
      if byte == UInt8(ascii: "\\"), index + 1 < bytes.count {
        index += 1
        switch bytes[index] {
        case UInt8(ascii: "t"): byte = 0x09
        case UInt8(ascii: "n"): byte = 0x0A
        case UInt8(ascii: "r"): byte = 0x0D
        case UInt8(ascii: "v"): byte = 0x0B
        default: byte = bytes[index]
        }
      }
      value.append(byte)
      index += 1
    }
    let name = String(decoding: bytes[..<start], as: UTF8.self).replacing(" = ", with: "")
    return (name, value, Array(bytes[min(index + 1, bytes.count)...]))
  }

  static let hostile = [
    "plain", "", "\"", "\\", "\\\"", "a\"\nurl = \"file:///etc/passwd\"\n#", "a\r\nb", "\t\u{0B}\u{0C}\u{1B}", "é日😀",
    "\\n\\t", "# no comment", "-- --config x", "@/etc/passwd", "trailing\\", "'", "$(id)", "%{stderr}",
    "\u{85}\u{2028}",
  ]

  @Test(arguments: hostile)
  func aValueComesOutAsItWentInOnOneLine(text: String) throws {
    var curl = CurlConfiguration()
    try curl.option("data-raw", text)
    let lines = curl.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    #expect(lines.count == 2 && lines[1].isEmpty)
    let read = try #require(unquoted(String(decoding: lines[0], as: UTF8.self)))
    #expect(read.name == "data-raw")
    #expect(read.value == Array(text.utf8))
    #expect(read.rest.isEmpty)
  }

  /// The same by curl itself, which names what it is to send in its trace.
  /// It writes a vertical tab and a form feed as they are.
  @Test(arguments: hostile.filter { text in !text.isEmpty && !text.utf8.contains { $0 == 0x0B || $0 == 0x0C } })
  func curlReadsWhatWasWritten(text: String) throws {
    var curl = CurlConfiguration()
    // Nobody listens there; curl says the value of an option that it refuses.
    try curl.option("proto", "=http")
    try curl.option("url", "http://127.0.0.1:1/")
    try curl.option("user-agent", text)
    try curl.option("libcurl", "-")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["curl", "--disable", "--silent", "--config", "-"]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    input.fileHandleForWriting.write(Data(curl.bytes))
    try input.fileHandleForWriting.close()
    let code = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let written = String(decoding: code, as: UTF8.self)
    let line = try #require(
      written.split(separator: "\n").first { $0.contains("CURLOPT_USERAGENT") }.map(String.init), "\(written)")
    #expect(line.contains("\"\(Self.asC(text))\""), "\(line)")
  }

  /// As curl writes a text in C: `c_escape` in tool_setopt.c.
  private static func asC(_ text: String) -> String {
    text.utf8.map { byte -> String in
      switch byte {
      case 0x0A: return "\\n"
      case 0x0D: return "\\r"
      case 0x09: return "\\t"
      case UInt8(ascii: "\\"): return "\\\\"
      case UInt8(ascii: "\""): return "\\\""
      case UInt8(ascii: "?"): return "\\?"
      case 0x20..<0x7F: return String(UnicodeScalar(byte))
      default: return String(format: "\\x%02x", byte)
      }
    }.joined()
  }

  @Test func whatNoLineCanHoldIsRefused() {
    var curl = CurlConfiguration()
    #expect(throws: CurlConfiguration.Problem.self) { try curl.option("data-raw", [0x61, 0, 0x62]) }
    #expect(throws: CurlConfiguration.Problem.self) {
      try curl.option("data-raw", [UInt8](repeating: 0x22, count: CurlConfiguration.lineLimit / 2))
    }
    #expect(curl.bytes.isEmpty)
  }
}
