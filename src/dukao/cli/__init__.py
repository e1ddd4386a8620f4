"""The command `dukao`: one module a command, imported on use."""
