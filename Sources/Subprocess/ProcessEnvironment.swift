internal import Glibc

/// The variables that a program is started with.
package struct ProcessEnvironment: Sendable {
  private var values: [String: [UInt8]] = [:]
  /// Names in the order of their first appearance, so that two equal plans start programs with equal bytes.
  private var order: [String] = []

  package init() {}

  /// The environment of this process. Entries without `=` or without a name are left out.
  package static func inherited() -> ProcessEnvironment {
    var result = ProcessEnvironment()
    var entry = unsafe environ
    while let text = unsafe entry.pointee {
      let bytes = unsafe UnsafeRawBufferPointer(start: text, count: strlen(text))
      if let equals = unsafe bytes.firstIndex(of: UInt8(ascii: "=")), equals > 0 {
        let name = unsafe String(decoding: bytes[..<equals], as: UTF8.self)
        result[bytes: name] = unsafe Array(bytes[(equals + 1)...])
      }
      unsafe entry += 1
    }
    return result
  }

  /// A value as text; nil removes the variable.
  package subscript(name: String) -> String? {
    get { values[name].map { String(decoding: $0, as: UTF8.self) } }
    set { self[bytes: name] = newValue.map { Array($0.utf8) } }
  }

  /// A value as the bytes that it is.
  package subscript(bytes name: String) -> [UInt8]? {
    get { values[name] }
    set {
      // A removed name keeps its place in `order`, so that setting and unsetting is not proportional to the rest.
      if values.updateValue(newValue ?? [], forKey: name) == nil, !removed.contains(name) { order.append(name) }
      if newValue == nil {
        values[name] = nil
        removed.insert(name)
      }
    }
  }

  private var removed: Set<String> = []

  package var names: [String] { order.filter { values[$0] != nil } }

  /// The variables as `NAME=VALUE`.
  package var block: StringBlock {
    var block = StringBlock()
    for name in order {
      guard let value = values[name] else { continue }
      block.append(bytes: Array(name.utf8) + [UInt8(ascii: "=")] + value)
    }
    return block
  }

  /// Says that the program starts in a folder, as a shell that changes to it does: some programs believe `PWD`.
  package mutating func enter(_ directory: String) {
    self["PWD"] = directory
    self["OLDPWD"] = nil
  }

  /// True when bash would run code before, find other commands than, or follow other options than a script says:
  /// `BASH_ENV`, `ENV`, `SHELLOPTS`, `BASHOPTS` or an exported function is set.
  package var changesShells: Bool {
    values.keys.contains { shellVariables.contains($0) || $0.hasPrefix("BASH_FUNC_") }
  }
}

private let shellVariables: Set<String> = ["BASH_ENV", "ENV", "SHELLOPTS", "BASHOPTS"]
