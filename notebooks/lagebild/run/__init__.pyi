from .commands import COMMANDS as COMMANDS
