import Diagnostics
import Foundation
import PlanLoading
import PlanModel
import SourceText
import TestSupport
import Testing

private func build(_ text: String, _ shell: String = "bash") -> (ShellScript?, [String]) {
  let (parsed, problems) = parsedTemplate(text)
  guard let parsed else { return (nil, lines(problems)) }
  var collector = DiagnosticCollector()
  let script = ShellTextBuilder.build(parsed, for: Interpreter([shell, "-c"]), into: &collector)
  return (script, lines(collector))
}

/// Runs a script with every expression's variable set to one value; gives what it writes.
private func run(_ script: ShellScript, value: String, in folder: String, shell: String) throws -> String {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
  process.arguments = ["-s", "KILL", "10", "/bin/\(shell)", "-c", script.text]
  process.currentDirectoryURL = URL(fileURLWithPath: folder)
  var environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
  for index in script.bindings.indices { environment[ShellScript.variable(index)] = value }
  process.environment = environment
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = FileHandle.nullDevice
  process.standardInput = FileHandle.nullDevice
  try process.run()
  let data = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return String(decoding: data, as: UTF8.self)
}

private let hostile = [
  "plain", "; touch pwned", "$(touch pwned)", "`touch pwned`", "x'; touch pwned; '", "x\"; touch pwned; \"",
  "a\ntouch pwned\nb", "* x", "-n", "a  b\tc", "\\", "\\$(touch pwned)", "${IFS}", "x[$(touch pwned)]", "EOF",
  "}; touch pwned; {",
  "!!", "~", "é ü", "&& touch pwned", "| touch pwned", "#", "'", "\"", "$'\\n'", "a[$(touch pwned)]=1", ")", "%s%d",
  "(", "!", "-z", "=", "-eq", "]", "1}$(touch pwned)",
]

/// Scripts that write exactly the value, and where bash alone knows the construct.
private let allowed: [(script: String, shells: [String])] = [
  ("printf %s ${{ params.x }}", ["bash", "dash", "sh"]),
  ("printf %s \"${{ params.x }}\"", ["bash", "dash", "sh"]),
  ("printf '%s' \"\"${{ params.x }}", ["bash", "dash", "sh"]),
  ("V=${{ params.x }}; printf %s \"$V\"", ["bash", "dash", "sh"]),
  ("export V=${{ params.x }}; printf %s \"$V\"", ["bash", "dash", "sh"]),
  ("printf %s \"$(printf '%s.' ${{ params.x }})\" | sed '$s/\\.$//'", ["bash", "dash"]),
  ("X=$(printf '%s.' \"${{ params.x }}\"); printf %s \"${X%.}\"", ["bash", "dash"]),
  ("for v in ${{ params.x }}; do printf %s \"$v\"; done", ["bash", "dash", "sh"]),
  ("if true; then printf %s ${{ params.x }}; fi", ["bash", "dash"]),
  ("case ${{ params.x }} in (nothing) ;; *) printf %s ${{ params.x }};; esac", ["bash", "dash"]),
  (
    "case a in a) X=$(case b in b) printf '%s.' ${{ params.x }} ;; esac) ; esac; printf %s \"${X%.}\"",
    ["bash", "dash"]
  ),
  ("f() { printf %s \"$1\"; }; f ${{ params.x }}", ["bash", "dash"]),
  ("{ printf %s ${{ params.x }}; } 2>&1", ["bash", "dash"]),
  ("( printf %s ${{ params.x }} ) && true", ["bash", "dash"]),
  ("true | printf %s ${{ params.x }} # a comment 'with a quote", ["bash", "dash"]),
  ("[ ${{ params.x }} = nothing ] || printf %s ${{ params.x }}", ["bash", "dash"]),
  ("[ -n ${{ params.x }} ] && printf %s ${{ params.x }}", ["bash", "dash"]),
  ("[[ ${{ params.x }} == nothing ]] || printf %s ${{ params.x }}", ["bash"]),
  ("printf '%s.' ${{ params.x }} > ./out; printf %s \"$(cat ./out)\" | sed '$s/\\.$//'", ["bash", "dash"]),
  ("a=( ${{ params.x }} ); printf %s \"${a[0]}\"", ["bash"]),
  ("V=1 env W=${{ params.x }} sh -c 'printf %s \"$W\"'", []),
  ("echo '$((' \"it's\" >/dev/null; printf %s ${{ params.x }}", ["bash", "dash"]),
  ("echo $((1 + (2))) ${HOME:-x} $# \"${#HOME}\" >/dev/null\nprintf %s ${{ params.x }}", ["bash", "dash"]),
  ("cat <<'A' <<B >/dev/null\n$( ' \"\nA\n$HOME\nB\nprintf %s ${{ params.x }}", ["bash", "dash"]),
  ("cat <(printf %s ${{ params.x }})", ["bash"]),
  ("set -- ${{ params.x }}; printf %s \"$1\"", ["bash", "dash"]),
]

