internal import CProcessSpawn
internal import Glibc

/// A small process of its own that starts one program, keeps its output and writes down how it ended, whatever becomes
/// of the execplan that wanted it.
///
/// Its request is its standard input, the lock that tells that it lives its standard output, and the marks file its
/// standard error; so it has no other descriptor of the execplan that started it, and no lock of a plan.
package struct Keeper {
  /// Compares output with the expectations of the request; what is not as expected, or nil.
  package typealias Judge = (_ expectations: [UInt8], _ output: KeptOutput) -> String?

  private let judge: Judge

  package init(judge: @escaping Judge) {
    self.judge = judge
  }

  /// Does all of a keeper's work in this process.
  ///
  /// - Returns: the exit code; nil when this process was not started as a keeper.
  package func run() -> Int32? {
    guard let bytes = Keeper.requestBytes(), let request = KeeperRequest(bytes: bytes) else { return nil }
    execplan_hide_memory()
    unsafe execplan_name_thread(Keeper.name)
    ProcessSignals.prepare()
    let signals = unsafe execplan_signal_descriptor([SIGTERM, SIGINT, SIGHUP], 3)
    guard let descriptors = KeeperDescriptors.taken(), signals >= 0 else { return Keeper.failed }
    descriptors.writePID()
    let masker = request.masks ? StreamMasker(secrets: request.secrets) : nil
    var keeping = Keeping(request, descriptors, signals: signals, masker: masker)
    do throws(SystemError) {
      let streams = try KeptStreams(request, masker)
      try keeping.run(streams, judge).write(to: request.recordPath)
      descriptors.release()
      // A program that was not started left these ends to us, and we would wait for ourselves.
      streams.closeWriting()
      streams.drain()
      // Whoever waits for the keeper shall not wait for what the program left running; that keeps its pipe, though.
      if streams.isOpen, execplan_fork() == 0 { streams.drainToTheEnd() }
      return 0
    } catch {
      return Keeper.failed
    }
  }

  /// How `ps` shows a keeper; the kernel keeps 15 bytes.
  package static let name = "execplan-keep"

  /// Without a record whoever waits for the keeper knows what that means; the code is for people only.
  private static let failed: Int32 = 74

  /// A request is a file without a name: nothing that a person could give by hand is one.
  private static func requestBytes() -> [UInt8]? {
    var status = stat()
    guard unsafe fstat(0, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_nlink == 0 else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var filled = 0
    while filled < bytes.count {
      let count = unsafe bytes[filled...].withUnsafeMutableBytes { buffer in
        unsafe pread(0, buffer.baseAddress, buffer.count, off_t(filled))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      filled += count
    }
    return bytes
  }
}

/// What a program wrote, secrets included, for whoever judges it.
package struct KeptOutput: Sendable {
  package var stdout: [UInt8]
  package var stderr: [UInt8]
  /// Whether there was more than can be judged.
  package var isCut: Bool
}
