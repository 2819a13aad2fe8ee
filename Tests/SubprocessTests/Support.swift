internal import Subprocess

/// What a test needs to start a shell with the environment of the tests.
func shell(_ script: String, directory: String? = nil) -> SpawnRequest {
  SpawnRequest(
    executable: "/bin/bash", arguments: ["bash", "-c", script], environment: ProcessEnvironment.inherited().block,
    directory: directory)
}

func program(_ words: String...) -> SpawnRequest {
  SpawnRequest(
    executable: words[0], arguments: StringBlock(words), environment: ProcessEnvironment.inherited().block)
}

extension Completion {
  var text: String { String(decoding: output, as: UTF8.self) }
  var lines: [String] { text.split(separator: "\n").map(String.init) }
}

/// A generator whose sequence is the same in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Asks until it is true, for at most ten seconds; false then.
func becomesTrue(_ condition: () -> Bool) -> Bool {
  let end = BootClock.now() + .seconds(10)
  while BootClock.now() < end {
    if condition() { return true }
    pause(milliseconds: 5)
  }
  return condition()
}
