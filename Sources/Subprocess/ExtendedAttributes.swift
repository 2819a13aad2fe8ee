internal import CProcessSpawn
internal import Glibc

/// One extended attribute of a file (xattr(7)).
package struct ExtendedAttribute: Hashable, Sendable {
  package var name: [UInt8]
  package var value: [UInt8]

  package init(name: [UInt8], value: [UInt8]) {
    self.name = name
    self.value = value
  }

  fileprivate var terminatedName: [CChar] { name.map { CChar(bitPattern: $0) } + [0] }

  /// Whether the kernel or a security module sets it, and of the others only a privileged process may.
  fileprivate var isPrivileged: Bool { unsafe execplan_is_privileged_attribute(terminatedName) != 0 }
}

/// What a file carries beside content, owner and mode: attributes of users, access lists (xattr(7)).
package enum ExtendedAttributes {
  /// Gives a file those of another.
  ///
  /// - Parameters: open files; the second must be writable.
  /// - Returns: 0, or the `errno` of what failed.
  package static func copy(from old: Int32, to new: Int32) -> Int32 { -execplan_copy_attributes(old, new) }

  /// Those of what is at a path, by name; no link is followed.
  ///
  /// - Returns: nil when names and values have more bytes than `limit`.
  package static func read(at path: String, limit: Int) throws(SystemError) -> [ExtendedAttribute]? {
    try read(.path(Array(path.utf8CString)), limit: limit)
  }

  /// Gives an open file just these, apart from those that the kernel sets by itself.
  ///
  /// - Returns: the names of those that it can't be given, or that can't be taken from it.
  package static func make(_ wanted: [ExtendedAttribute], of file: Int32) -> [[UInt8]] {
    // Nobody but us has given it any, so there are few.
    let present = (try? read(.file(file), limit: .max)) ?? []
    var failed: [[UInt8]] = []
    let names = Set(wanted.map(\.name))
    for attribute in present where !names.contains(attribute.name) && !attribute.isPrivileged {
      if unsafe execplan_remove_attribute(file, attribute.terminatedName) != 0 { failed.append(attribute.name) }
    }
    let before = Set(present)
    for attribute in wanted where !before.contains(attribute) {
      let result = unsafe execplan_set_attribute(
        file, attribute.terminatedName, attribute.value, UInt(attribute.value.count))
      if result != 0 { failed.append(attribute.name) }
    }
    return failed
  }

  private enum Place {
    case path([CChar])
    case file(Int32)

    func list(_ names: inout [CChar]) -> Int {
      switch self {
      case .path(let path): unsafe execplan_list_attributes(path, -1, &names, UInt(names.count))
      case .file(let file): unsafe execplan_list_attributes(nil, file, &names, UInt(names.count))
      }
    }

    func value(of name: [CChar], _ value: inout [UInt8]) -> Int {
      switch self {
      case .path(let path): unsafe execplan_get_attribute(path, -1, name, &value, UInt(value.count))
      case .file(let file): unsafe execplan_get_attribute(nil, file, name, &value, UInt(value.count))
      }
    }
  }

  /// The kernel allows no more for the names, and for each value.
  private static let kernelLimit = 64 << 10

  private static func read(_ place: Place, limit: Int) throws(SystemError) -> [ExtendedAttribute]? {
    var names = [CChar](repeating: 0, count: kernelLimit)
    let count = place.list(&names)
    guard count >= 0 else { throw SystemError("list extended attributes", code: Int32(-count)) }
    var attributes: [ExtendedAttribute] = []
    var total = 0
    var buffer: [UInt8] = []
    for bytes in names[..<count].split(separator: 0) {
      if buffer.isEmpty { buffer = [UInt8](repeating: 0, count: kernelLimit) }
      var attribute = ExtendedAttribute(name: bytes.map { UInt8(bitPattern: $0) }, value: [])
      let size = place.value(of: attribute.terminatedName, &buffer)
      guard size >= 0 else {
        // It went meanwhile, or it is none of ours.
        if size == -Int(ENODATA) || attribute.isPrivileged { continue }
        throw SystemError("read extended attributes", code: Int32(-size))
      }
      attribute.value = Array(buffer[..<size])
      total += attribute.name.count + size
      guard total <= limit else { return nil }
      attributes.append(attribute)
    }
    return attributes.sorted { $0.name.lexicographicallyPrecedes($1.name) }
  }
}
