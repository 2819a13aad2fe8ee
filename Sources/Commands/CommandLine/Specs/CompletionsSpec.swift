extension CommandSpec {
  package static let completions = CommandSpec(
    "completions", group: .look, summary: "print the completion script of a shell",
    discussion: [
      "bash: save it as ~/.local/share/bash-completion/completions/execplan. zsh: save it as _execplan in a folder of "
        + "$fpath. fish: save it as ~/.config/fish/completions/execplan.fish."
    ],
    positionals: [
      PositionalSpec("SHELL", choices: ["bash", "zsh", "fish"], help: "bash, zsh or fish")
    ],
    examples: [CommandExample("completions bash", "the script for bash")],
    hidden: true)
}
