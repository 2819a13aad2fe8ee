internal import Subprocess
internal import Testing

@Suite struct KeeperRequestTests {
  static let request = KeeperRequest(
    nonce: "00ff", attempt: -7, stdoutPath: "/a b", stderrPath: "", recordPath: "/r", executable: "/bin/ü",
    arguments: [[0xFF, 0x0A], []], environment: [Array("A=\n".utf8)], directory: "/", fallsBackToShell: true,
    markOffsets: [72, 1 << 40], limits: CaptureLimits(total: 1 << 21, head: 1 << 16), timeout: 5, grace: 6,
    masks: true, secrets: [[1, 2, 3]], expectations: [9])

  @Test func aRequestIsReadAsItWasWritten() {
    #expect(KeeperRequest(bytes: Self.request.bytes) == Self.request)
    var other = Self.request
    other.timeout = nil
    other.secrets = []
    other.masks = false
    other.fallsBackToShell = false
    #expect(KeeperRequest(bytes: other.bytes) == other)
  }

  @Test func whatIsNoWholeRequestIsNone() {
    let bytes = Self.request.bytes
    for count in 0..<bytes.count { #expect(KeeperRequest(bytes: Array(bytes[..<count])) == nil) }
    #expect(KeeperRequest(bytes: bytes + [0]) == nil)
    // Lengths that lie end nothing but the reading.
    for index in 8..<bytes.count {
      var torn = bytes
      torn[index] ^= 0xFF
      _ = KeeperRequest(bytes: torn)
    }
  }
}
