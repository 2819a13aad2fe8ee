internal import Foundation
internal import Subprocess
internal import Synchronization
internal import Testing

struct WriteAllTests {
  /// A pipe that takes nothing for a while, and that somebody made non-blocking, gets all bytes nevertheless.
  @Test func aFullPipeIsWaitedFor() throws {
    let pipe = Pipe()
    let writer = pipe.fileHandleForWriting.fileDescriptor
    _ = fcntl(writer, F_SETFL, O_NONBLOCK)
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
    let reader = pipe.fileHandleForReading
    let got = Mutex(Data())
    let done = DispatchSemaphore(value: 0)
    // A thread of its own: those of the tests may all be busy.
    Thread.detachNewThread {
      let data = (try? reader.readToEnd()) ?? Data()
      got.withLock { $0 = data }
      done.signal()
    }
    #expect(writeAll(bytes, to: writer) == nil)
    try pipe.fileHandleForWriting.close()
    done.wait()
    #expect(got.withLock { $0 } == Data(bytes))
  }

  @Test func aFailureIsTheErrorOfTheCall() throws {
    let full = try FileHandle(forWritingTo: URL(fileURLWithPath: "/dev/full"))
    #expect(writeAll([1], to: full.fileDescriptor) == ENOSPC)
    #expect(writeAll([], to: -1) == nil)
    #expect(writeAll([1], to: -1) == EBADF)
  }
}
