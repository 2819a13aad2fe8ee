internal import Glibc

/// The environment variables of this process.
package enum EnvironmentVariables {
  /// Read once; where a name stands twice the first counts, as for getenv.
  package static let current: [String: String] = {
    var result: [String: String] = [:]
    var entry = unsafe environ
    while let text = unsafe entry.pointee {
      let line = unsafe String(cString: text)
      if let equals = line.firstIndex(of: "=") {
        let name = String(line[..<equals])
        if result[name] == nil { result[name] = String(line[line.index(after: equals)...]) }
      }
      unsafe entry += 1
    }
    return result
  }()
}
