/// Divides what a run did to files among the steps that are taken back, in the order in which that is done.
///
/// Changes of one path lie upon each other. A step takes back its own if they are on top; one that lies under that of
/// another step waits until that step is taken back, so that every path comes back to what it was.
struct Restorations {
  /// By the step's place in the order.
  private(set) var places: [Int: [Restoration.Place]] = [:]
  let folders: MadeFolders

  /// - Parameters:
  ///   - records: of all attempts that count, by their numbers.
  ///   - turns: by attempt, the place in the order of its step.
  ///   - isAutomatic: whether the step at a place is taken back by its records.
  init(_ records: [UndoRecord], turns: [Int64: Int], isAutomatic: (Int) -> Bool) {
    var made: [String: Int] = [:]
    var byPlace: [String: [(turn: Int, record: UndoRecord)]] = [:]
    var order: [String] = []
    for record in records {
      guard let turn = turns[record.attempt] else { continue }
      var folders = record.madeFolders
      if record.before.kind == .absent, record.after.kind == .folder { folders.append(record.place) }
      for folder in folders { made[folder] = max(made[folder] ?? turn, turn) }
      guard isAutomatic(turn) else { continue }
      if byPlace[record.place] == nil { order.append(record.place) }
      byPlace[record.place, default: []].append((turn, record))
    }
    for place in order {
      var top = 0
      var groups: [(turn: Int, records: [UndoRecord])] = []
      for (turn, record) in (byPlace[place] ?? []).reversed() {
        top = max(top, turn)
        if groups.last?.turn == top {
          groups[groups.count - 1].records.append(record)
        } else {
          groups.append((top, [record]))
        }
      }
      for group in groups { places[group.turn, default: []].append(Restoration.Place(records: group.records)) }
    }
    folders = MadeFolders(turns: made)
  }
}
