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
    return parse(
      source, pieces: [SourceRange(start: frontMatter?.end ?? start, end: end)], frontMatter: frontMatter?.content)
  }

  /// Reads parts of a file as one document: what is open at the end of a part is ended there, and what
  /// stands between them is passed over.
  ///
  /// - Parameter pieces: in order, each from the start of a line.
  package static func parse(
    _ source: SourceFile, pieces: [SourceRange], frontMatter: SourceRange?
  ) -> MarkdownDocument {
    let whole = pieces.first.map { $0.union(pieces[pieces.count - 1]) } ?? .fileStart
    var builder = BlockBuilder(source: source, range: whole)
    for piece in pieces where !piece.isEmpty {
      var input = ParserInput(source, piece)
      unsafe input.withBytes { text in
        unsafe BlockParse.withBlocks(of: text) { document in
          unsafe builder.append(document, from: piece.lowerBound, to: piece.upperBound)
        }
      }
    }
    return MarkdownDocument(
      source: source, frontMatter: frontMatter, blocks: builder.finish(), lineTable: builder.lines)
  }
}
