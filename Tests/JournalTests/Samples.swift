import Digest
import Journal
import PlanModel

func digest(_ text: String) -> SHA256Digest { SHA256.digest(of: text) }

func fingerprint(_ text: String) -> Fingerprint {
  Fingerprint(definition: digest(text), upstream: nil, inputs: digest(text + "i"), outputs: nil)
}

func sampleRun(_ id: Int64, plan: String = "p", state: RunState = .running) -> Run {
  Run(
    id: id, plan: plan, path: "plans/\(plan).yaml", state: state, startedAt: 1000 + id,
    params: [Value.Entry("b", .int(1)), Value.Entry("a", .double(2))], profile: "prod", planDigest: digest(plan))
}

func sampleLeg(_ id: Int64, run: Int64) -> Leg {
  Leg(id: id, run: run, pid: 42, nonce: "00ff", startedAt: 2000 + id)
}

func sampleAttempt(_ id: Int64, run: Int64, leg: Int64, step: String, number: Int = 1) -> Attempt {
  Attempt(
    id: id, run: run, leg: leg, step: step, number: number, state: .claimed, fingerprint: fingerprint(step),
    claimedAt: 3000 + id, bootID: "boot")
}

func sampleCheckpoint(
  run: Int64, step: String, attempt: Int64? = nil, outcome: Checkpoint.Outcome = .succeeded
) -> Checkpoint {
  Checkpoint(
    step: step, run: run, attempt: attempt, outcome: outcome, fingerprint: fingerprint(step),
    values: [Value.Entry("rows", .string("7\n\"x\"\u{1}é")), Value.Entry("n", .list([.null, .bool(true), .int(-3)]))],
    pendingState: [Value.Entry("mark", .string("2026"))], result: digest("r" + step),
    needResults: ["a": digest("a"), "b": digest("b")],
    inputFiles: [FileDigest(path: "in/a b.csv", digest: digest("in")), FileDigest(path: "gone", digest: nil)],
    outputFiles: [FileDigest(path: "out", digest: digest("out"))], carriedFrom: nil, reason: "it ran",
    endedAt: 5000, bootID: "boot", generation: 0)
}
