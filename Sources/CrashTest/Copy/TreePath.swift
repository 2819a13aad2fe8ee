/// A path in a tree, or what a link says, as the bytes that it consists of: names need be no text.
package struct TreePath: Hashable, Comparable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  package let bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }

  package init(_ text: String) { bytes = Array(text.utf8) }

  package init(stringLiteral text: String) { self.init(text) }

  package static func < (a: TreePath, b: TreePath) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }

  // MARK: Parts

  private static let slash = UInt8(ascii: "/")

  func appending(_ name: some Sequence<UInt8>) -> TreePath {
    bytes.isEmpty ? TreePath(bytes: Array(name)) : TreePath(bytes: bytes + [TreePath.slash] + name)
  }

  /// nil for a path of one name.
  var parent: TreePath? {
    bytes.lastIndex(of: TreePath.slash).map { TreePath(bytes: Array(bytes[..<$0])) }
  }

  var name: ArraySlice<UInt8> { bytes[(bytes.lastIndex(of: TreePath.slash).map { $0 + 1 } ?? 0)...] }

  /// How many folders it lies in.
  var depth: Int { bytes.count { $0 == TreePath.slash } }

  func lies(in folder: TreePath) -> Bool {
    bytes.count > folder.bytes.count && bytes[folder.bytes.count] == TreePath.slash && bytes.starts(with: folder.bytes)
  }

  func hasSuffix(_ suffix: String) -> Bool { bytes.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) }

  /// The path below a root, as the system takes it.
  func place(in root: String) -> [CChar] {
    bytes.isEmpty
      ? Array(root.utf8CString) : root.utf8.map { CChar(bitPattern: $0) } + [CChar(TreePath.slash)] + terminated
  }

  /// As the system takes it.
  var terminated: [CChar] { bytes.map { CChar(bitPattern: $0) } + [0] }

  // MARK: Texts

  /// nil when it is none.
  var validText: String? { String(validating: bytes, as: UTF8.self) }

  /// As patterns see it: one character stands for what is no text.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// As people see it: a byte that belongs to no character is written as `\xFF`.
  package var description: String {
    validText ?? parts { byte in "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true) }
  }

  /// A pattern that names it; it may match more if it is no text.
  var pattern: String { validText ?? parts { _ in "?" } }

  private func parts(_ other: (UInt8) -> String) -> String {
    var shown = ""
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes.makeIterator()
    var place = 0
    while true {
      switch parser.parseScalar(from: &rest) {
      case .emptyInput: return shown
      case .valid(let encoded):
        shown.unicodeScalars.append(Unicode.UTF8.decode(encoded))
        place += encoded.count
      case .error(let length):
        for byte in bytes[place..<(place + length)] { shown += other(byte) }
        place += length
      }
    }
  }
}
