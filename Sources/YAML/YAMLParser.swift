package import Diagnostics
package import SourceText

/// Reads a YAML document into a tree of located nodes.
package enum YAMLParser {
  /// The root of the document, or nil if the text is empty or can not be read, which is then reported.
  ///
  /// Everything that can be found is reported in one go. `range` is the part of the file that holds
  /// YAML and begins at the start of a line; nil is the whole file. All positions are those of the file.
  package static func parse(
    _ source: SourceFile, range: SourceRange? = nil, limits: YAMLLimits = .default,
    into collector: inout DiagnosticCollector
  ) -> YAMLNode? {
    var range = clamp(range, to: source)
    if range.count > limits.fileSize {
      collector.report(
        YAMLRules.limits, SourceRange(start: range.lowerBound, end: range.lowerBound),
        "the file has \(range.count) bytes; at most \(limits.fileSize) are read")
      return nil
    }
    if range.lowerBound == 0, source.hasByteOrderMark, range.count >= 3 { range = 3..<range.upperBound }
    guard let check = CharacterCheck(bytes: source.bytes, range: range, into: &collector) else { return nil }
    guard TagDirectives.areFew(source.bytes, from: range.lowerBound, to: range.upperBound, into: &collector) else {
      return nil
    }
    let surrogates =
      check.hasSurrogateEscapes ? SurrogateEscapes(bytes: source.bytes, range: range) : SurrogateEscapes()
    let offsets = CharacterOffsets(bytes: source.bytes, range: range, isASCII: check.isASCII)
    var loop = EventLoop(
      source: source, range: range,
      builder: TreeBuilder(source: source, limits: limits, offsets: offsets, surrogates: surrogates),
      collector: collector)
    let root =
      surrogates.offsets.isEmpty
      ? loop.run(source.bytes) : loop.run(surrogates.replaced(in: source.bytes))
    collector = loop.collector
    return root
  }

  private static func clamp(_ range: SourceRange?, to source: SourceFile) -> Range<Int> {
    guard let range else { return 0..<source.bytes.count }
    let end = min(range.upperBound, source.bytes.count)
    return min(range.lowerBound, end)..<end
  }
}
