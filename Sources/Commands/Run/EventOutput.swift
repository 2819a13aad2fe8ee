internal import Executor
internal import Glibc
internal import PlanModel
internal import Reporting
internal import Subprocess

/// Where `--events` writes: a file that grows, or standard output.
final class EventOutput {
  let isStandardOutput: Bool
  private let console: Console
  private let file: Int32
  private var hasFailed = false

  /// - Throws: exit 74 when the file can't be opened.
  init(_ path: String, console: Console) throws {
    self.console = console
    isStandardOutput = path == "-"
    if isStandardOutput {
      file = -1
      console.write(EventStream.versionLine)
      return
    }
    file = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw CommandFailure(.ioError, "cannot write \"\(path)\": \(ErrnoText.text(errno))")
    }
    var info = stat()
    if unsafe fstat(file, &info) == 0, info.st_size == 0 { write(EventStream.versionLine) }
  }

  deinit {
    if file >= 0 { close(file) }
  }

  func write(_ event: Event, sequence: Int64, run: Int64) {
    write(EventStream.line(event, sequence: sequence, run: run))
  }

  private func write(_ line: [UInt8]) {
    if isStandardOutput {
      console.write(line)
      console.flush()
      return
    }
    guard !hasFailed, let code = writeAll(line, to: file) else { return }
    // The run itself is recorded in the journal; the stream can be had again from there.
    hasFailed = true
    console.error("cannot write events any more: \(ErrnoText.text(code)); see \"execplan logs --events\"")
  }
}
