/// How a scalar is written.
package enum YAMLStyle: UInt8, Sendable {
  case plain
  case singleQuoted
  case doubleQuoted
  /// A block scalar after `|`.
  case literal
  /// A block scalar after `>`.
  case folded
}
