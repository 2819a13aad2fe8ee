internal import CMarkGFM
package import SourceText

/// Reads markdown as GitHub does, tables included. Every text is some markdown, so nothing can fail.
package enum MarkdownParser {
  /// - Parameter range: the part of the file to read, from the start of a line; nil is the whole file.
  ///   All positions are those of the file.
  package static func parse(_ source: SourceFile, range: SourceRange? = nil) -> MarkdownDocument {
    var start = min(range?.lowerBound ?? 0, source.bytes.count)
    let end = max(start, min(range?.upperBound ?? source.bytes.count, source.bytes.count))
    if start == 0, source.hasByteOrderMark { start = min(3, end) }
    let frontMatter = FrontMatter.find(in: source, from: start, to: end)
    return parseBlocks(source, start: frontMatter?.end ?? start, end: end, frontMatter: frontMatter?.content)
  }

  private static func parseBlocks(
    _ source: SourceFile, start: Int, end: Int, frontMatter: SourceRange?
  ) -> MarkdownDocument {
    _ = registration
    let parser = unsafe cmark_parser_new(CMARK_OPT_DEFAULT)
    defer { unsafe cmark_parser_free(parser) }
    if let table = unsafe cmark_find_syntax_extension("table") {
      unsafe cmark_parser_attach_syntax_extension(parser, table)
    }
    unsafe source.bytes.withUnsafeBytes { buffer in
      guard start < end, let base = buffer.baseAddress else { return }
      unsafe cmark_parser_feed(parser, (base + start).assumingMemoryBound(to: CChar.self), end - start)
    }
    let root = unsafe cmark_parser_finish(parser)
    defer { unsafe cmark_node_free(root) }
    var builder = BlockBuilder(source: source, firstLine: source.lineIndex(of: start), start: start, end: end)
    unsafe builder.walk(root)
    return MarkdownDocument(
      source: source, frontMatter: frontMatter, blocks: builder.blocks, lineTable: builder.lines)
  }

  /// The extensions are registered once in a process.
  private static let registration: Void = cmark_gfm_core_extensions_ensure_registered()
}
