/// Names of environment variables.
enum VariableName {
  /// Whether shells take it for the name of a variable.
  static func isValid(_ name: ArraySlice<UInt8>) -> Bool {
    guard let first = name.first, !ASCII.isDigit(first) else { return false }
    return name.allSatisfy { ASCII.isDigit($0) || $0 == UInt8(ascii: "_") || (0x61...0x7A).contains($0 | 0x20) }
  }

  /// Whether execplan itself sets it.
  static func isReserved(_ name: String) -> Bool { name.hasPrefix("EXECPLAN_") }
}
