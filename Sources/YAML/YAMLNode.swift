package import SourceText

/// One node of a YAML document: a cursor into its tree.
///
/// An alias shows the kind, value and children of the node it refers to; its own `range` is the place
/// of the alias.
package struct YAMLNode: Sendable {
  package let tree: YAMLTree
  let index: Int

  package var kind: YAMLKind { content.kind }
  package var isScalar: Bool { content.kind == .scalar }
  package var isSequence: Bool { content.kind == .sequence }
  package var isMapping: Bool { content.kind == .mapping }

  /// The node's own text: quotes and brackets included, anchors not; a block scalar from its indicator
  /// to the end of its last line that is not blank.
  package var range: SourceRange { record.range }

  /// Whether the node is written as `*name`.
  package var isAlias: Bool { record.isAlias }

  /// The node that an alias refers to; the node itself if it is none.
  package var target: YAMLNode { record.isAlias ? YAMLNode(tree: tree, index: Int(record.first)) : self }

  /// How a scalar is written; `plain` for collections.
  package var style: YAMLStyle { content.style }

  /// The number of items of a sequence or entries of a mapping; 0 for a scalar.
  package var count: Int {
    let content = content
    return content.kind == .scalar ? 0 : Int(content.first)
  }

  /// Whether both are the same node of the same tree.
  package func isSameNode(as other: YAMLNode) -> Bool { tree === other.tree && index == other.index }

  var record: Record { tree.records[index] }
  var content: Record { tree.content(of: index) }
  /// The record whose children this node shows.
  var contentIndex: Int { record.isAlias ? Int(record.first) : index }
}

extension Record {
  var range: SourceRange { SourceRange(start: Int(start), end: Int(end)) }
}
