/// What a node of a YAML document is.
package enum YAMLKind: UInt8, Sendable {
  case scalar
  case sequence
  case mapping
}
