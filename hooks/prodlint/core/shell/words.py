"""Reads the words of a shell script, with the scripts inside them, and here-documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from prodlint.core.lazy import lazy
from prodlint.core.shell import text as shell_text
from prodlint.core.shell.nodes import Heredoc, Redirect, Script, ShellError, Word

# Of brackets in brackets. Each takes up to twelve frames of the thousand that Python has; real scripts stay below 20.
MAX_DEPTH = 50

ASSIGNMENT = lazy(r"[A-Za-z_]\w*(?:\[[\s\S]*\])?\+?=")
_OPEN_SUBSCRIPT = lazy(r"[A-Za-z_]\w*\[[^\]]*")
_GAP = lazy(rf"[ \t\n]*(?:(?:#[^\n]*|{shell_text.CONTINUED}|\r(?=\n|\Z))[ \t\n]*)*")
_OPERATOR = lazy(rf"{shell_text.BLANK}{shell_text.COMMENT}(\|\||\|&?|&&?|;;&|;[;&]?|\n)?")
_REDIRECT = lazy(
    rf"{shell_text.BLANK}({shell_text.FD})?(<<[<-]?|<>|<&|<(?!\()|>>|>&|>\||>(?!\()|&>>?)"
)
_DUPLICATE = lazy(rf"{shell_text.BLANK}(\d+-?|-)(?=[ \t\r\n;&|<>()]|\Z)")
_token, _WORD_ENDS = shell_text.TOKEN.match, shell_text.WORD_ENDS
new = tuple.__new__  # makes the nodes of every command, in half the time that their classes take


class Reader:
    """A place (`at`) in a text that is being read.

    `where` holds the offsets that nodes get, one for each place: the text may be an unescaped part of a larger one.
    `script` reads the list of commands at a place, and stops before what cannot begin one.
    """

    def __init__(
        self, text: str, where: Sequence[int], script: Callable[[Reader], Script], depth: int = 0
    ) -> None:
        self.text = text
        self.where = where
        self.script = script
        self.depth = depth
        self.at = 0
        self.found = ""  # by `operator`
        self._heredocs: list[tuple[list[Redirect], int]] = []  # bodies that begin on the next line
        self._in_substitution = False
        self._closes: dict[int, int] = {}  # parentheses that were looked ahead for

    def error(self, message: str, at: int | None = None) -> ShellError:
        return ShellError(self.where[self.at if at is None else at], message)

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error("nested too deeply")

    def starts(self, *tokens: str) -> bool:
        return self.text.startswith(tokens, self.at)

    def gap(self) -> None:
        """Pass blanks, comments and newlines, and the bodies of here-documents after the first newline."""
        while self._heredocs:
            if self.operator() != "\n":
                return
            self.read_heredocs(self.at + 1)
        passed = _GAP.match(self.text, self.at)
        assert passed
        self.at = passed.end()

    def operator(self) -> str:
        """The connector, terminator or newline that comes next, or an empty text; `at` is then before it."""
        if self.text.startswith("\n", self.at):
            self.found = "\n"
        else:
            match = _OPERATOR.match(self.text, self.at)
            assert match
            self.found = match[1] or ""
            self.at = match.end() - len(self.found)
        return self.found

    def word(self) -> Word | None:
        """The next word on the line, or None; `at` is then behind the blanks."""
        text = self.text
        match = _token(text, self.at)
        if match:
            at, raw = match.end(), match[1]
            follows = text[at : at + 1]
            if raw:
                if follows in _WORD_ENDS:
                    self.at = at
                    where = self.where
                    return new(Word, (where[at - len(raw)], where[at], raw, (), ()))
            elif follows in "\n;|)":
                self.at = at
                return None
        before = self.at
        passed = shell_text.BLANKS.match(self.text, before)
        assert passed
        self.at = passed.end()
        if shell_text.NOT_A_WORD.match(self.text, self.at):
            return None
        return self.word() if self.at > before else self.long_word(self.at)

    def required_word(self) -> Word:
        word = self.word()
        if not word:
            raise self.error("a word is missing")
        return word

    def long_word(self, start: int, at: int | None = None, regex: bool = False) -> Word | None:
        """The word at `start`, whatever is in it. `regex`: it follows `=~`, where `(` and `|` are part of it."""
        text, quoted = self.text, False
        at = start if at is None else at
        substitutions: list[Script] = []
        spans: list[tuple[int, int]] = []
        while True:
            passed = (shell_text.INSIDE['"'] if quoted else shell_text.PIECES).match(text, at)
            assert passed
            at = passed.end()
            follows = text[at : at + 1]
            end = 0
            if follows == '"':
                quoted = not quoted
                at += 1
            elif follows and follows in "$`":
                end = self._expansion(at, quoted, substitutions)
            elif quoted:
                raise self.error("an unclosed double quote", start)
            elif follows == "'":
                raise self.error("an unclosed single quote", at)
            elif text.startswith(("<(", ">("), at):
                end = self._substitution(at + 2, substitutions)
            elif follows == "(" and (regex or (at > start and text[at - 1] in "@!?*+")):
                end = self._matched(at + 1, ")", substitutions)
            elif follows == "(" and ASSIGNMENT.fullmatch(text, start, at):
                end = self._array(at + 1, substitutions)
            elif continued := shell_text.CONTINUATION.match(text, at):
                if text[continued.end() : continued.end() + 1] in shell_text.WORD_ENDS:
                    break
                at = continued.end()
            elif (
                follows == "\\"
                or (regex and follows == "|")
                or (follows == "\r" and text[at + 1 : at + 2] not in "\n")
            ):
                at += 1
            else:
                break
            if end:
                if end > at + 1:
                    spans.append((at - start, end - start))
                at = end
        self.at = at
        if at == start:
            return None
        raw = text[start:at]
        return Word(self.where[start], self.where[at], raw, tuple(substitutions), tuple(spans))

    def subscripted(self, word: Word) -> Word:
        """The whole word where blanks in a subscript ended it too early: `a[i + 1]=2`."""
        if not _OPEN_SUBSCRIPT.fullmatch(word.raw):
            return word
        start = self.at - len(word.raw)
        opened = word.raw.index("[") + 1
        substitutions: list[Script] = []
        closed = self._matched(start + opened, "]", substitutions)
        whole = self.long_word(start, closed)
        assert whole
        return whole._replace(
            substitutions=(*substitutions, *whole.substitutions),
            spans=((opened, closed - start - 1), *whole.spans),
        )

    def arithmetic(self) -> Word:
        """The `((…))` at the place."""
        start, substitutions = self.at, list[Script]()
        self.at = self._matched(start + 2, ")", substitutions)
        if not self.starts(")"):
            raise self.error("expected ))")
        self.at += 1
        raw = self.text[start : self.at]
        spans = ((2, len(raw) - 2),)
        return Word(self.where[start], self.where[self.at], raw, tuple(substitutions), spans)

    def is_arithmetic(self, at: int) -> bool:
        """Whether `))` closes the `((` at `at`; else, as in bash, each opens a subshell."""
        if at + 1 not in self._closes and not shell_text.pair_parentheses(
            self.text, at + 1, self._closes
        ):
            raise self.error("an unclosed parenthesis", at + 1)
        return self.text.startswith(")", self._closes[at + 1] + 1)

    def redirects(self) -> Sequence[Redirect]:
        found: list[Redirect] = []
        while self.redirect(found):
            pass
        return found

    def redirect(self, found: list[Redirect]) -> bool:
        """Add the redirection that comes next to `found`; the body of a here-document is added later."""
        if self.text[self.at : self.at + 1] in "\n;|)":
            return False
        match = _REDIRECT.match(self.text, self.at)
        if not match:
            return False
        fd, operator = match.groups("")
        start, self.at = match.start(2) - len(fd), match.end()
        duplicate = _DUPLICATE.match(self.text, self.at) if operator in (">&", "<&") else None
        if duplicate:
            self.at = duplicate.end()
            target = Word(self.where[duplicate.start(1)], self.where[self.at], duplicate[1])
        else:
            target = self.required_word()
        if operator in ("<<", "<<-"):
            self._heredocs.append((found, len(found)))
        found.append(Redirect(self.where[start], target.end, operator, fd, target))
        return True

    def read_heredocs(self, at: int) -> None:
        """Read the bodies that begin at `at`, the start of a line."""
        for redirects, index in self._heredocs:
            redirect = redirects[index]
            delimiter = redirect.target.text
            quoted = delimiter != redirect.target.raw
            end, after = shell_text.heredoc_end(
                self.text,
                at,
                delimiter,
                tabs=redirect.operator == "<<-",
                quoted=quoted,
                nested=self._in_substitution,
            )
            raw, substitutions = self.text[at:end], list[Script]()
            if not quoted and ("$" in raw or "`" in raw):
                body = Reader(raw, self.where[at : end + 1], self.script, self.depth)
                with suppress(ShellError):  # a shell reads what is in a body only when it runs
                    body._matched(0, "", substitutions)
            heredoc = Heredoc(self.where[at], self.where[end], raw, quoted, tuple(substitutions))
            redirects[index] = redirect._replace(body=heredoc)
            at = after
        self._heredocs = []
        self.at = at

    def whole_script(self) -> Script:
        """The whole text as a script."""
        script = self.script(self)
        if self.at < len(self.text):
            raise self.error("unexpected token")
        self.read_heredocs(self.at)
        return script

    def _matched(self, at: int, close: str, substitutions: list[Script]) -> int:
        """The place behind the `close` of what was opened before `at` (of a here-document: the end)."""
        text, depth, start = self.text, 0, at
        opens, inside = shell_text.OPENS.get(close), shell_text.INSIDE[close]
        self.deeper()
        while True:
            passed = inside.match(text, at)
            assert passed
            at = passed.end()
            follows = text[at : at + 1]
            if follows == close:
                at += 1
                if not depth:
                    self.depth -= 1
                    return at
                depth -= 1
            elif follows == opens:
                depth += 1
                at += 1
            elif follows == '"':
                at = self._matched(at + 1, '"', substitutions)
            elif follows and follows in "$`":
                at = self._expansion(at, close in '"', substitutions)
            elif follows == "'":
                at = text.find("'", at + 1) + 1
                if not at:
                    raise self.error("an unclosed single quote", passed.end())
            elif follows:
                at += 1
            else:
                raise self.error(f"expected {close}", start)

    def _expansion(self, at: int, quoted: bool, substitutions: list[Script]) -> int:
        """The place behind the expansion at `at`; behind the `$` of a plain one."""
        text = self.text
        if text[at] == "`":
            return self._backticks(at, quoted, substitutions)
        if text.startswith("((", at + 1) and self.is_arithmetic(at + 1):
            self.at = at + 1
            substitutions.extend(self.arithmetic().substitutions)
            return self.at
        follows = text[at + 1 : at + 2]
        if follows == "(":
            return self._substitution(at + 2, substitutions)
        if follows == "{":
            return self._matched(at + 2, "}", substitutions)
        if follows == "[":
            return self._matched(at + 2, "]", substitutions)
        if follows == "$":
            return at + 2
        if follows == "'" and not quoted:
            match = lazy(shell_text.ANSI).match(text, at)
            if not match:
                raise self.error("an unclosed single quote", at)
            return match.end()
        return at + 1

    def _substitution(self, at: int, substitutions: list[Script]) -> int:
        """The place behind the `)` of the command or process substitution whose script begins at `at`."""
        heredocs, self._heredocs = self._heredocs, []
        nested, self._in_substitution = self._in_substitution, True
        self.at = at
        substitutions.append(self.script(self))
        if not self.starts(")"):
            raise self.error("expected )")
        heredocs.extend(self._heredocs)
        self._heredocs, self._in_substitution = heredocs, nested
        return self.at + 1

    def _backticks(self, at: int, quoted: bool, substitutions: list[Script]) -> int:
        match = shell_text.BACKTICKS.match(self.text, at)
        if not match:
            raise self.error("an unclosed backtick", at)
        script, where = match[0][1:-1], self.where[at + 1 : match.end()]
        if unescaped := shell_text.unescape_backticks(script, quoted):
            script, where = unescaped[0], [where[index] for index in unescaped[1]]
        with suppress(ShellError):  # a shell reads it only when it runs
            substitutions.append(Reader(script, where, self.script, self.depth).whole_script())
        return match.end()

    def _array(self, at: int, substitutions: list[Script]) -> int:
        """The place behind the `)` of the array whose elements begin at `at`."""
        self.at = at
        self.deeper()
        self.gap()
        while word := self.word():
            substitutions.extend(word.substitutions)
            self.gap()
        self.depth -= 1
        if not self.starts(")"):
            raise self.error("expected )")
        return self.at + 1
