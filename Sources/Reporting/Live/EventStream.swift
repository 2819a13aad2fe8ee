package import PlanModel

/// The lines of `--events`: newline-delimited JSON, one event each.
package enum EventStream {
  /// The first line of every stream.
  package static var versionLine: [UInt8] {
    var json = JSONText()
    json.object { json in
      json.member("type", "version")
      json.member("schema", machineFormatVersion)
    }
    json.newline()
    return json.bytes
  }

  /// - Parameter sequence: the journal's number of the event; that of the last one before it for
  ///   `output`, which is not journalled.
  package static func line(_ event: Event, sequence: Int64, run: Int64) -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.member("type", event.kind.rawValue)
      json.member("seq", sequence)
      json.member("ts", time: event.at)
      json.member("run_id", run)
      json.member("step_id", event.step)
      json.member("attempt", event.attempt)
      for entry in event.payload where !reserved.contains(entry.key) {
        json.key(entry.key)
        json.value(entry.value)
      }
    }
    json.newline()
    return json.bytes
  }

  /// A payload can't say them again: an object with a key twice is read differently by everyone.
  private static let reserved: Set<String> = ["type", "seq", "ts", "run_id", "step_id", "attempt"]
}
