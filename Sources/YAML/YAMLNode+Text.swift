package import SourceText

extension YAMLNode {
  /// The value of a scalar; empty for collections.
  package var text: String {
    withUTF8 { bytes in unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) } }
  }

  /// The UTF-8 bytes of a scalar's value, without a copy.
  package var utf8: ArraySlice<UInt8> {
    let content = content
    return content.kind == .scalar ? tree.value(of: content) : []
  }

  /// Calls a closure with the bytes of a scalar's value, none for a collection; counts no references, unlike `utf8`.
  package func withUTF8<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    let content = content
    guard content.kind == .scalar else { return body(Span()) }
    let range = Int(content.first)..<Int(content.first) + Int(content.length)
    return body((content.isInSource ? tree.source.bytes : tree.decoded).span.extracting(range))
  }

  /// Whether the node is a scalar with exactly this value.
  package func hasText(_ text: String) -> Bool {
    let content = content
    guard content.kind == .scalar, Int(content.length) == text.utf8.count else { return false }
    return tree.value(of: content).elementsEqual(text.utf8)
  }

  /// The value of a scalar by the YAML 1.2 core schema; `string("")` for collections.
  package var resolved: YAMLScalar {
    let content = content
    guard content.kind == .scalar else { return .string("") }
    if content.style == .plain, !content.flags.contains(.text) {
      return YAMLScalar(plain: tree.value(of: content))
    }
    return .string(text)
  }

  /// Whether the node is an empty or `null` plain scalar.
  package var isNull: Bool {
    let content = content
    guard content.kind == .scalar, content.style == .plain, !content.flags.contains(.text) else { return false }
    return YAMLScalar.isNull(tree.value(of: content))
  }

  /// The comment that follows a plain scalar on its line, from the `#` to the end of the line.
  ///
  /// In a shell text or an expression, the author most likely did not mean it as one.
  package var commentAfter: SourceRange? {
    let content = content
    guard content.kind == .scalar, content.style == .plain else { return nil }
    let bytes = tree.source.bytes
    var position = Int(content.end)
    while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 { position += 1 }
    guard position > Int(content.end), position < bytes.count, bytes[position] == UInt8(ascii: "#") else {
      return nil
    }
    var end = position
    while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    return SourceRange(start: position, end: end)
  }

  /// The place in the file of a range of UTF-8 offsets in the scalar's value.
  ///
  /// Takes time in proportion to the scalar unless it is written without escapes and folds; for many
  /// ranges of one scalar, keep its `textMap`.
  package func sourceRange(ofText range: Range<Int>) -> SourceRange {
    let content = content
    guard content.kind == .scalar else { return content.range }
    if content.isInSource {
      let length = Int(content.length)
      let lower = min(max(range.lowerBound, 0), length)
      let upper = min(max(range.upperBound, lower), length)
      return SourceRange(start: Int(content.first) + lower, end: Int(content.first) + upper)
    }
    return textMap.sourceRange(of: range)
  }

  /// The map from offsets in the scalar's value to the bytes of the file, made by reading its source again.
  package var textMap: YAMLTextMap {
    let content = content
    guard content.kind == .scalar else { return YAMLTextMap(segments: [], fallback: content.range) }
    if content.isInSource {
      let segment = YAMLTextMap.Segment(
        value: 0, source: Int(content.first), length: Int(content.length), sourceLength: Int(content.length))
      return YAMLTextMap(segments: [segment], fallback: content.range)
    }
    if let segments = tree.segments {
      return YAMLTextMap(
        segments: segments[UInt32(truncatingIfNeeded: contentIndex)] ?? [], fallback: content.range)
    }
    var reader = ScalarReader(bytes: tree.source.bytes, range: content.range)
    reader.read(content.style, like: tree.value(of: content))
    return YAMLTextMap(segments: reader.segments, fallback: content.range)
  }
}
