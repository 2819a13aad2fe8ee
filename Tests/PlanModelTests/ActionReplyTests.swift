internal import Testing

@testable internal import PlanModel

/// What programs of external actions answer.
struct ActionReplyTests {
  @Test func aDescriptionIsRead() throws {
    let text = """
      {"protocol": 1, "description": "raises\\na flag", "idempotence": "convergent", "probe": true, "undo": null,
       "with": {"type": "object"}, "more": [1]}
      """
    let description = try ActionDescription(reading: Array(text.utf8))
    #expect(description.summary == "raises" && description.idempotence == .convergent)
    #expect(description.probes && !description.undoes && description.schema != .anything)
    #expect(try ActionDescription(reading: Array(#"{"protocol": 1, "idempotence": "none"}"#.utf8)).schema == .anything)
  }

  @Test(arguments: [
    ("", "it wrote nothing where its description is due"), (" \n", "it wrote nothing where its description is due"),
    ("usage: x", "its description is no JSON: expected a value at byte 0"),
    ("[]", "its description is no JSON object"),
    ("{}", "its description can't be used: it needs \"protocol\": 1"),
    (
      #"{"protocol": 2}"#,
      "its description can't be used: it speaks version 2 of the protocol, and this execplan speaks 1"
    ),
    (
      #"{"protocol": 1}"#,
      #"its description can't be used: it needs "idempotence": one of "convergent", "transactional", "declared", "none""#
    ),
    (
      #"{"protocol": 1, "idempotence": "waits"}"#,
      #"its description can't be used: "idempotence" is one of "convergent", "transactional", "declared", "none", not "waits""#
    ),
    (
      #"{"protocol": 1, "idempotence": "convergent"}"#,
      "its description can't be used: an action that is convergent must have \"probe\": true"
    ),
    (
      #"{"protocol": 1, "idempotence": "none", "probe": "yes"}"#,
      "its description can't be used: \"probe\" is true or false"
    ),
    (
      #"{"protocol": 1, "idempotence": "none", "description": 5}"#,
      "its description can't be used: \"description\" is a text"
    ),
    (
      #"{"protocol": 1, "idempotence": "none", "with": {"type": "text"}}"#,
      "its description can't be used: its schema of \"with\" can't be used: /type: a type is one of null, boolean, integer, number, string, array, object"
    ),
  ]) func aDescriptionThatCannotBeUsedIsRefused(text: String, expected: String) throws {
    let problem = #expect(throws: ActionReplyProblem.self) { try ActionDescription(reading: Array(text.utf8)) }
    #expect(problem?.message == expected)
  }

  @Test func aReplyIsRead() throws {
    let text = """
      {"done": false, "changed": true, "reason": "made it\\nand more", "values": {"n": 1, "list": [1]},
       "artifacts": ["a/b.txt"], "error": {"message": "no\\nmore", "retryable": false}}
      """
    let reply = try ActionReply(reading: Array(text.utf8))
    #expect(reply.isDone == false && reply.changed == true && reply.reason == "made it")
    #expect(reply.values == [.init("n", .int(1)), .init("list", .list([.int(1)]))] && reply.artifacts == ["a/b.txt"])
    #expect(reply.failure == .init(message: "no", isRetryable: false))
    #expect(
      try ActionReply(reading: Array(#"{"error": {"message": ""}}"#.utf8)).failure
        == .init(message: "it failed", isRetryable: true))
  }

  @Test(arguments: [
    (#"{"done": 1}"#, "\"done\" is true or false"), (#"{"values": []}"#, "\"values\" is a mapping"),
    (#"{"values": {"a b": 1}}"#, "a value can't be called \"a b\""),
    (#"{"values": {".a": 1}}"#, "a value can't be called \".a\""),
    (#"{"artifacts": "a"}"#, "\"artifacts\" is a list of at most 10000 paths"),
    (#"{"artifacts": ["/etc/passwd"]}"#, "\"artifacts\" holds something that is no path inside the project"),
    (#"{"artifacts": ["a/../../b"]}"#, "\"artifacts\" holds something that is no path inside the project"),
    (#"{"artifacts": [1]}"#, "\"artifacts\" holds something that is no path inside the project"),
    (#"{"error": "x"}"#, "\"error\" is a mapping with \"message\""),
    (#"{"error": {}}"#, "\"error\" needs \"message\", a text"),
    (#"{"error": {"message": "x", "retryable": 1}}"#, "\"retryable\" is true or false"),
  ]) func aReplyThatCannotBeUsedIsRefused(text: String, expected: String) throws {
    let problem = #expect(throws: ActionReplyProblem.self) { try ActionReply(reading: Array(text.utf8)) }
    #expect(problem?.message == "its reply can't be used: " + expected)
  }

  @Test func longTextsAreCutAndLongRepliesRefused() throws {
    let long = String(repeating: "é", count: 2000)
    #expect(try ActionReply(reading: Array("{\"reason\": \"\(long)\"}".utf8)).reason?.count == 500)
    let huge = "{\"reason\": \"" + String(repeating: "a", count: 1 << 20) + "\"}"
    let problem = #expect(throws: ActionReplyProblem.self) { try ActionReply(reading: Array(huge.utf8)) }
    #expect(problem?.message == "its reply has more than 1 MiB")
  }
}
