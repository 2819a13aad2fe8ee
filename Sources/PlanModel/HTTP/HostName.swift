/// The name or address of a machine.
package enum HostName {
  /// What is wrong with a text that names no machine; nil if it may name one.
  package static func problem(with text: String) -> String? {
    guard (1...253).contains(text.utf8.count) else { return "a host has a name of 1 to 253 characters" }
    let isName = text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: ":"):
        true
      default: false
      }
    }
    return isName ? nil : "\"\(text.prefix(60))\" is not the name or the address of a host"
  }
}