@Test func valuesArriveIntactInEveryAllowedPlace() throws {
  for (text, shells) in allowed {
    for shell in shells {
      let (script, problems) = build(text, shell)
      #expect(problems == [], "\(shell): \(text)")
      guard let script else { continue }
      for value in hostile {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try Data().write(to: URL(fileURLWithPath: folder.path + "/afile"))
        let written = try run(script, value: value, in: folder.path, shell: shell)
        #expect(written == value, "\(shell): \(text) with \(value)")
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/pwned"), "\(shell): \(text) with \(value)")
      }
    }
  }
}

@Test func valuesArriveIntactInHereDocuments() throws {
  for (text, shells) in [
    ("cat <<EOF\n${{ params.x }}\nEOF\n", ["bash", "dash"]),
    ("cat <<-EOF | cat\n\t${{ params.x }}\n\tEOF\n", ["bash", "dash"]),
    ("cat <<EOF\n$(printf %s ${{ params.x }})\nEOF\n", ["bash", "dash"]),
    ("cat <<< ${{ params.x }}", ["bash"]), ("cat <<< \"${{ params.x }}\"", ["bash"]),
    ("while IFS= read -r l; do printf '%s\\n' \"$l\"; done <<EOF\n${{ params.x }}\nEOF", ["bash", "dash"]),
  ] {
    for shell in shells {
      let (script, problems) = build(text, shell)
      #expect(problems == [], "\(shell): \(text)")
      guard let script else { continue }
      for value in hostile {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        #expect(
          try run(script, value: value, in: folder.path, shell: shell) == value + "\n",
          "\(shell): \(text) with \(value)")
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/pwned"), "\(shell): \(text) with \(value)")
      }
    }
  }
}

