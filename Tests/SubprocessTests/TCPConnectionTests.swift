internal import Glibc
internal import Subprocess
internal import TestSupport
internal import Testing

/// What counts as a server that takes connections.
struct TCPConnectionTests {
  private func connect(_ file: Int32, _ address: sockaddr_in) -> Bool {
    var address = address
    return unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        unsafe Glibc.connect(file, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }

  @Test func aConnectionToItselfIsNoServer() throws {
    try withLocalSocket { file, address in
      try #require(connect(file, address))
      #expect(TCPConnection.meetsItself(file))
    }
  }

  @Test func aServerIsOne() throws {
    try withLocalSocket { server, address in
      try #require(listen(server, 8) == 0)
      let port = Int(UInt16(bigEndian: address.sin_port))
      let end = BootClock.now() + .seconds(60)
      #expect(TCPConnection.problem(host: "127.0.0.1", port: port, until: end, cancellation: nil) == nil)
      let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(client) }
      try #require(connect(client, address))
      #expect(!TCPConnection.meetsItself(client))
    }
  }
}
