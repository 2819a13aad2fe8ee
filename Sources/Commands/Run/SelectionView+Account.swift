internal import Executor
internal import Reporting

extension SelectionView {
  init(_ account: SelectionAccount) {
    self.init(
      total: account.total, selected: account.selected.map { .init(id: $0.id, why: $0.why) },
      needed: account.needed.map { .init(id: $0.id, why: $0.why) }, skipped: account.skipped, left: account.left,
      rerun: account.rerun.map { .init(id: $0.id, why: $0.why) })
  }
}