/// The text up to the expression, the rest behind it, and the reason.
private let refused: [(before: String, after: String, reason: String)] = [
  ("awk '$1 > ", "' f", "inside single quotes"),
  ("echo $'a ", "'", "inside $'…'"),
  ("cat <<'EOF'\n", "\nEOF", "in a quoted here-document"),
  ("cat <<\\EOF\n", "\nEOF", "in a quoted here-document"),
  ("echo a # ", "", "in a comment"),
  ("echo $((", " + 1))", "inside arithmetic"),
  ("(( x = ", " ))", "inside arithmetic"),
  ("for ((i = 0; i < ", "; i++)); do :; done", "inside arithmetic"),
  ("echo $(( $(echo ", ") ))", "inside arithmetic"),
  ("let x=", "", "in an argument of \"let\""),
  ("a[", "]=1", "in an array subscript"),
  ("echo ${a[", "]}", "inside ${…}"),
  ("echo \"${a:-", "}\"", "inside ${…}"),
  ("a=([", "]=1)", "in an array with keys"),
  ("[[ ", " -gt 3 ]]", "in a test that computes numbers or looks up names"),
  ("[[ -v ", " ]]", "in a test that computes numbers or looks up names"),
  ("[ ", " -gt 3 ]", "in a test that may compute numbers or look up names"),
  ("test -v ", "", "in a test that may compute numbers or look up names"),
  ("[ a ", " b ]", "in a test that may compute numbers or look up names"),
  ("eval echo ", "", "in an argument of \"eval\""),
  ("X=1 eval \"$(echo ", ")\"", "in an argument of \"eval\""),
  ("sudo -- eval ", "", "in an argument of a program that \"sudo\" runs"),
  ("trap ", " EXIT", "in an argument of \"trap\""),
  ("bash -c ", "", "in an argument of a shell that may be its program"),
  ("/bin/sh -ec \"echo ", "\"", "in an argument of a shell that may be its program"),
  ("bash ", " x", "in an argument of a shell that may be its program"),
  ("bash 2>x ", "", "in an argument of a shell that may be its program"),
  ("env A=b bash -c ", "", "in an argument of a shell that may be its program"),
  ("env -i bash -c ", "", "in an argument of a program that \"env\" runs"),
  ("find . -exec sh -c ", " \\;", "in an argument of \"find\" that runs a program"),
  ("ssh host ", "", "in an argument of \"ssh\""),
  ("su -c ", "", "in an argument of \"su\""),
  ("xargs rm ", "", "in an argument of \"xargs\""),
  (". ", "", "in an argument of \".\""),
  ("source ", "", "in an argument of \"source\""),
  ("python3 -c ", "", "in an argument of \"python3\" that may be its program"),
  ("sed ", " f", "in an argument of \"sed\" that may be its program"),
  ("sed -n -e p -e ", " f", "in an argument of \"sed\" that may be its program"),
  ("sqlite3 w.db ", "", "in an argument of \"sqlite3\""),
  ("unset ", "", "in an argument of \"unset\""),
  ("read ", "", "in an argument of \"read\""),
  ("printf -v ", " x", "in an argument of \"printf\""),
  ("printf ", " x", "in an argument of \"printf\" that may be computed"),
  ("declare -i x=", "", "in a declaration with options"),
  ("declare -i n\nn=", "", "in a script with integer variables, whose values the shell computes"),
  ("declare ", "", "in a name that \"declare\" declares"),
  ("declare -A x=", "", "in a declaration with options"),
  ("RANDOM=", "", "in \"RANDOM\", whose value the shell evaluates"),
  ("PS4=", "; set -x; :", "in \"PS4\", whose value the shell evaluates"),
  ("echo `echo ", "`", "inside backticks"),
  ("echo \"`echo ", "`\"", "inside backticks"),
  ("echo \\", "", "behind a backslash"),
  ("echo \"\\", "\"", "behind a backslash"),
  ("cat <<EOF\n\\", "\nEOF", "behind a backslash"),
  ("\"$TOOL\" ", "", "behind a command whose name is not written out"),
  ("/bin/ba?h -c ", "", "behind a command whose name is not written out"),
  ("echo ", " | bash", "in what another program reads as its source"),
  ("echo ", " |\n  # then\n  sh -s", "in what another program reads as its source"),
  ("echo \"$(echo ", ")\" | ssh host", "in what another program reads as its source"),
  ("bash <<EOF\n", "\nEOF", "in what another program reads as its source"),
  ("cat <<EOF | bash\n", "\nEOF", "in what another program reads as its source"),
  ("bash <<< ", "", "in what another program reads as its source"),
  ("bash < <(echo ", ")", "in what another program reads as its source"),
  ("{ bash; } <<EOF\n", "\nEOF", "in what another program reads as its source"),
  ("{ echo ", "; } | bash", "in what another program reads as its source"),
  ("echo ", " | while true; do bash; done", "in what another program reads as its source"),
  ("echo ", " > >(bash)", "in what another program reads as its source"),
  ("echo a >&", "", "behind \">&\""),
  ("echo a 2>& \"", "\"", "behind \">&\""),
  ("alias x='eval y'\nx ", "", "in a script that defines aliases"),
  ("echo 'open\necho ", "", "inside single quotes"),
  ("echo \"open\necho ", "", "behind a double quote that is not closed"),
  ("echo $[1]; echo ", "", "behind \"$[\", whose meaning depends on the shell"),
  ("echo \"${x:-'}'}\" ", "", "behind a quote inside a quoted ${…}"),
  ("ls @(a|", ")", "behind a parenthesis whose meaning depends on the shell"),
  ("((cat x; cat y) | cat); echo ", "", "behind parentheses that may be a subshell"),
  ("cat <<", "\nEOF", "in the end mark of a here-document"),
  ("cat <<EOF \"\n\"\nx\nEOF\necho ", "", "behind a here-document before a text of several lines"),
]

@Test func expressionsAreRefusedAtTheirColumnElsewhere() {
  for (before, after, reason) in refused {
    let mark = "${{ params.x }}"
    let (script, problems) = build(before + mark + after)
    #expect(script == nil, "\(before)…\(after)")
    let start = before.utf8.count
    let expected = "EP510 \(start)-\(start + mark.utf8.count) an expression cannot stand \(reason)"
    #expect(problems == [expected], "\(before)…\(after)")
  }
}

