internal import Synchronization

/// Carries messages from any thread to the one that runs an event loop.
package final class Mailbox<Message: Sendable>: Sendable {
  private let messages = Mutex<[Message]>([])
  private let wakeup: Wakeup

  /// - Parameter wakeup: the event loop's.
  package init(_ wakeup: Wakeup) {
    self.wakeup = wakeup
  }

  package func post(_ message: Message) {
    let wasEmpty = messages.withLock { messages in
      messages.append(message)
      return messages.count == 1
    }
    // Whoever posted the first one has woken the loop already.
    if wasEmpty { wakeup.signal() }
  }

  /// All messages in the order in which they were posted; the mailbox is empty afterwards.
  package func takeAll() -> [Message] {
    messages.withLock { messages in
      let taken = messages
      messages = []
      return taken
    }
  }
}
