extension FileTable {
  /// More inferred edges than this are refused: a graph of a million edges still takes well under 100 MB, and a plan
  /// that makes more lets every step read what every step writes.
  static let maximumEdges = 1_000_000

  /// An edge for each output of one step that overlaps an input of another, within the main part and within
  /// `finally`; and whether there were too many.
  func edges(finallyStart: Int) -> (edges: [GraphEdge], isTooDense: Bool) {
    var edges: [GraphEdge] = []
    var marks = InPlaceMarks()
    for pattern in patterns.indices {
      let range = writesOf[pattern]
      if range.isEmpty || readsOf[pattern].isEmpty { continue }
      let id = Int32(truncatingIfNeeded: pattern)
      if !append(from: id, to: id, &marks, finallyStart, &edges) { return (edges, true) }
    }
    for (a, b) in overlaps {
      if !append(from: a, to: b, &marks, finallyStart, &edges) { return (edges, true) }
      if !append(from: b, to: a, &marks, finallyStart, &edges) { return (edges, true) }
    }
    return (edges, false)
  }

  /// Joins the writers of one pattern to the readers of another that overlaps it; false when there are too many.
  ///
  /// Steps that work in place (they both read and write it) are not joined to each other: which comes first can't be
  /// told from the files.
  private func append(
    from written: Int32, to read: Int32, _ marks: inout InPlaceMarks, _ finallyStart: Int, _ edges: inout [GraphEdge]
  ) -> Bool {
    let writers = writesOf[Int(written)]
    let readers = readsOf[Int(read)]
    if writers.isEmpty || readers.isEmpty { return true }
    // Nearly always: one writer and one reader.
    let inPlace = writers.count * readers.count > 1 || written != read ? marks.find(in: self, written, read) : []
    let pureReaders = inPlace.isEmpty ? nil : readers.filter { !inPlace.contains(reads[Int($0)].node) }
    for position in writers {
      let writer = writes[Int(position)]
      guard writer.origin == .file, !isTakenAway(read, from: writer, by: negatedWrites) else { continue }
      let targets = inPlace.contains(writer.node) ? ArraySlice(pureReaders ?? []) : readers
      for target in targets {
        let reader = reads[Int(target)]
        if reader.node == writer.node || (reader.node < finallyStart) != (writer.node < finallyStart) { continue }
        if !closers.isEmpty, closers[reader.node] != closers[writer.node] { continue }
        if isTakenAway(written, from: reader, by: negatedReads) { continue }
        if edges.count >= FileTable.maximumEdges { return false }
        edges.append(GraphEdge(from: Int(writer.node), to: Int(reader.node), .file, reader.range))
      }
    }
    return true
  }
}

/// Finds the steps that both read and write a pair of overlapping patterns; remembers the last pair.
private struct InPlaceMarks {
  private var last: (Int32, Int32)?
  private var nodes: Set<Int32> = []

  mutating func find(in table: FileTable, _ a: Int32, _ b: Int32) -> Set<Int32> {
    let key = (min(a, b), max(a, b))
    if let last, last == key { return nodes }
    last = key
    let both = a == b ? [a] : [a, b]
    let readers = Set(both.flatMap { table.readsOf[Int($0)].map { table.reads[Int($0)].node } })
    nodes = Set(both.flatMap { table.writesOf[Int($0)].map { table.writes[Int($0)].node } }).intersection(readers)
    return nodes
  }
}
