/// Where moments of a run stand on a line from 0 to 1: in proportion while somebody worked, and with a short gap for
/// each pause, which may have taken days.
struct TimeAxis {
  /// A stretch of time in which something ran, and where it begins and ends on the line.
  private struct Stretch {
    var from: Int64
    var to: Int64
    var start = 0.0
    var end = 0.0
  }

  private var stretches: [Stretch] = []
  /// Where pauses are, in the middle of their gaps.
  private(set) var pauses: [(at: Double, length: Int64)] = []

  private static let gap = 0.02
  /// A pause is left out only if it is longer than this share of all work.
  private static let leastPause: Int64 = 20

  /// - Parameter work: beginnings and ends, milliseconds since 1970.
  init(_ work: [(from: Int64, to: Int64)]) {
    let sorted = work.filter { $0.to >= $0.from }.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
    let total = sorted.reduce(Int64(0)) { $0 + max(1, $1.to - $1.from) }
    for part in sorted {
      if let last = stretches.last, part.from - last.to <= max(1000, total / TimeAxis.leastPause) {
        stretches[stretches.count - 1].to = max(last.to, part.to)
      } else {
        stretches.append(Stretch(from: part.from, to: part.to))
      }
    }
    guard !stretches.isEmpty else { return }
    // Many pauses share half of the line.
    let gap = min(TimeAxis.gap, 0.5 / Double(stretches.count))
    let room = 1 - gap * Double(stretches.count - 1)
    let length = stretches.reduce(Int64(0)) { $0 + max(1, $1.to - $1.from) }
    var place = 0.0
    for index in stretches.indices {
      if index > 0 {
        pauses.append((place + gap / 2, stretches[index].from - stretches[index - 1].to))
        place += gap
      }
      stretches[index].start = place
      place += room * Double(max(1, stretches[index].to - stretches[index].from)) / Double(length)
      stretches[index].end = place
    }
  }

  /// The place of a moment.
  func place(_ moment: Int64) -> Double {
    // The last stretch that begins before.
    var (low, high) = (0, stretches.count)
    while low < high {
      let middle = (low + high) / 2
      if stretches[middle].from <= moment { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return 0 }
    let stretch = stretches[low - 1]
    let share = Double(moment - stretch.from) / Double(max(1, stretch.to - stretch.from))
    return stretch.start + min(1, share) * (stretch.end - stretch.start)
  }
}
