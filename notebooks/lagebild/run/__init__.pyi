from .commands import COMMANDS as COMMANDS
from .options import VERBOSE as VERBOSE
