internal import CProcessSpawn
internal import Glibc

/// A pipe that takes what a program writes into memory, up to a limit.
final class OutputPipe {
  /// The program's end.
  private(set) var writing: Int32
  /// Our end, which does not block; -1 once everybody has closed the other.
  private(set) var reading: Int32
  private(set) var bytes: [UInt8] = []
  /// True when there was more than the limit.
  private(set) var isCut = false
  private let limit: Int

  init(limit: Int) throws(SystemError) {
    var ends: (Int32, Int32) = (-1, -1)
    let result = unsafe withUnsafeMutableBytes(of: &ends) { raw in
      unsafe execplan_pipe(raw.baseAddress?.assumingMemoryBound(to: Int32.self))
    }
    guard result >= 0 else { throw SystemError("make a pipe", code: -result) }
    (reading, writing) = ends
    self.limit = limit
  }

  deinit {
    closeWriting()
    closeReading()
  }

  /// Gives up the program's end, so that the pipe ends with the program.
  func closeWriting() {
    if writing >= 0 { close(writing) }
    writing = -1
  }

  /// Hands over what was taken so far; the limit counts anew.
  func handOver() -> [UInt8] {
    defer {
      bytes = []
      isCut = false
    }
    return bytes
  }

  private func closeReading() {
    if reading >= 0 { close(reading) }
    reading = -1
  }

  /// Takes what there is, at most `rounds` pieces of 64 KiB: a program that never stops must not hold us here.
  func drain(rounds: Int = 16) {
    for _ in 0..<rounds where reading >= 0 {
      let count = unsafe withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 16) { buffer in
        let count = unsafe read(reading, buffer.baseAddress, buffer.count)
        if count > 0 {
          let kept = min(count, limit - bytes.count)
          unsafe bytes.append(contentsOf: buffer[..<kept])
          if kept < count { isCut = true }
        }
        return count
      }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN { return }
      if count <= 0 { closeReading() }
    }
  }
}
