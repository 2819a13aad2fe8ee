/// What stands right above a block of commands and belongs to it, by the blocks of the document.
struct Lead {
  /// The paragraph that says what the block does.
  var paragraph: Int?
  /// The paragraph between that one and the block, which says where it runs, and the folder: `cwd: api`.
  var folder: (block: Int, path: String)?
  /// The last item of a numbered list, when the block stands behind that list and the item announces it by a colon.
  var item: Int?
}
