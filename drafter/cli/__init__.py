"""The command line: arguments, one use case, one view, an exit code."""
