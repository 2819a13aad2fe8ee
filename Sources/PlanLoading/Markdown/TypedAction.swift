internal import SourceText

/// Tells a block of YAML that is an action from one that is an example.
enum TypedAction {
  /// Whether a line without indentation begins with the key of an action.
  static func isHeld(by part: CodePart, in source: SourceFile) -> Bool {
    part.lines.contains { line in
      let bytes = source.bytes[line.lowerBound..<line.upperBound]
      guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return false }
      let key = String(decoding: bytes[..<colon], as: UTF8.self)
      return StepKey(rawValue: key).map(StepKey.actions.contains) ?? false
    }
  }

  /// Whether a block is the mapping of an action whose block may be a text, too.
  static func isMapping(_ part: CodePart, of action: String, in source: SourceFile) -> Bool {
    guard let first = part.lines.first else { return false }
    let line = source.text(first)
    return switch action {
    case "manual": line.hasPrefix("instructions:")
    case "approve": ApproveKey.table.names.contains { line.hasPrefix($0 + ":") }
    case "agent": AgentKey.table.names.contains { line.hasPrefix($0 + ":") }
    default: line.hasPrefix("script:")
    }
  }
}
