internal import CProcessSpawn
internal import Glibc

/// One of the two outputs of a kept program.
///
/// Without a masker the program writes the file by itself. With one it writes a pipe, and nothing gets into the file that
/// did not go through the masker.
final class KeptStream {
  /// For the program; -1 once it was started.
  private(set) var writing: Int32
  /// The keeper's end of the pipe, which does not block; -1 without a pipe, and once everybody has closed the other end.
  private(set) var reading: Int32 = -1
  /// What the program wrote, if somebody wants to judge it.
  private(set) var raw: [UInt8]?
  /// True when the program wrote more than can be judged.
  private(set) var isRawCut = false
  private let file: CapturedFile
  private var masker: StreamMasker?

  /// Output that is judged may be this long: 1 GiB.
  static let rawLimit = 1 << 30

  /// - Parameter keepsRaw: whether `raw` is kept, in memory only.
  init(
    creating path: String, limits: CaptureLimits, masker: StreamMasker?, keepsRaw: Bool
  ) throws(SystemError) {
    file = try CapturedFile(creating: path, limits: limits)
    self.masker = masker
    raw = keepsRaw ? [] : nil
    guard masker != nil else {
      writing = file.descriptor
      return
    }
    var ends: (Int32, Int32) = (-1, -1)
    let result = unsafe withUnsafeMutableBytes(of: &ends) { raw in
      unsafe execplan_pipe(raw.baseAddress?.assumingMemoryBound(to: Int32.self))
    }
    guard result >= 0 else { throw SystemError("make a pipe", code: -result) }
    (reading, writing) = ends
  }

  /// Gives up the program's end, so that the pipe ends with those who hold it.
  func closeWriting() {
    if writing >= 0, writing != file.descriptor { close(writing) }
    writing = -1
  }

  /// Takes what there is, at most `rounds` pieces of 64 KiB: a program that never stops must not hold us here.
  ///
  /// What can't be written, on a full disk for example, is dropped: the program must not stand still for it.
  func drain(rounds: Int = 16) {
    for _ in 0..<rounds where reading >= 0 {
      var piece: [UInt8] = []
      let count = unsafe withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 16) { buffer in
        let count = unsafe read(reading, buffer.baseAddress, buffer.count)
        if count > 0 { unsafe piece.append(contentsOf: buffer[..<count]) }
        return count
      }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN { return }
      guard count > 0 else {
        close(reading)
        reading = -1
        write(masker?.finish() ?? [])
        return
      }
      keep(piece)
      write(masker?.mask(piece) ?? [])
    }
  }

  private func keep(_ piece: [UInt8]) {
    guard let kept = raw?.count else { return }
    let room = KeptStream.rawLimit - kept
    raw?.append(contentsOf: piece.prefix(room))
    if piece.count > room { isRawCut = true }
  }

  private func write(_ bytes: [UInt8]) {
    if !bytes.isEmpty { _ = writeAll(bytes, to: file.descriptor) }
  }

  /// Forgets what the program wrote.
  func dropRaw() { raw = nil }

  /// Keeps the file within its limits.
  func trim() { _ = try? file.trim() }
}
