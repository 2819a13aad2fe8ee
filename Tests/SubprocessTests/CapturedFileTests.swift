internal import Glibc
internal import Subprocess
internal import TestSupport
internal import Testing

@Suite struct CapturedFileTests {
  @Test func fileIsPrivateAndNew() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let file = try CapturedFile(creating: folder.path("a"))
    var status = stat()
    #expect(unsafe fstat(file.descriptor, &status) == 0 && status.st_mode & 0o777 == 0o600)
    #expect(throws: SystemError.self) { try CapturedFile(creating: folder.path("a")) }
    #expect(unsafe symlink("elsewhere", folder.path("link")) == 0)
    #expect(throws: SystemError.self) { try CapturedFile(creating: folder.path("link")) }
    #expect(folder.read("elsewhere") == nil)
  }

  @Test func middleOfALongOutputIsCutOut() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let limits = CaptureLimits(total: 1 << 20, head: 64 << 10)
    let file = try CapturedFile(creating: folder.path("log"), limits: limits)
    var request = shell("seq -w 1 1000000")
    request.output = file.descriptor
    let loop = try EventLoop()
    try loop.watch(try Child.spawn(request), token: 0)
    var isRunning = true
    while isRunning {
      for case .exited in try loop.wait(until: BootClock.now() + .milliseconds(5)) { isRunning = false }
      try file.trim()
    }
    let cut = try file.trim()
    #expect(file.size == 8_000_000)
    var status = stat()
    #expect(unsafe fstat(file.descriptor, &status) == 0)
    #expect(status.st_blocks * 512 <= limits.total + (64 << 10))

    var reader = try OutputReader(path: file.path)
    let text = String(decoding: try reader.rest(), as: UTF8.self)
    let lines = text.split(separator: "\n")
    let marker = "[execplan: \(cut) bytes cut here]"
    #expect(lines.first == "0000001" && lines.last == "1000000")
    #expect(lines.count { $0 == marker } == 1)
    #expect(!text.utf8.contains(0))
    // The head ends at a whole line here, as 65536 is a multiple of 8.
    #expect(text.utf8.count == 8_000_000 - Int(cut) + marker.utf8.count + 1)
    #expect(cut > 8_000_000 - limits.total)
  }

  @Test func shortOutputIsLeftAlone() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let file = try CapturedFile(creating: folder.path("log"))
    var request = program("/bin/echo", "short")
    request.output = file.descriptor
    let loop = try EventLoop()
    try loop.watch(try Child.spawn(request), token: 0)
    _ = try loop.wait()
    #expect(try file.trim() == 0)
    #expect(folder.read("log") == "short\n")
  }

  @Test func tailFollowsAFileThatGrows() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let file = try CapturedFile(creating: folder.path("log"))
    func write(_ bytes: [UInt8]) { #expect(unsafe Glibc.write(file.descriptor, bytes, bytes.count) == bytes.count) }
    var tail = try OutputTail(path: file.path)
    #expect(try tail.read() == "")
    write(Array("one\ntw".utf8))
    #expect(try tail.read() == "one\ntw")
    #expect(tail.lastLine == "tw")
    // "é" and a face, each in two parts.
    write([0x6F, 0xC3])
    #expect(try tail.read() == "o")
    #expect(tail.offset == 7)
    write([0xA9, 0xF0, 0x9F, 0x98])
    #expect(try tail.read() == "é")
    write([0x80, 0x0A, 0x0A])
    #expect(try tail.read() == "\u{1F600}\n\n")
    #expect(tail.lastLine == "twoé\u{1F600}")
    write(Array("\u{1B}[31mred\u{1B}[0m\u{07}\n".utf8) + [0xE2, 0x82])
    #expect(try tail.finish() == "red\u{2407}\n\u{FFFD}")
    #expect(try tail.read() == "")
  }

  @Test func tailSkipsAndPassesTheCut() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let file = try CapturedFile(creating: folder.path("log"), limits: CaptureLimits(total: 256 << 10, head: 64 << 10))
    let line = Array((String(repeating: "x", count: 1023) + "\n").utf8)
    for _ in 0..<1024 { #expect(unsafe write(file.descriptor, line, line.count) == line.count) }
    var tail = try OutputTail(path: file.path, from: 100_000)
    try file.trim()
    #expect(try tail.read().hasPrefix("[execplan: "))
    tail.skip(toLast: 10)
    #expect(try tail.finish() == "xxxxxxxxx\n")
    #expect(tail.lastLine == "xxxxxxxxx")
    #expect(throws: SystemError.self) { _ = try OutputTail(path: folder.path("none")) }
  }
}
