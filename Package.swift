// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

func stage(_ name: String, _ dependencies: [String] = []) -> Target {
  .target(
    name: name, dependencies: dependencies.map { .byName(name: $0) }, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [String]) -> Target {
  .testTarget(
    name: name, dependencies: (dependencies + ["TestSupport"]).map { .byName(name: $0) },
    swiftSettings: strict)
}

// The targets stand in the order in which a plan passes through them.
// Imports go only upwards in this list.
let package = Package(
  name: "execplan",
  products: [
    .executable(name: "execplan", targets: ["execplan"]),
    .executable(name: "simulate", targets: ["Simulate"]),
  ],
  targets: [
    // MARK: Libraries of the system, each imported by exactly one target
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    // Debian has no .pc file of the extensions; the module map links them.
    .systemLibrary(name: "CMarkGFM", pkgConfig: "libcmark-gfm", providers: [.apt(["libcmark-gfm-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
    .target(name: "CProcessSpawn"),

    // MARK: What can go wrong
    /// Named places at which a debug build can be made to die; nothing in a release build.
    stage("FaultPoints"),

    // MARK: Text and what is said about it
    /// Bytes, UTF-8 offsets, ranges, the line table.
    stage("SourceText"),
    /// Diagnostics as values: rule, severity, range, notes, fixes.
    stage("Diagnostics", ["SourceText"]),

    // MARK: Documents
    /// libyaml events to located nodes.
    stage("YAML", ["SourceText", "Diagnostics", "CYAML"]),
    /// cmark-gfm's blocks as a located tree.
    stage("Markdown", ["SourceText", "CMarkGFM"]),
    /// SHA-256 of bytes and files.
    stage("Digest", ["CNettle"]),
    /// The plan as pure values: plan, phase, step, action, expression, fingerprint.
    stage("PlanModel", ["SourceText", "Digest"]),
    /// The located tree of a plan file, and byte-exact edits of it.
    stage("PlanDocument", ["SourceText", "Diagnostics", "YAML", "Markdown"]),

    // MARK: Document to plan to graph to change set
    /// Decodes a document into a plan; expressions; one rule a file.
    stage(
      "PlanLoading", ["SourceText", "Diagnostics", "YAML", "Markdown", "PlanDocument", "PlanModel", "Digest"]),
    /// The DAG: cycles, order, reachability, races, critical path.
    stage("PlanGraph", ["SourceText", "Diagnostics", "PlanModel"]),
    /// Graph, prior state and probes to a change set with reasons.
    stage("Planner", ["SourceText", "PlanModel", "PlanGraph", "Digest"]),

    // MARK: The durable record
    /// Connection, statements, transactions.
    stage("SQLite", ["CSQLite"]),
    /// Files of records, expectations of tables, profiles, drift.
    stage("DataQuality", ["SourceText", "PlanModel", "SQLite", "Digest"]),
    /// Runs, attempts, checkpoints, events, state values; migrations; locks.
    stage("Journal", ["FaultPoints", "PlanModel", "Digest", "SQLite"]),

    // MARK: Carrying it out
    /// Spawn, process groups, waiting, teardown, output capture.
    stage("Subprocess", ["CProcessSpawn"]),
    /// The scheduler (a pure state machine) and the supervisor that does what it says.
    stage(
      "Executor",
      [
        "FaultPoints", "SourceText", "PlanModel", "PlanGraph", "Planner", "Digest", "SQLite", "DataQuality", "Journal",
        "Subprocess",
      ]),

    // MARK: What a person sees
    /// Text, JSON, SARIF, JUnit of diagnostics, change sets, graphs, runs and events.
    stage(
      "Reporting",
      ["SourceText", "Diagnostics", "PlanModel", "PlanGraph", "Planner", "Digest"]),
    /// One option table, one file a command, exit codes, signals.
    stage(
      "Commands",
      [
        "FaultPoints", "SourceText", "Diagnostics", "YAML", "Markdown", "PlanModel", "PlanDocument", "PlanLoading",
        "PlanGraph", "Planner", "Digest", "SQLite", "Journal", "Subprocess", "Executor", "Reporting",
      ]),
    .executableTarget(name: "execplan", dependencies: ["Commands"], swiftSettings: strict),

    // MARK: Tests
    .target(
      name: "TestSupport", dependencies: ["CProcessSpawn", "SourceText", "Diagnostics"], path: "Tests/TestSupport",
      exclude: ["web-server.py"],
      swiftSettings: strict),
    /// Functions that read any bytes, for libFuzzer and for the tests of FuzzTests.
    .target(
      name: "FuzzTargets",
      dependencies: [
        "SourceText", "Diagnostics", "YAML", "Markdown", "Digest", "PlanModel", "PlanDocument", "PlanLoading",
        "PlanGraph", "Planner", "SQLite", "DataQuality", "Journal", "Executor", "Reporting", "TestSupport",
      ], path: "Tests/Fuzz/Targets", swiftSettings: strict),
    .testTarget(
      name: "FuzzTests", dependencies: ["FuzzTargets", "TestSupport"], path: "Tests/Fuzz/Replay", swiftSettings: strict),
    tests("SourceTextTests", ["SourceText"]),
    tests("DiagnosticsTests", ["SourceText", "Diagnostics"]),
    tests("YAMLTests", ["SourceText", "Diagnostics", "YAML"]),
    tests("MarkdownTests", ["SourceText", "Markdown"]),
    tests("PlanDocumentTests", ["SourceText", "Diagnostics", "YAML", "Markdown", "PlanDocument"]),
    tests("DigestTests", ["Digest"]),
    tests("PlanModelTests", ["SourceText", "Digest", "PlanModel"]),
    tests(
      "PlanLoadingTests",
      ["SourceText", "Diagnostics", "YAML", "Markdown", "PlanDocument", "PlanModel", "PlanLoading", "Digest"]),
    tests("PlanGraphTests", ["SourceText", "Diagnostics", "PlanModel", "PlanGraph", "PlanLoading"]),
    tests(
      "PlannerTests",
      [
        "SourceText", "Diagnostics", "PlanDocument", "PlanModel", "PlanGraph", "PlanLoading", "Planner", "Digest",
        "SQLite",
      ]),
    tests("SQLiteTests", ["SQLite"]),
    tests("DataQualityTests", ["SourceText", "PlanModel", "SQLite", "DataQuality"]),
    tests("JournalTests", ["PlanModel", "Digest", "SQLite", "Journal"]),
    tests("SubprocessTests", ["Subprocess"]),
    tests(
      "ExecutorTests",
      [
        "SourceText", "Diagnostics", "PlanDocument", "PlanModel", "PlanLoading", "PlanGraph", "Planner", "Digest",
        "SQLite", "Journal", "Subprocess", "Executor",
      ]),
    tests(
      "ReportingTests", ["SourceText", "Diagnostics", "PlanModel", "PlanGraph", "Planner", "Reporting"]),
    tests("CommandsTests", ["Commands", "SourceText", "Diagnostics", "PlanLoading"]),
    tests("CLITests", ["FaultPoints"]),

    // MARK: The simulation
    /// Execution, crashes and resumes in a world that a seed decides: Tests/Simulation.
    .target(
      name: "Simulation",
      dependencies: [
        "SourceText", "Diagnostics", "PlanDocument", "PlanModel", "PlanLoading", "PlanGraph", "Planner", "Digest",
        "Journal", "Subprocess", "Executor",
      ], path: "Tests/Simulation", swiftSettings: strict),
    tests("SimulationTests", ["Simulation"]),
    .executableTarget(
      name: "Simulate", dependencies: ["Simulation", "Subprocess"], path: "Tests/Simulate", swiftSettings: strict),
  ]
)

// MARK: Fuzzing
// libFuzzer watches which code an input reaches, so everything is built for it, and only when it is asked for:
// Tests/Fuzz/README.md.
if Context.environment["EXECPLAN_FUZZ"] != nil {
  for target in package.targets where ![.system, .test].contains(target.type) && target.name != "CProcessSpawn" {
    target.swiftSettings = strict + [.unsafeFlags(["-sanitize=fuzzer"])]
  }
  package.products.append(.executable(name: "fuzz", targets: ["Fuzz"]))
  package.targets += [
    .systemLibrary(name: "CLibFuzzer", path: "Tests/Fuzz/CLibFuzzer"),
    .executableTarget(
      name: "Fuzz", dependencies: ["CLibFuzzer", "FuzzTargets"], path: "Tests/Fuzz/Driver", swiftSettings: strict,
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]),
  ]
}
