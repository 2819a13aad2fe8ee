package import Glibc

/// Runs a test with a TCP socket on a port of 127.0.0.1 that the system picks and that no other program gets meanwhile.
/// Nobody listens on it.
package func withLocalSocket(_ body: (_ socket: Int32, _ address: sockaddr_in) throws -> Void) throws {
  let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(file) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
  var size = socklen_t(MemoryLayout<sockaddr_in>.size)
  let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
    unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
      unsafe bind(file, pointer, size) == 0 && getsockname(file, pointer, &size) == 0
    }
  }
  guard isBound else { throw NoLocalPort(code: errno) }
  try body(file, address)
}

private struct NoLocalPort: Error {
  let code: Int32
}
