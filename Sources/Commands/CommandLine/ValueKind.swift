/// What the value of an option must look like; the parser refuses others.
package enum ValueKind: Hashable, Sendable {
  case text
  case choice([String])
  /// A whole number, at least this.
  case count(atLeast: Int)
  /// `90s`, `1h30m`.
  case duration
  /// `key=value`.
  case assignment
  case file
  case folder
}