@Test func refusedPlacesWouldReallyRunTheValue() throws {
  // The reason for the rules: with plain substitution of a variable, these run what the value says.
  for text in [
    "echo $(( $X ))", "[[ $X -ge 0 ]]", "[ -v \"$X\" ]", "eval echo \"$Y\"", "declare -i n; n=\"$X\"",
    "printf -v \"$X\" x", "bash -c \"$Y\"", "a[$X]=1", "RANDOM=\"$X\"", "echo >&\"$Y\"",
  ] {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let script = ShellScript(
      text: "X='a[$(touch pwned)]'; Y='$(touch pwned)'; " + text, bindings: [], template: Template(literal: ""))
    _ = try run(script, value: "", in: folder.path, shell: "bash")
    #expect(FileManager.default.fileExists(atPath: folder.path + "/pwned"), "\(text)")
  }
}

@Test func textWithoutExpressionsIsLeftAlone() {
  let text = "echo 'open; eval $((\n"
  #expect(build(text).0?.text == text)
  #expect(build("echo '$${{ x }}'").0?.text == "echo '${{ x }}'")
}

@Test(arguments: ["python3", "node", "perl", "fish", "docker"])
func otherLanguagesTakeNoExpressions(interpreter: String) {
  let (script, problems) = build("print(${{ params.x }})", interpreter)
  #expect(script == nil)
  #expect(problems == ["EP510 6-21 an expression cannot stand in a text for \"\(interpreter)\""])
}

@Test func commonCommandsTakeExpressions() {
  for text in [
    "python3 scripts/fetch.py --date \"${{ params.x }}\"", "python3 -m tool ${{ params.x }}",
    "bash run.sh ${{ params.x }}",
    "sudo cp ${{ params.x }} /srv/test", "make deploy ENV=${{ params.x }}", "git commit -m ${{ params.x }}",
    "curl -sf https://example.org/${{ params.x }} -o out.json", "./bin/tool --out=${{ params.x }}",
    "\"$HOME\"/bin/tool ${{ params.x }}",
    "sed -i 's/a/b/' ${{ params.x }}", "awk '{print $1}' ${{ params.x }}", "mkdir -p out/${{ params.x }} && cd \"$_\"",
    "docker run -e A=${{ params.x }} image", "tar -C ${{ params.x }} -czf - . | sha256sum", "test -f ${{ params.x }}",
    "set -euo pipefail\nfor f in *.csv; do\n  cp \"$f\" \"out/${{ params.x }}/$f\"\ndone\n",
    "find ${{ params.x }} -name '*.csv' -print0",
    "grep -c ERROR log || echo ${{ params.x }} >&2", "local_var=1 tool ${{ params.x }}", "x=${{ params.x }}/y",
    "if [[ ${{ params.x }} =~ ^(a|b)$ ]]; then echo yes; fi", "time -p tool ${{ params.x }}",
    "! grep -q ${{ params.x }} log",
  ] {
    #expect(build(text).1 == [], "\(text)")
  }
}

/// Makes scripts at random: some of mere pieces, some by a grammar of the shell.
private struct ScriptMaker {
  var random: SeededGenerator
  let mark = "${{ params.x }}"

  mutating func pick(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "" }

  mutating func pieces() -> String {
    let pieces = [
      mark, mark, mark, "echo ", "printf %s ", "\"", "\"", "\"", "'", "'", "$(", ")", "(", "`", "$((", "))", "((",
      "${x:-", "}",
      "\\", " ", " ", "\n", "\n", ";", " | ", " && ", "{ ", "; }", "cat <<EOF\n", "\nEOF\n", "cat <<'EOF'\n", "<<-E",
      "\n\tE\n",
      "[[ ", " ]]", " -eq ", "[ ", " ]", " = ", "case ", " in ", "a) ", ";; ", "esac", "if ", "then ", "fi",
      "for v in ",
      "; do ", "done", "eval ", "bash -c ", "sh ", "x=", "a[", "]=", "a=(", "declare -i n=", "export V=", "#", " # ",
      "$'",
      "$x", "$", "<<< ", "<(", ">(", "2>&1", "> f ", "! ", "time ", "env A=", "command ", "test ", "trap ", "alias b=",
      "f() { ", "f ", "cat", "read y", "x", "$#", "&", "~", "*",
    ]
    var text = ""
    for _ in 0..<Int.random(in: 2..<12, using: &random) { text += pick(pieces) }
    return text
  }

