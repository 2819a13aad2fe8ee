internal import CLibFuzzer
internal import FuzzTargets
internal import Glibc

// Gives inputs of libFuzzer's making to one target: `EXECPLAN_FUZZ_TARGET=yaml fuzz -max_total_time=60 FOLDER`.

/// What the environment asks for; an option would be in the way of libFuzzer's own.
enum Chosen {
  static let target: FuzzTarget = {
    let name = unsafe getenv("EXECPLAN_FUZZ_TARGET").map { unsafe String(cString: $0) } ?? ""
    guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
      let names = FuzzTarget.all.map(\.name).joined(separator: " ")
      print("EXECPLAN_FUZZ_TARGET names no target: \"\(name)\"; there are \(names)")
      exit(2)
    }
    return target
  }()
}

_ = Chosen.target
var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe CommandLine.unsafeArgv
let status = unsafe LLVMFuzzerRunDriver(&count, &arguments) { data, count in
  let bytes = unsafe Array(UnsafeBufferPointer(start: data, count: count))
  do {
    try Chosen.target.read(bytes)
  } catch {
    // libFuzzer keeps the input of a trap.
    fatalError("\(error)")
  }
  return 0
}
exit(status)
