package import SourceText

/// One dependency: `to` needs `from`.
package struct GraphEdge: Hashable, Sendable {
  /// The node that comes first. 32 bits, because a plan of 100,000 steps holds many edges.
  package var source: Int32
  /// The node that waits for it.
  package var target: Int32
  /// What made it: the entry in `needs`, the input pattern, the step's id or its `phase`.
  package var range: SourceRange
  package var kind: EdgeKind

  package init(from: Int, to: Int, _ kind: EdgeKind, _ range: SourceRange) {
    self.source = Int32(truncatingIfNeeded: from)
    self.target = Int32(truncatingIfNeeded: to)
    self.kind = kind
    self.range = range
  }

  package var from: Int { Int(source) }
  package var to: Int { Int(target) }
}
