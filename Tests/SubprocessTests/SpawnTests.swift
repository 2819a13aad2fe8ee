internal import Glibc
internal import Subprocess
internal import TestSupport
internal import Testing

@Suite struct SpawnTests {
  @Test(arguments: [0, 1, 7, 126, 127, 255])
  func exitCodeIsReported(code: Int) throws {
    #expect(try Completion.run(shell("exit \(code)")).status == .exited(code))
  }

  @Test(arguments: [SIGTERM, SIGKILL, SIGSEGV, SIGINT, SIGHUP, SIGPIPE])
  func signalIsReported(signal: Int32) throws {
    #expect(try Completion.run(shell("kill -\(signal) $$")).status == .signalled(Int(signal)))
  }

  @Test func missingProgramIsNotFound() {
    #expect(throws: SpawnError.notFound(program: "/no/such/program")) {
      try Completion.run(program("/no/such/program"))
    }
    #expect(SpawnError.notFound(program: "x").exitCode == 127)
  }

  @Test func fileWithoutPermissionIsNotExecutable() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write("script", "#!/bin/sh\n")
    let path = folder.path("script")
    #expect(throws: SpawnError.notExecutable(program: path)) { try Completion.run(program(path)) }
    #expect(throws: SpawnError.notExecutable(program: folder.path)) { try Completion.run(program(folder.path)) }
    #expect(SpawnError.notExecutable(program: path).exitCode == 126)
  }

  @Test func scriptWithoutInterpreterLineHasUnknownFormat() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write("script", "echo hi\n")
    try folder.write("missing", "#!/no/such/interpreter\n")
    for name in ["script", "missing"] { #expect(unsafe chmod(folder.path(name), 0o755) == 0) }
    #expect(throws: SpawnError.unknownFormat(program: folder.path("script"))) {
      try Completion.run(program(folder.path("script")))
    }
    #expect(throws: SpawnError.interpreterNotFound(program: folder.path("missing"))) {
      try Completion.run(program(folder.path("missing")))
    }
  }

  @Test func programThatIsWrittenForAMomentMoreIsWaitedFor() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write("tool", "#!/bin/sh\n")
    #expect(unsafe chmod(folder.path("tool"), 0o755) == 0)
    let writer = unsafe open(folder.path("tool"), O_WRONLY | O_CLOEXEC)
    #expect(throws: SpawnError.other(program: folder.path("tool"), code: ETXTBSY)) {
      try Completion.run(program(folder.path("tool")))
    }
    let closer = try WorkerThread(name: "closer") {
      pause(milliseconds: 10)
      close(writer)
    }
    #expect(try Completion.run(program(folder.path("tool"))).isSuccess)
    closer.join()
  }

  @Test func missingDirectoryIsNamed() throws {
    let error = #expect(throws: SpawnError.directory(path: "/no/such/folder", code: ENOENT)) {
      try Completion.run(shell("true", directory: "/no/such/folder"))
    }
    #expect(
      error?.description == "cannot enter working directory \"/no/such/folder\": no such file or directory")
  }

  @Test func tooLongArgumentIsRefused() {
    let long = String(repeating: "x", count: 200_000)
    #expect(throws: SpawnError.argumentsTooLong(program: "/bin/true")) {
      try Completion.run(program("/bin/true", long))
    }
  }

  @Test func bytesThatNoProgramCanReceiveAreRefused() {
    #expect(throws: SpawnError.embeddedNUL(program: "/bin/echo")) { try Completion.run(program("/bin/echo", "a\0b")) }
    #expect(throws: SpawnError.embeddedNUL(program: "/bin/e\0cho")) { try Completion.run(program("/bin/e\0cho")) }
    #expect(throws: SpawnError.embeddedNUL(program: "/bin/bash")) {
      try Completion.run(shell("true", directory: "/tmp\0/x"))
    }
  }

  @Test func failedSpawnLeavesNoProcess() throws {
    #expect(throws: SpawnError.self) { try Completion.run(program("/no/such/program")) }
    // Every child that this process has not waited for is a zombie.
    let zombies = try Completion.run(shell("ps -o stat=,args= --ppid \(getpid()) | grep '^Z.*no/such' | wc -l"))
    #expect(zombies.text.split(separator: "\n").last == "0")
  }

  @Test func runsInTheDirectoryAndFindsTheProgramThere() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write("tool", "#!/bin/sh\npwd\necho $0\n")
    #expect(unsafe chmod(folder.path("tool"), 0o755) == 0)
    var request = program("./tool")
    request.directory = folder.path
    #expect(try Completion.run(request).lines == [folder.path, "./tool"])
  }

  @Test func environmentArrivesExactly() throws {
    var request = program("/usr/bin/env", "-0")
    var environment = ProcessEnvironment()
    environment["B"] = "two\nlines = \"x\""
    environment["A"] = ""
    environment["GONE"] = "x"
    environment["GONE"] = nil
    environment[bytes: "RAW"] = [0xFF, 0x3D, 0x01]
    request.environment = environment.block
    let expected = Array("B=two\nlines = \"x\"\0A=\0RAW=".utf8) + [0xFF, 0x3D, 0x01, 0]
    #expect(try Completion.run(request).output == expected)
  }

  @Test func argumentsArriveExactly() throws {
    let words = ["/usr/bin/printf", "[%s]", "", " a  b ", "$HOME", "é\n", "'\"\\"]
    let request = SpawnRequest(executable: words[0], arguments: StringBlock(words), environment: [])
    #expect(try Completion.run(request).text == "[][ a  b ][$HOME][é\n]['\"\\]")
  }

  @Test func inheritedEnvironmentIsThatOfThisProcess() {
    let path = unsafe getenv("PATH").map { unsafe String(cString: $0) }
    #expect(ProcessEnvironment.inherited()["PATH"] == path)
  }

  @Test func shellChangingVariablesAreSeen() {
    var environment = ProcessEnvironment()
    #expect(!environment.changesShells)
    for name in ["BASH_FUNC_ls%%", "BASH_ENV", "ENV", "SHELLOPTS", "BASHOPTS"] {
      environment[name] = ""
      #expect(environment.changesShells)
      environment[name] = nil
      #expect(!environment.changesShells)
    }
  }

  @Test func childHasNoTerminalAndItsOwnSession() throws {
    #expect(try Completion.run(shell(": < /dev/tty")).status != .exited(0))
    let ids = try Completion.run(shell("echo $$; ps -o pgid=,sid= -p $$ | tr -s ' ' '\\n'")).lines.filter {
      !$0.isEmpty
    }
    #expect(ids.count == 3)
    #expect(Set(ids).count == 1)
  }

  @Test func stdinIsNullUnlessGiven() throws {
    let result = try Completion.run(shell("readlink /proc/self/fd/0; cat; echo end"))
    #expect(result.lines == ["/dev/null", "end"])
  }

  @Test func nothingElseIsInherited() throws {
    let descriptor = unsafe open("/dev/null", O_RDONLY)
    defer { close(descriptor) }
    let high = fcntl(descriptor, F_DUPFD, 200)
    defer { close(high) }
    #expect(high >= 200)
    // 3 is the folder that ls itself reads.
    #expect(try Completion.run(program("/bin/ls", "/proc/self/fd")).lines == ["0", "1", "2", "3"])
  }

  @Test func outputGoesToTheGivenDescriptors() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let file = try CapturedFile(creating: folder.path("log"))
    var request = shell("echo out; echo err >&2")
    request.output = file.descriptor
    request.errorOutput = file.descriptor
    let loop = try EventLoop()
    try loop.watch(try Child.spawn(request), token: 1)
    _ = try loop.wait()
    #expect(folder.read("log") == "out\nerr\n")
  }

  @Test func signalsAreAsAtBoot() throws {
    // The library ignores SIGPIPE in this process; a child must not.
    ProcessSignals.prepare()
    let status = try Completion.run(program("/bin/grep", "^Sig[BI]", "/proc/self/status")).lines
    #expect(status == ["SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000"])
  }

  @Test func fileCreationMaskIsSet() throws {
    var request = shell("umask")
    request.fileCreationMask = 0o027
    #expect(try Completion.run(request).text == "0027\n")
  }
}
