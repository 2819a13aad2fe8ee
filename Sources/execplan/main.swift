internal import Commands

print(executableVersion)
