internal import Glibc

/// Both outputs of a kept program.
struct KeptStreams {
  let stdout: KeptStream
  let stderr: KeptStream

  init(_ request: KeeperRequest, _ masker: StreamMasker?) throws(SystemError) {
    let isJudged = !request.expectations.isEmpty
    stdout = try KeptStream(
      creating: request.stdoutPath, limits: request.limits, masker: masker, keepsRaw: isJudged)
    stderr = try KeptStream(
      creating: request.stderrPath, limits: request.limits, masker: masker, keepsRaw: isJudged)
  }

  private var both: [KeptStream] { [stdout, stderr] }

  /// Whether somebody could still write into a pipe.
  var isOpen: Bool { both.contains { $0.reading >= 0 } }

  func closeWriting() { for stream in both { stream.closeWriting() } }

  func drain() { for stream in both { stream.drain() } }

  func trim() { for stream in both { stream.trim() } }

  /// What was written; the streams forget it.
  func takeRaw() -> KeptOutput {
    defer { for stream in both { stream.dropRaw() } }
    return KeptOutput(
      stdout: stdout.raw ?? [], stderr: stderr.raw ?? [], isCut: stdout.isRawCut || stderr.isRawCut)
  }

  /// Goes on until nobody can write any more.
  func drainToTheEnd() {
    while isOpen {
      var polled = both.map { pollfd(fd: $0.reading, events: Int16(POLLIN), revents: 0) }
      guard unsafe poll(&polled, nfds_t(polled.count), -1) >= 0 || errno == EINTR else { return }
      drain()
      trim()
    }
  }
}
