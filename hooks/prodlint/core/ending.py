"""How a command ends, and the words of shell scripts that decide it."""

from collections.abc import Callable, Sequence
from enum import Enum

from prodlint.core.source import Span
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.core.shell import Redirect

Locate = Callable[[int, int], Span]

PASSING = ("true", ":", "echo", "printf")
# Where output may go without a fault.
STREAMS = (
    "/dev/null",
    "/dev/stdout",
    "/dev/stderr",
    "/proc/1/fd/1",
    "/proc/1/fd/2",
    "1",
    "2",
    "-",
)
# What may end the script or the container, or does what nobody can tell.
WILD = "exec eval source . trap kill killall pkill reboot shutdown poweroff s6-svc supervisorctl"


class Ending(Enum):
    """How a command ends: well, badly, or nobody can say; or it ends the whole script so.

    PASSES and FAILS are said only of what ends so whatever the service answers.
    """

    PASSES = "passes"
    FAILS = "fails"
    OPEN = "open"
    STOPS_WELL = "stops well"
    STOPS_BADLY = "stops badly"
    STOPS = "stops"


def connects(redirects: "Sequence[Redirect]") -> bool:
    """Whether one opens a file that may not be there, or a connection, as bash does for /dev/tcp."""
    return any(
        not one.operator.startswith("<<") and one.target.value not in STREAMS for one in redirects
    )


def settled(ending: Ending) -> Ending:
    """How a subshell or a whole script ends."""
    inside = {
        Ending.STOPS_WELL: Ending.PASSES,
        Ending.STOPS_BADLY: Ending.FAILS,
        Ending.STOPS: Ending.OPEN,
    }
    return inside.get(ending, ending)
