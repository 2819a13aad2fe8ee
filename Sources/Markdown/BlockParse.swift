internal import CMarkGFM

/// Parses a text into cmark's blocks and leaves what stands inside paragraphs, headings and table cells unread.
///
/// cmark reads inlines when it finishes a document. That takes most of its time, for some inputs (many `[` or
/// `*`) time that grows with the square of their length, and nothing here uses the result. Whether a node holds
/// inlines is the business of its extension, so each gets one that says no before the document is finished.
enum BlockParse {
  /// Reads a text and calls `body` with the node of the document, which lives as long as the call. cmark's
  /// first line is an empty one before the text.
  static func withBlocks(of text: UnsafeRawBufferPointer, _ body: (OpaquePointer) -> Void) {
    _ = registration
    guard let base = text.baseAddress, let last = unsafe text.last,
      let parser = unsafe cmark_parser_new(CMARK_OPT_DEFAULT)
    else { return }
    defer { unsafe cmark_parser_free(parser) }
    let table = unsafe cmark_find_syntax_extension("table")
    if let table = unsafe table { unsafe cmark_parser_attach_syntax_extension(parser, table) }
    guard let silent = unsafe cmark_syntax_extension_new("silent") else { return }
    defer { unsafe cmark_syntax_extension_free(cmark_get_default_mem_allocator(), silent) }
    unsafe cmark_syntax_extension_set_contains_inlines_func(silent) { _, _ in 0 }
    unsafe cmark_syntax_extension_set_open_block_func(silent) { silent, _, _, container, _, _ in
      // Called for the first time at the empty line, where nothing but the document is open.
      if unsafe cmark_syntax_extension_get_private(silent) == nil {
        unsafe cmark_syntax_extension_set_private(
          silent, unsafe container.map { unsafe UnsafeMutableRawPointer($0) }, nil)
      }
      return nil
    }
    unsafe cmark_parser_attach_syntax_extension(parser, silent)
    unsafe cmark_parser_feed(parser, "\n", 1)
    unsafe cmark_parser_feed(parser, base.assumingMemoryBound(to: CChar.self), text.count)
    // The last line has to be read before the document is finished.
    if last != 0x0A { unsafe cmark_parser_feed(parser, "\n", 1) }
    let root = unsafe cmark_syntax_extension_get_private(silent).map { OpaquePointer($0) }
    let cells = unsafe root.map { unsafe silence($0, silent) } ?? []
    let document = unsafe cmark_parser_finish(parser)
    defer { unsafe cmark_node_free(document) }
    // What a table's cell holds beside its text is the extension's to free.
    for index in unsafe cells.indices { unsafe cmark_node_set_syntax_extension(cells[index], table) }
    if let document = unsafe document { unsafe body(document) }
  }

  /// Returns the nodes of the table extension that were changed.
  private static func silence(_ root: OpaquePointer, _ silent: OpaquePointer) -> [OpaquePointer] {
    var cells = unsafe [OpaquePointer]()
    var node = unsafe root
    while true {
      let type = unsafe cmark_node_get_type(node)
      if type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING {
        unsafe cmark_node_set_syntax_extension(node, silent)
      } else if unsafe cmark_node_get_syntax_extension(node) != nil, unsafe cmark_node_first_child(node) == nil {
        unsafe cells.append(node)
        unsafe cmark_node_set_syntax_extension(node, silent)
      }
      if let child = unsafe cmark_node_first_child(node) {
        unsafe node = child
        continue
      }
      while unsafe cmark_node_next(node) == nil {
        guard unsafe node != root, let parent = unsafe cmark_node_parent(node) else { return unsafe cells }
        unsafe node = parent
      }
      guard unsafe node != root, let next = unsafe cmark_node_next(node) else { return unsafe cells }
      unsafe node = next
    }
  }

  /// The extensions are registered once in a process.
  private static let registration: Void = cmark_gfm_core_extensions_ensure_registered()
}
