extension ProcessEnvironment {
  /// Removes what binds git to one repository: a hook is started with the variables of its own.
  package mutating func leaveRepository() {
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] { self[name] = nil }
  }
}
