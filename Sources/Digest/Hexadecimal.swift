/// Bytes as hexadecimal digits in lower case, two for each.
package enum Hexadecimal {
  package static let digits = Array("0123456789abcdef".utf8)

  package static func text(of bytes: [UInt8]) -> String {
    String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
