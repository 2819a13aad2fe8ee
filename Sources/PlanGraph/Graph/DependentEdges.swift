/// The edges to what waits for one node.
package struct DependentEdges: Sequence {
  let edges: [GraphEdge]
  let positions: ArraySlice<Int32>
  /// Those to nodes that were added after the graph was made.
  var more: [GraphEdge] = []

  package var count: Int { positions.count + more.count }

  package struct Iterator: IteratorProtocol {
    let edges: [GraphEdge]
    var positions: ArraySlice<Int32>.Iterator
    var more: [GraphEdge].Iterator

    package mutating func next() -> GraphEdge? {
      if let position = positions.next() { return edges[Int(position)] }
      return more.next()
    }
  }

  package func makeIterator() -> Iterator {
    Iterator(edges: edges, positions: positions.makeIterator(), more: more.makeIterator())
  }
}
