"""The nodes of a shell script. `start` and `end` of each are offsets into the text that was parsed."""

from collections.abc import Sequence

from prodlint.core.shell.text import unquote
from prodlint.typed import NamedTuple, TypeAlias


class ShellError(Exception):
    """A script that cannot be read: where, and why in a fixed phrase that quotes nothing of the script."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message


class Word(NamedTuple):
    """A word as written (`raw`), and the scripts of the command and process substitutions in it.

    `spans` are the parts of `raw` that are read only when it runs: its outermost expansions other than plain `$name`,
    arrays, subscripts, `@(a|b)`. Offsets count from the start of `raw`.
    """

    start: int
    end: int
    raw: str
    substitutions: "tuple[Script, ...]" = ()
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def text(self) -> str:
        """The word without its quotes; what is expanded stays as written."""
        return unquote(self.raw, self.spans)[0]

    @property
    def value(self) -> str | None:
        """The word without its quotes, or None when something in it is expanded."""
        text, literal = unquote(self.raw, self.spans)
        return text if literal else None


class Heredoc(NamedTuple):
    """The body of a here-document, up to the line of its delimiter. `quoted`: nothing in it is expanded."""

    start: int
    end: int
    raw: str
    quoted: bool
    substitutions: "tuple[Script, ...]" = ()


class Redirect(NamedTuple):
    """`2>file`, `<<EOF`, `<<< word`, `{fd}>&-`; `fd` is what stands before the operator, or empty."""

    start: int
    end: int
    operator: str
    fd: str
    target: Word
    body: Heredoc | None = None


class Command(NamedTuple):
    """A simple command: a name and arguments, or assignments, or redirections, or all of them."""

    start: int
    end: int
    assignments: Sequence[Word]
    words: Sequence[Word]
    redirects: Sequence[Redirect]

    @property
    def name(self) -> str | None:
        """The literal first word, or None."""
        return self.words[0].value if self.words else None

    @property
    def args(self) -> list[str | None]:
        """The values of the words after the name; None for each in which something is expanded."""
        return [word.value for word in self.words[1:]]


class Group(NamedTuple):
    """`{ …; }`"""

    start: int
    end: int
    body: "Script"
    redirects: Sequence[Redirect]


class Subshell(NamedTuple):
    """`( … )`"""

    start: int
    end: int
    body: "Script"
    redirects: Sequence[Redirect]


class Branch(NamedTuple):
    """A condition of an `if` with what follows its `then`."""

    start: int
    end: int
    condition: "Script"
    body: "Script"


class If(NamedTuple):
    """`if … fi`: a branch for `if` and each `elif`, and what follows `else`."""

    start: int
    end: int
    branches: Sequence[Branch]
    otherwise: "Script | None"
    redirects: Sequence[Redirect]


class Loop(NamedTuple):
    """`for`, `select`, `while` or `until` (`keyword`).

    `words` is None without `in`; of `for ((…))` it holds that one word, and `variable` is None.
    """

    start: int
    end: int
    keyword: str
    variable: Word | None
    words: Sequence[Word] | None
    condition: "Script | None"
    body: "Script"
    redirects: Sequence[Redirect]


class Clause(NamedTuple):
    """One clause of a `case`; `terminator` is `;;`, `;&`, `;;&` or empty before `esac`."""

    start: int
    end: int
    patterns: Sequence[Word]
    body: "Script"
    terminator: str


class Case(NamedTuple):
    """`case subject in … esac`"""

    start: int
    end: int
    subject: Word
    clauses: Sequence[Clause]
    redirects: Sequence[Redirect]


class Function(NamedTuple):
    """A function definition, of either form."""

    start: int
    end: int
    name: Word
    body: "Node"


class Test(NamedTuple):
    """`[[ … ]]`: operands and operators in order."""

    start: int
    end: int
    words: Sequence[Word]
    redirects: Sequence[Redirect]


class Arithmetic(NamedTuple):
    """`(( … ))`"""

    start: int
    end: int
    expression: Word
    redirects: Sequence[Redirect]


class Coproc(NamedTuple):
    """`coproc [name] command`"""

    start: int
    end: int
    body: "Node"


class Pipeline(NamedTuple):
    """Commands joined by `|` or `|&` (at `pipes`), `negated` by `!`; a `time` before them is left out.

    `connector` is what stands before it in its list: `&&`, `||`, or empty for the first.
    """

    start: int
    end: int
    connector: str
    connector_start: int
    negated: bool
    commands: "Sequence[Node]"
    pipes: Sequence[int]


class AndOr(NamedTuple):
    """Pipelines joined by `&&` and `||`, and what ends the list: `;`, `&`, a newline, or empty."""

    start: int
    end: int
    pipelines: Sequence[Pipeline]
    terminator: str
    terminator_start: int


class Script(NamedTuple):
    """Commands one after the other: a whole script, or what stands between two brackets or keywords."""

    start: int
    end: int
    items: Sequence[AndOr]


Node: TypeAlias = (
    Command | Group | Subshell | If | Loop | Case | Function | Test | Arithmetic | Coproc
)
