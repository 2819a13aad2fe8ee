internal import CProcessSpawn
internal import Glibc

/// A pipe through which a program is given one piece after another to read.
final class InputPipe {
  /// The program's end.
  private(set) var reading: Int32
  /// Our end, which does not block; -1 once it is closed.
  private var writing: Int32
  private var pending: ArraySlice<UInt8> = []

  init() throws(SystemError) {
    var ends: (Int32, Int32) = (-1, -1)
    let result = unsafe withUnsafeMutableBytes(of: &ends) { raw in
      unsafe execplan_input_pipe(raw.baseAddress?.assumingMemoryBound(to: Int32.self))
    }
    guard result >= 0 else { throw SystemError("make a pipe", code: -result) }
    (reading, writing) = ends
  }

  deinit {
    closeReading()
    close()
  }

  /// Gives up the program's end.
  func closeReading() {
    if reading >= 0 { _ = Glibc.close(reading) }
    reading = -1
  }

  /// Nothing more comes: the program reads the end of its input.
  func close() {
    if writing >= 0 { _ = Glibc.close(writing) }
    writing = -1
    pending = []
  }

  /// Our end, while something waits to be written; else -1.
  var waiting: Int32 { pending.isEmpty ? -1 : writing }

  func give(_ bytes: [UInt8]) {
    pending.append(contentsOf: bytes)
    feed()
  }

  /// Writes what there is room for. A program that reads no more is given no more.
  func feed() {
    while writing >= 0, !pending.isEmpty {
      let count = unsafe pending.withUnsafeBytes { unsafe write(writing, $0.baseAddress, $0.count) }
      if count > 0 {
        pending = pending.dropFirst(count)
      } else if count < 0, errno == EINTR {
        continue
      } else if count < 0, errno == EAGAIN {
        return
      } else {
        close()
      }
    }
  }
}
