internal import Subprocess

extension RealPath {
  /// As `of`, for a path whose last names need not be there.
  static func ofMissing(_ path: String) -> String {
    var rest: [Substring] = []
    var names = path.split(separator: "/")
    while true {
      let known = "/" + names.joined(separator: "/")
      if let real = of(known) {
        var result = real.split(separator: "/")
        for name in rest.reversed() where name != "." {
          if name == ".." { _ = result.popLast() } else { result.append(name) }
        }
        return "/" + result.joined(separator: "/")
      }
      guard let last = names.popLast() else { return path }
      rest.append(last)
    }
  }

  /// Where a name itself lies: a link at its end is not followed.
  static func place(of path: String) -> String {
    let names = path.split(separator: "/")
    guard let last = names.last, last != ".", last != ".." else { return ofMissing(path) }
    let folder = ofMissing("/" + names.dropLast().joined(separator: "/"))
    return folder == "/" ? "/\(last)" : "\(folder)/\(last)"
  }

  /// The path within a folder; "" for the folder itself, nil when it lies elsewhere.
  static func inner(_ path: String, of folder: String) -> String? {
    if path == folder { return "" }
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    return path.utf8.starts(with: prefix.utf8)
      ? String(decoding: path.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
      : nil
  }

  static func holds(_ folder: String, _ path: String) -> Bool { inner(path, of: folder) != nil }

  /// "" for the root.
  static func parent(_ path: String) -> String {
    if path == "/" { return "" }
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