  mutating func word(_ depth: Int) -> String {
    switch Int.random(in: 0..<(depth > 0 ? 15 : 9), using: &random) {
    case 0...2: mark
    case 3: "\"a \(mark) b\""
    case 4:
      pick([
        "x", "-n", "-v", "-eq", "1", "=", "!", "{a,b}", "*", "~", "[a]", "x=1", "'q \" '", "\\'", "$'a\\'b'",
        "\"$HOME\"",
      ])
    case 5: "A=\(mark)"
    case 6: pick(["'", "\"", ""]) + mark + pick(["'", "\"", ""])
    case 7: "x\(mark)y"
    case 8: "${x:-\(mark)}"
    case 9: "$(\(command(depth - 1)))"
    case 10: "\"$(\(command(depth - 1)))\""
    case 11: "<(\(command(depth - 1)))"
    case 12: "$((1 + \(word(0))))"
    case 13: "\"${x:-$(\(command(depth - 1)))}\""
    default: "`\(command(0))`"
    }
  }

  mutating func words(_ depth: Int) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0..<4, using: &random) { text += " " + word(depth) }
    return text
  }

  mutating func command(_ depth: Int) -> String {
    let names = [
      "echo", "printf '%s\\n'", "printf", "test", "[", "cat", "eval", "bash -c", "bash", "sh -c", "env A=1 echo",
      "command", "builtin",
      "exec", "export", "declare", "local", "declare -i", "readonly", "read", "unset", "set --", "set", "trap", "let",
      "true", "x=1", "xargs",
      "find .", "sed", "awk", "printf -v", "mapfile", "shift", "return", "exit", "cd", "wait", "kill", "ulimit",
      "umask", "type", "hash",
      "getopts", "sort", "tee", "nohup", "timeout 1", "time", "!", "[[", "python3 -c", "test -v", ".", "source",
      "alias", "pushd", "jobs",
    ]
    let last = depth > 0 ? 14 : 6
    switch Int.random(in: 0..<last, using: &random) {
    case 0...3:
      let name = pick(names)
      return name + words(depth) + (name == "[" ? " ]" : name == "[[" ? " ]]" : "")
    case 4: return "v=\(word(depth))" + pick(["", "; echo \"$v\"", " true"])
    case 5:
      return pick(["echo", "cat", "true", "bash"]) + " "
        + pick([">", "<", ">>", "2>", ">&", "<&", "&>", "<<<", "<>", ">|"]) + " " + word(depth)
    case 6: return command(depth - 1) + pick([" | ", " && ", "; ", "\n", " || ", " |& ", " & "]) + command(depth - 1)
    case 7: return "if \(command(depth - 1)); then \(command(depth - 1)); fi"
    case 8: return "for v in\(words(depth - 1)); do \(command(depth - 1)); done"
    case 9: return "case \(word(depth - 1)) in \(word(0))) \(command(depth - 1));; *) \(command(depth - 1)); esac"
    case 10: return "{ \(command(depth - 1)); }" + pick(["", " | cat", " | bash", " > f"])
    case 11: return "( \(command(depth - 1)) )"
    case 12:
      return pick(["cat", "bash", "while read l; do echo \"$l\"; done", "tee f | bash", "read v"])
        + pick([" <<EOF", " <<'EOF'", " <<-EOF"])
        + "\n\(word(depth - 1)) text\nEOF\n" + command(depth - 1)
    default: return pick(["f() { ", "function f { "]) + command(depth - 1) + "; }; f" + words(depth - 1)
    }
  }

  mutating func script() -> String { Bool.random(using: &random) ? pieces() : command(3) }
}

@Test func randomScriptsThatAreAcceptedNeverRunAValue() throws {
  var maker = ScriptMaker(
    random: SeededGenerator(seed: UInt64(ProcessInfo.processInfo.environment["SEED"] ?? "3") ?? 3))
  let wanted = Int(ProcessInfo.processInfo.environment["COUNT"] ?? "150") ?? 150
  let payloads = hostile.filter { $0.contains("touch") }
  var accepted = 0
  while accepted < wanted {
    let text = maker.script()
    let shell = Bool.random(using: &maker.random) ? "bash" : "dash"
    guard text.contains(maker.mark), let script = build(text, shell).0 else { continue }
    accepted += 1
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let value = payloads.randomElement(using: &maker.random) ?? ""
    _ = try run(script, value: value, in: folder.path, shell: shell)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/pwned"), "\(shell): \(text) with \(value)")
  }
}
