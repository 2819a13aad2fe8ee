import Glibc
import Subprocess
import TestSupport
import Testing

@Suite struct ConversationTests {
  /// Asks, and takes the answer up to a line.
  private func ask(_ conversation: Conversation, _ question: String, upTo end: String = "end\n") throws -> String? {
    var answer: [UInt8] = []
    let isWhole = try conversation.ask(Array(question.utf8)) { piece in
      answer += piece
      return String(decoding: answer, as: UTF8.self).hasSuffix(end)
    }
    return isWhole ? String(decoding: answer, as: UTF8.self) : nil
  }

  @Test func questionsAreAnsweredOneAfterAnother() throws {
    let conversation = try Conversation(
      shell("while read -r line; do echo \"about $line\" >&2; echo \"$line\"; echo end; done; exit 3"),
      CompletionOptions())
    #expect(try ask(conversation, "one\n") == "one\nend\n")
    #expect(conversation.errors() == Array("about one\n".utf8))
    #expect(try ask(conversation, "two\n") == "two\nend\n")
    #expect(conversation.errors() == Array("about two\n".utf8))
    #expect(conversation.errors().isEmpty && conversation.completion == nil)
    let completion = try conversation.end()
    #expect(completion.outcome == .ended && completion.status == .exited(3))
    #expect(try ask(conversation, "three\n") == nil)
  }

  @Test func longQuestionsAndAnswersDoNotBlock() throws {
    let conversation = try Conversation(program("/bin/cat"), CompletionOptions())
    let question = String(repeating: "x", count: 3_000_000) + "end\n"
    #expect(try ask(conversation, question)?.utf8.count == question.utf8.count)
    #expect(try conversation.end().isSuccess)
  }

  @Test func aProgramThatEndsAnswersNoMore() throws {
    let conversation = try Conversation(shell("read -r line; echo last >&2; echo end; exit 2"), CompletionOptions())
    #expect(try ask(conversation, "a\n") == "end\n")
    _ = conversation.errors()
    #expect(try ask(conversation, "b\n") == nil)
    #expect(conversation.completion?.status == .exited(2))
    #expect(try conversation.end().status == .exited(2))
  }

  @Test func theTimeIsThatOfTheWholeConversation() throws {
    let didBegin = try withGrowingTimes { time in
      let conversation = try Conversation(
        shell("read -r line; echo end; while :; do sleep 0.02; done"),
        CompletionOptions(timeout: .milliseconds(time), grace: .seconds(5)))
      guard try ask(conversation, "a\n") != nil else { return false }
      #expect(try ask(conversation, "b\n") == nil)
      #expect(conversation.completion?.outcome == .timedOut && conversation.completion?.isGroupGone == true)
      return true
    }
    #expect(didBegin)
  }

  @Test func oneThatIsNotWantedAnyMoreEnds() throws {
    let wakeup = try Wakeup()
    let conversation = try Conversation(
      shell("read -r line; echo end; while :; do sleep 0.02; done"), CompletionOptions(cancellation: wakeup))
    #expect(try ask(conversation, "a\n") == "end\n")
    wakeup.signal()
    #expect(try ask(conversation, "b\n") == nil)
    #expect(try conversation.end().outcome == .cancelled)
  }
}
