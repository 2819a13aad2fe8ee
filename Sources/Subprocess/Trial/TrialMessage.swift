/// What an execplan that is on trial tells whoever started it: where a step stands.
package struct TrialMessage: Hashable, Sendable {
  package enum Moment: UInt8, Sendable {
    case claimed = 0x63
    case launched = 0x6C
    case ended = 0x65
  }

  package var moment: Moment
  package var step: String
  /// The process that leads the step's program, once it was started.
  package var leader: Int32?

  package init(_ moment: Moment, step: String, leader: Int32? = nil) {
    self.moment = moment
    self.step = step
    self.leader = leader
  }

  /// `l 4711 load`: the moment, the leader or 0, and the step.
  var bytes: [UInt8] { [moment.rawValue] + " \(leader ?? 0) \(step)".utf8 }

  init?(bytes: [UInt8]) {
    let parts = bytes.split(separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 1, let moment = parts[0].first.flatMap(Moment.init(rawValue:)),
      let leader = Int32(String(decoding: parts[1], as: UTF8.self))
    else { return nil }
    self.moment = moment
    self.leader = leader > 1 ? leader : nil
    step = String(decoding: parts[2], as: UTF8.self)
  }
}
