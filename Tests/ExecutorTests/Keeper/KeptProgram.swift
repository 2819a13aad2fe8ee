internal import Foundation
internal import Glibc
internal import Subprocess
internal import TestSupport
internal import Testing

@testable internal import Executor
@testable internal import Journal

/// A program under a keeper, as a leg would start it.
struct KeptProgram {
  static let nonce = "00112233445566778899aabbccddeeff"

  let folder: TemporaryFolder
  let marks: MarksFile
  let keeper: Child
  private let loop: EventLoop

  var record: ExitRecord? { ExitRecord.read(folder.path("1.exit"), attempt: 1, nonce: Self.nonce) }
  var stdout: String { folder.read("1.out") ?? "" }
  var stderr: String { folder.read("1.err") ?? "" }
  var lock: KeeperLock.Status { (try? KeeperLock.status(folder.path("1.keeper"))) ?? .held(pid: -1) }
  /// The mark of the program, once it is there.
  var mark: Mark? { MarksFile.read(state, leg: 1, nonce: marks.nonce)?.last }
  private var state: StateDirectory { StateDirectory(root: folder.path) }

  /// - Parameter script: `$DIR` is the folder.
  static func with(
    _ script: String, _ change: (inout KeeperRequest) -> Void = { _ in }, _ body: (KeptProgram) throws -> Void
  ) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let state = StateDirectory(root: folder.path)
    try state.create()
    let marks = try MarksFile(state, leg: 1)
    let loop = try EventLoop()
    var environment = ProcessEnvironment()
    environment["PATH"] = ProcessInfo.processInfo.environment["PATH"]
    environment["DIR"] = folder.path
    var request = KeeperRequest(
      nonce: nonce, attempt: 1, stdoutPath: folder.path("1.out"), stderrPath: folder.path("1.err"),
      recordPath: folder.path("1.exit"), executable: "/bin/bash",
      arguments: ["bash", "-c", script].map { Array($0.utf8) }, environment: environment.block.strings,
      directory: folder.path, markOffsets: [Int64(try marks.nextSlot()), Int64(try marks.nextSlot())],
      grace: 300_000_000)
    change(&request)
    let keeper: Child
    do {
      let lock = try KeeperLock(creating: folder.path("1.keeper"))
      keeper = try KeeperStart.spawn(
        request, program: Execplan.binary, label: ["test"], lock: lock.file, marks: marks.file)
    }
    let program = KeptProgram(folder: folder, marks: marks, keeper: keeper, loop: loop)
    try loop.watch(keeper, token: 0)
    defer { kill(keeper.pid, SIGKILL) }
    try body(program)
  }

  /// Waits until the keeper has ended; how it did, or nil if it does not end.
  func wait() -> Subprocess.ExitStatus? {
    for event in (try? loop.wait(until: BootClock.now() + .seconds(60))) ?? [] {
      if case .exited(_, let status, _) = event { return status }
    }
    return nil
  }

  /// Waits for a file that the program makes; false when it does not come.
  func waitForFile(_ name: String) -> Bool { waits { folder.read(name) != nil } }

  func waits(_ condition: () -> Bool) -> Bool { becomesTrue(within: 60, condition) }
}
