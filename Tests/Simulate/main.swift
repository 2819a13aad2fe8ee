internal import Glibc
internal import Simulation
internal import Subprocess

// Runs the simulation over many seeds: `simulate [COUNT | FROM-TO] [--jobs N] [--seconds N] [--keep-going]`, or tells the story
// of one: `simulate --tell SEED` of the smallest scenario that breaks the same promise, `--story SEED` of the seed's own.

/// What the command line asks for.
struct Wish {
  var seeds: ClosedRange<UInt64> = 1...100_000
  var threads = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  var seconds: Int?
  var told: UInt64?
  var keepsGoing = false
  /// Whether a story is told as it is, even if a smaller scenario would break the same promise.
  var isWhole = false

  init?(_ words: [String]) {
    var words = words[...]
    while let word = words.popFirst() {
      switch word {
      case "--jobs":
        guard let number = words.popFirst().flatMap({ Int($0) }), number > 0 else { return nil }
        threads = number
      case "--seconds":
        guard let number = words.popFirst().flatMap({ Int($0) }), number > 0 else { return nil }
        seconds = number
      case "--keep-going": keepsGoing = true
      case "--story":
        guard let seed = words.popFirst().flatMap({ UInt64($0) }) else { return nil }
        (told, isWhole) = (seed, true)
      case "--tell":
        guard let seed = words.popFirst().flatMap({ UInt64($0) }) else { return nil }
        told = seed
      default:
        let ends = word.split(separator: "-", omittingEmptySubsequences: false).map { UInt64($0) }
        if ends.count == 1, let count = ends[0], count > 0 {
          seeds = 1...count
        } else if ends.count == 2, let first = ends[0], let last = ends[1], first <= last {
          seeds = first...last
        } else {
          return nil
        }
      }
    }
  }
}

func seconds(_ duration: Duration) -> String {
  let (whole, rest) = duration.components
  return "\(whole).\(rest / 100_000_000_000_000_000) s"
}

guard let wish = Wish(Array(CommandLine.arguments.dropFirst())) else {
  print("usage: simulate [COUNT | FROM-TO] [--jobs N] [--seconds N] [--keep-going] | --tell SEED | --story SEED")
  exit(64)
}
if let seed = wish.told {
  if !wish.isWhole, let reproduction = Reproduction(seed: seed) {
    print(reproduction.text)
    exit(1)
  }
  let outcome = Simulation(seed: seed).run(isTelling: true)
  for line in outcome.story { print(line) }
  print(outcome.violation.map { "\($0.promise): \($0.what)" } ?? "seed \(seed) keeps every promise")
  exit(outcome.violation == nil ? 0 : 1)
}
let clock = ContinuousClock()
let start = clock.now
var shown = start
let campaign = Campaign(seeds: wish.seeds, keepsGoing: wish.keepsGoing)
let result = try campaign.run(threads: wish.threads) { coverage in
  if let limit = wish.seconds, clock.now - start > .seconds(limit) { campaign.stop() }
  guard clock.now - shown > .seconds(5) else { return }
  shown = clock.now
  let rate = Double(coverage.schedules) / ((clock.now - start) / .seconds(1))
  print("\(coverage.schedules) schedules in \(seconds(clock.now - start)), \(Int(rate)) a second")
  fflush(nil)
}
let elapsed = clock.now - start
for (promise, found) in result.failures.sorted(by: { $0.value.seed < $1.value.seed }) {
  print("seed \(found.seed) breaks a promise after \(seconds(elapsed)): \(promise) (\(found.count) seeds)")
}
if let first = result.failures.values.map(\.seed).min() {
  print(Reproduction(seed: first)?.text ?? "seed \(first) fails no more")
  exit(1)
}
print(result.coverage.text)
let rate = Double(result.coverage.schedules) / (elapsed / .seconds(1))
print(
  "every promise kept in \(result.coverage.schedules) schedules, \(seconds(elapsed)), \(Int(rate)) a second on \(wish.threads) threads"
)
