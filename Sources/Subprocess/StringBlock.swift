/// Strings laid out for `execve`: each ends in a NUL byte, all stand in one allocation.
///
/// An environment is built once and used for many spawns without a copy for each string.
package struct StringBlock: Sendable, Hashable, ExpressibleByArrayLiteral {
  private var bytes: [UInt8] = []
  private var offsets: [Int] = []
  /// True when a string holds a NUL byte: a program would see it cut off there.
  package private(set) var hasEmbeddedNUL = false

  package init() {}

  package init(_ strings: some Sequence<String>) {
    for string in strings { append(string) }
  }

  package init(bytes strings: some Sequence<[UInt8]>) {
    for string in strings { append(bytes: string) }
  }

  package init(arrayLiteral strings: String...) {
    self.init(strings)
  }

  package var count: Int { offsets.count }
  package var isEmpty: Bool { offsets.isEmpty }

  package mutating func append(_ string: String) {
    append(bytes: string.utf8)
  }

  package mutating func append(bytes string: some Sequence<UInt8>) {
    let start = bytes.count
    offsets.append(start)
    bytes.append(contentsOf: string)
    if bytes[start...].contains(0) { hasEmbeddedNUL = true }
    bytes.append(0)
  }

  /// The strings one by one, without their NUL bytes.
  package var strings: [[UInt8]] {
    offsets.indices.map { index in
      let end = index + 1 < offsets.count ? offsets[index + 1] : bytes.count
      return Array(bytes[offsets[index]..<end - 1])
    }
  }

  /// Calls `body` with an array of pointers that ends in nil, valid during the call only.
  func withPointers<Result>(
    _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<CChar>?.self, capacity: offsets.count + 1) { list in
        for (index, offset) in offsets.enumerated() {
          // execve does not write into the strings; its signature is older than const.
          let raw = unsafe buffer.baseAddress.map { unsafe UnsafeMutableRawPointer(mutating: $0 + offset) }
          unsafe list.initializeElement(at: index, to: raw?.assumingMemoryBound(to: CChar.self))
        }
        unsafe list.initializeElement(at: offsets.count, to: nil)
        return unsafe body(UnsafePointer(list.baseAddress!))  // capacity is at least 1
      }
    }
  }
}
