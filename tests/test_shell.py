"""The shell parser: structure, places, bash's own verdict, and the time that hostile input takes."""

import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from conftest import HANGS
from prodlint.core import shell
from prodlint.core.shell import ShellError, Word, find, mask, parse, walk
from prodlint.core.shell.words import MAX_DEPTH

SAMPLES = sorted((Path(__file__).parent / "data" / "shell").iterdir())
BASH = shutil.which("bash")
needs_bash = pytest.mark.skipif(not BASH, reason="bash is not installed")
sample = pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)


def show(node: object) -> str:
    """The structure of a node in one line: simple commands in brackets, scripts of substitutions in « »."""
    match node:
        case None:
            return ""
        case Word():
            return node.raw + "".join(f"«{show(script)}»" for script in node.substitutions)
        case shell.Redirect():
            body = f"{node.body.raw!r}" if node.body else ""
            inside = "".join(f"«{show(s)}»" for s in node.body.substitutions) if node.body else ""
            return f"{node.fd}{node.operator}{show(node.target)}{body}{inside}"
        case shell.Command():
            return f"[{spaced(node.assignments, node.words, node.redirects)}]"
        case shell.Group():
            return spaced(["{", node.body, "}"], node.redirects)
        case shell.Subshell():
            return spaced(["(", node.body, ")"], node.redirects)
        case shell.Branch():
            return spaced([node.condition, "then", node.body])
        case shell.If():
            otherwise = ["else", node.otherwise] if node.otherwise else []
            branches = " elif ".join(show(branch) for branch in node.branches)
            return spaced(["if", branches], otherwise, ["fi"], node.redirects)
        case shell.Loop():
            words = [] if node.words is None else ["in", *node.words]
            head = [node.keyword, node.variable or "", *words, node.condition or ""]
            return spaced(
                [part for part in head if part], ["do", node.body, "done"], node.redirects
            )
        case shell.Clause():
            patterns = "|".join(show(pattern) for pattern in node.patterns)
            return f"{patterns}) {show(node.body)} {node.terminator or '-'}"
        case shell.Case():
            return spaced(["case", node.subject], node.clauses, ["esac"], node.redirects)
        case shell.Function():
            return f"{show(node.name)}() {show(node.body)}"
        case shell.Test():
            return spaced(["[["], node.words, ["]]"], node.redirects)
        case shell.Arithmetic():
            return spaced([node.expression], node.redirects)
        case shell.Coproc():
            return f"coproc {show(node.body)}"
        case shell.Pipeline():
            commands = " | ".join(show(command) for command in node.commands)
            return f"{node.connector} {'! ' * node.negated}{commands}".lstrip()
        case shell.AndOr():
            return spaced(node.pipelines) + node.terminator.replace("\n", "⏎")
        case shell.Script():
            return spaced(node.items)
        case str():
            return node
    raise TypeError(type(node))


def spaced(*parts: Sequence[object]) -> str:
    return " ".join(show(node) for some in parts for node in some)


STRUCTURE = {
    "nothing": ("", ""),
    "only a comment": ("# don't\n", ""),
    "words": ("npm  run 'a b'\t\"$C\"", """[npm run 'a b' "$C"]"""),
    "terminators": ("a; b & c\nd", "[a]; [b]& [c]⏎ [d]"),
    "and-or": ("a && b || c; d", "[a] && [b] || [c]; [d]"),
    "connector at the end of a line": ("a ||\n\n # why\n b |\n c", "[a] || [b] | [c]"),
    "pipes": ("a | b |& c", "[a] | [b] | [c]"),
    "negated": ("! a | b; ! ! c; !", "! [a] | [b]; [c]; ! []"),
    "negated subshell without a blank": ("if !(a); then b; fi", "if ! ( [a] ); then [b]; fi"),
    "time": ("time -p a; time; time -v b; ! time c", "[a]; []; [time -v b]; ! [c]"),
    "comment behind a word": ("a#b #c\nd", "[a#b]⏎ [d]"),
    "continued line": ("a \\\n b\\\nc \\\n\\\n d", "[a b\\\nc d]"),
    "word before a continued line": ("a\\\n b", "[a b]"),
    "continuation at the end": ("a \\\n", "[a]"),
    "backslash at the end": ("a b\\", "[a b]"),
    "assignments": ("A=1 B+=2 c D=3", "[A=1 B+=2 c D=3]"),
    "array": ("a=(x # it's\n 'y z' $(b)) c", "[a=(x # it's\n 'y z' $(b))«[b]» c]"),
    "subscript": ("a[i + 1]=2 a[$(b) ]+=c d", "[a[i + 1]=2 a[$(b) ]+=c«[b]» d]"),
    "bracket command": ("[ a ] && [ -f b[1 ]", "[[ a ]] && [[ -f b[1 ]]"),
    "redirections": ("a >f 2>&1 <>g >|h &>>i 3<&-", "[a >f 2>&1 <>g >|h &>>i 3<&-]"),
    "redirections without blanks": ("a>f2>&1>g 2>&1>/dev/null", "[a >f2 >&1 >g 2>&1 >/dev/null]"),
    "redirection first": (">f 2>g a", "[a >f 2>g]"),
    "number that is a word": ("echo 2 >f a2>g 2", "[echo 2 a2 2 >f >g]"),
    "named descriptor": ("exec {fd}>f {x,y}>g", "[exec {x,y} {fd}>f >g]"),
    "keyword after a redirection": (">f if", "[if >f]"),
    "here-string": ("a <<<b <<< 'c d'", "[a <<<b <<<'c d']"),
    "group": ("{ a; b;} >f 2>&1", "{ [a]; [b]; } >f 2>&1"),
    "braces in words": ("a {b,c} {} }", "[a {b,c} {} }]"),
    "subshell": ("(a; b) >f | (c)", "( [a]; [b] ) >f | ( [c] )"),
    "closers without separators": (
        "{ { a; } }; if (b) then c; fi",
        "{ { [a]; } }; if ( [b] ) then [c]; fi",
    ),
    "if": (
        "if a; then b; elif c\nthen d; else e; fi >f",
        "if [a]; then [b]; elif [c]⏎ then [d]; else [e]; fi >f",
    ),
    "while": ("while a; b; do c; done <f", "while [a]; [b]; do [c]; done <f"),
    "until": ("until a\ndo\nb\ndone", "until [a]⏎ do [b]⏎ done"),
    "for": ("for x in a $(b); do c; done", "for x in a $(b)«[b]» do [c]; done"),
    "for over the arguments": (
        "for x do a; done; for x; do a; done; for x\ndo a; done",
        "for x do [a]; done; " * 2 + "for x do [a]; done",
    ),
    "for in on its own line": ("for x\n\nin a\ndo b; done", "for x in a do [b]; done"),
    "for with braces": ("for x in a; { b; }", "for x in a do [b]; done"),
    "arithmetic for": (
        "for ((i=0; i < $(a); i++)) do b; done",
        "for in ((i=0; i < $(a); i++))«[a]» do [b]; done",
    ),
    "select": ("select x in a; do b; done", "select x in a do [b]; done"),
    "case": (
        "case $x in a|'b c') d;; (e) ;& *) f\nesac",
        "case $x a|'b c') [d] ;; e)  ;& *) [f]⏎ - esac",
    ),
    "case over lines": ("case a\nin\n# c\na)\n b\n ;;&\n\nesac >f", "case a a) [b]⏎ ;;& esac >f"),
    "case with keywords as patterns": (
        "case a in if) b;; (esac) c;; esac",
        "case a if) [b] ;; esac) [c] ;; esac",
    ),
    "case of a substitution": ("case $(a) in b) ;; esac", "case $(a)«[a]» b)  ;; esac"),
    "functions": (
        "f() { a; }; f-g () ( b ) >f; function h { c; }; function i () if d; then e; fi",
        "f() { [a]; }; f-g() ( [b] ) >f; h() { [c]; }; i() if [d]; then [e]; fi",
    ),
    "function over lines": ("f()\n# c\n{ a; }", "f() { [a]; }"),
    "keywords as arguments": ("echo if then fi { } ! [[ time", "[echo if then fi { } ! [[ time]"),
    "quoted keyword": ("'if' a; \\fi", "['if' a]; [\\fi]"),
    "test": ("[[ -f a && ! ( b < c || $(d) ) ]] >f", "[[ -f a && ! ( b < c || $(d)«[d]» ) ]] >f"),
    "test over lines": ("[[ a ||\n b ]] && c", "[[ a || b ]] && [c]"),
    "regular expression": ("[[ $a =~ ^(b c|d)'$'|e$ ]]", "[[ $a =~ ^(b c|d)'$'|e$ ]]"),
    "extended pattern": ("rm !(a|b c) @(x|$(y))z", "[rm !(a|b c) @(x|$(y))z«[y]»]"),
    "arithmetic": ("((a = (1 + 2) << 3)) || b", "((a = (1 + 2) << 3)) || [b]"),
    "two subshells": ("((a); b) && ( (c) )", "( ( [a] ); [b] ) && ( ( [c] ) )"),
    "coproc": (
        "coproc a b; coproc N { c; }; coproc while d; do e; done",
        "coproc [a b]; coproc { [c]; }; coproc while [d]; do [e]; done",
    ),
    "command substitution": ('a=$(b | c) d "x$(e)y"', '[a=$(b | c)«[b] | [c]» d "x$(e)y"«[e]»]'),
    "nested substitution": ('a "$(b "$(c)")"', '[a "$(b "$(c)")"«[b "$(c)"«[c]»]»]'),
    "substitution in a parameter": (
        'a ${b:-$(c)} "${d:-"$(e "}")"}"',
        '[a ${b:-$(c)}«[c]» "${d:-"$(e "}")"}"«[e "}"]»]',
    ),
    "substitution in arithmetic": (
        "a $(( $(b) + `c` )) $[ $(d) ]",
        "[a $(( $(b) + `c` ))«[b]»«[c]» $[ $(d) ]«[d]»]",
    ),
    "substitution with case and comment": (
        "a $(case b in c) d;; esac # )'\n)",
        "[a $(case b in c) d;; esac # )'\n)«case b c) [d] ;; esac⏎»]",
    ),
    "substitution of subshells": ("a $((b) | c)", "[a $((b) | c)«( [b] ) | [c]»]"),
    "empty substitution": ("a $() $(\n)", "[a $()«» $(\n)«»]"),
    "backticks": ('a `b | c` "`d`"', '[a `b | c`«[b] | [c]» "`d`"«[d]»]'),
    "nested backticks": ("a `b \\`c \\$d\\``", "[a `b \\`c \\$d\\``«[b `c $d`«[c $d]»]»]"),
    "quotes in quoted backticks": ('a "`b \\"c d\\"`"', '[a "`b \\"c d\\"`"«[b "c d"]»]'),
    "backticks that are no script": ("a `if`", "[a `if`]"),
    "process substitution": ("a < <(b) >(c) --x=<(d)", "[a >(c)«[c]» --x=<(d)«[d]» <<(b)«[b]»]"),
    "parameters with quotes": (
        'a ${b#"}"} ${c%\'}\'} ${d//\\}/\\"} e',
        '[a ${b#"}"} ${c%\'}\'} ${d//\\}/\\"} e]',
    ),
    "dollars": ('a $ "$" $\'it\\\'s\' $"b" $$ $? ${#}', '[a $ "$" $\'it\\\'s\' $"b" $$ $? ${#}]'),
    "process number": ('a "$$(b)" $${c} $$$(d)', '[a "$$(b)" $${c} $$$(d)«[d]»]'),
    "here-document": ("a <<E\nb\n E\nE\nc", "[a <<E'b\\n E\\n']⏎ [c]"),
    "here-document with tabs": ("a <<-E\n\tb\n\tE\nc", "[a <<-E'\\tb\\n']⏎ [c]"),
    "here-document with a quoted delimiter": (
        "a <<'E F'\n$(b)\nE F\nc",
        "[a <<'E F''$(b)\\n']⏎ [c]",
    ),
    "here-document with substitutions": (
        'a <<E\n"$(b)" ${c-`d`} \\$(e) it\'s\nE',
        "[a <<E'\"$(b)\" ${c-`d`} \\\\$(e) it\\'s\\n'«[b]»«[d]»]⏎",
    ),
    "here-document with a broken substitution": (
        "a <<E\n$(b) $(if\nE\nc",
        "[a <<E'$(b) $(if\\n'«[b]»]⏎ [c]",
    ),
    "two here-documents": (
        "a <<A 3<<B && c\n1\nA\n2\nB\nd",
        "[a <<A'1\\n' 3<<B'2\\n'] && [c]⏎ [d]",
    ),
    "here-document and a pipe": ("a <<E |\nb\nE\nc || d", "[a <<E'b\\n'] | [c] || [d]"),
    "here-document in a substitution": (
        "a $(b <<E\nc\nE\n) d",
        "[a $(b <<E\nc\nE\n)«[b <<E'c\\n']⏎» d]",
    ),
    "here-document closed by a bracket": (
        "a $(b <<E\nc\nE) d",
        "[a $(b <<E\nc\nE)«[b <<E'c\\n']⏎» d]",
    ),
    "here-document behind its substitution": (
        "a $(b <<E) c\nd\nE\ne",
        "[a $(b <<E)«[b <<E'd\\n']» c]⏎ [e]",
    ),
    "here-document around a substitution": (
        "a <<E $(b\nc)\nd\nE",
        "[a $(b\nc)«[b]⏎ [c]» <<E'd\\n']⏎",
    ),
    "here-document with a continued line": ("a <<E\nb\\\nE\nE\nc", "[a <<E'b\\\\\\nE\\n']⏎ [c]"),
    "here-document without an end": ("a <<E\nb", "[a <<E'b']⏎"),
    "here-document without a body": ("a <<E", "[a <<E'']"),
    "line ends of Windows": (
        "a \\\r\n b\r\nif c; then\r\nd <<E\r\ne\r\nE\r\nfi\r\n",
        "[a b]⏎ if [c]; then [d <<E'e\\r\\n']⏎ fi⏎",
    ),
    "carriage return in a word": ("a\rb c\r", "[a\rb c]"),
    "no-break space in a word": ("a\u00a0b", "[a\u00a0b]"),
}


@pytest.mark.parametrize(("text", "expected"), STRUCTURE.values(), ids=STRUCTURE)
def test_structure(text: str, expected: str) -> None:
    assert show(parse(text)) == expected


@needs_bash
def test_bash_accepts_the_table() -> None:
    refused = [name for name, (text, _) in STRUCTURE.items() if not bash_accepts(text)]
    assert refused == ["line ends of Windows"]


ERRORS = {
    "single quote": ("a 'b", 2, "an unclosed single quote"),
    "single quote of C": ("a $'b\\'", 2, "an unclosed single quote"),
    "double quote": ('a "b $(c)', 2, "an unclosed double quote"),
    "backtick": ("a `b", 2, "an unclosed backtick"),
    "substitution": ("a $(b", 5, "expected )"),
    "parameter": ("a ${b", 4, "expected }"),
    "arithmetic": ("a $((b)", 7, "expected )"),
    "subshell": ("(a", 2, "expected )"),
    "closing parenthesis": ("a )", 2, "unexpected token"),
    "two terminators": ("a;; b", 1, "unexpected token"),
    "terminator first": ("; a", 0, "unexpected token"),
    "connector first": ("&& a", 0, "unexpected token"),
    "connector last": ("a && ", 5, "a command is missing"),
    "pipe last": ("a |\n", 4, "a command is missing"),
    "keyword": ("a; fi", 3, "unexpected token"),
    "no then": ("if a; fi", 6, "expected then"),
    "no fi": ("if a; then b; else c; done", 22, "expected fi"),
    "empty body": ("if a; then\n# b\nfi", 15, "a command is missing"),
    "empty group": ("{ }", 2, "a command is missing"),
    "no do": ("for x in a; b; done", 12, "expected do or {"),
    "no done": ("while a; do b", 13, "expected done"),
    "no esac": ("case a in b) c;;", 16, "a word is missing"),
    "no in": ("case a of b) c;; esac", 7, "expected in"),
    "no target": ("a > ; b", 4, "a word is missing"),
    "no body": ("f() a", 5, "a compound command is missing"),
    "array as an argument": ("a (b)", 2, "unexpected token"),
    "test": ("[[ a", 4, "expected ]]"),
    "word behind a compound command": ("{ a; } b", 7, "unexpected token"),
    "depth": ("(" + " (" * MAX_DEPTH, MAX_DEPTH * 2 - 1, "nested too deeply"),
}


@pytest.mark.parametrize(("text", "offset", "message"), ERRORS.values(), ids=ERRORS)
def test_errors(text: str, offset: int, message: str) -> None:
    with pytest.raises(ShellError) as caught:
        parse(text)
    assert (caught.value.offset, caught.value.message, str(caught.value)) == (
        offset,
        message,
        message,
    )


@needs_bash
@pytest.mark.parametrize("text", [case[0] for name, case in ERRORS.items() if name != "depth"])
def test_bash_refuses_what_is_refused(text: str) -> None:
    assert not bash_accepts(text)


NESTING = {
    "subshell": "( ",
    "group": "{ ",
    "if": "if ",
    "while": "while ",
    "case": "case a in b) ",
    "function": "f() ",
    "coproc": "coproc ",
    "substitution": "a $(",
    "quoted substitution": '"$(',
    "process substitution": "a < <(",
    "parameter": "${a-",
    "array": "a=(",
    "for": "for a in $(",
    "subject": "case $(",
    "pattern": "@(",
    "here-document": "a <<E\n$(",
}


@pytest.mark.parametrize("opening", NESTING.values(), ids=NESTING)
def test_nesting_ends_in_an_error_with_frames_to_spare(opening: str) -> None:
    def calling(frames: int) -> None:
        if frames:
            calling(frames - 1)
        elif opening == NESTING["here-document"]:
            parse(opening * 500)
        else:
            with pytest.raises(ShellError):
                parse(opening * 500)

    calling(200)


def test_real_nesting_is_read() -> None:
    depth = MAX_DEPTH - 1
    assert len(list(walk(parse("$(a " * depth + ")" * depth)))) == depth + 1


VALUES = {
    "plain": ("npm", "npm"),
    "single quotes": ("a'b c'd", "ab cd"),
    "double quotes": ('"a b"', "a b"),
    "escapes": ("a\\ b\\'\\\\", "a b'\\"),
    "escapes in double quotes": ('"\\" \\\\ \\a \\`"', '" \\ \\a `'),
    "single quote in double quotes": ('"it\'s"', "it's"),
    "dollar in single quotes": ("'$a'", "$a"),
    "escaped dollar": ('\\$a"\\$b"', "$a$b"),
    "lone dollar": ('$ "$" a$', None),
    "lone dollars": ('a$"$"', "a$"),
    "escapes of C": ("$'a\\n\\t\\'\\x41\\101\\u00e9\\z'", "a\n\t'AA\u00e9\\z"),
    "translated": ('$"a b"', "a b"),
    "continued": ("a\\\nb'c'\"d\\\ne\"", "abcde"),
    "empty": ("''", ""),
    "glob and braces": ("*.{a,b}", "*.{a,b}"),
    "variable": ("a$b", None),
    "quoted variable": ('"$b"', None),
    "special parameters": ('"$?"', None),
    "parameter": ("${b}", None),
    "substitution": ("$(b)", None),
    "backticks": ("`b`", None),
    "arithmetic": ("$((1))", None),
    "process substitution": ("<(b)", None),
    "array": ("a=(b)", None),
}


def first_word(text: str) -> Word:
    return next(find(parse(text), Word))


@pytest.mark.parametrize(("text", "expected"), VALUES.values(), ids=VALUES)
def test_value(text: str, expected: str | None) -> None:
    word = first_word(text)
    if text != VALUES["lone dollar"][0]:
        assert word.raw == text
        assert word.value == expected


@needs_bash
def test_value_is_what_bash_passes_on() -> None:
    raws = [raw for raw, value in VALUES.values() if value is not None]
    script = "set -f +B\n" + "".join(f"printf '%s\\0' {raw}\n" for raw in raws)
    assert BASH
    run = subprocess.run(
        [BASH, "-c", script], capture_output=True, check=True, env={"LC_ALL": "C.UTF-8"}
    )
    assert run.stdout.decode().split("\0")[:-1] == [first_word(raw).value for raw in raws]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        pytest.param('"a $b"', "a $b", id="variable"),
        pytest.param("'a'$(b 'c d')\"$(e \"f\")\"", "a$(b 'c d')$(e \"f\")", id="substitutions"),
        pytest.param("\"${a:-'b'}\"'c'", "${a:-'b'}c", id="parameter"),
        pytest.param("$((a + 'b'))\"x\"", "$((a + 'b'))x", id="arithmetic"),
        pytest.param("`b \"c\"`'d'", '`b "c"`d', id="backticks"),
        pytest.param("a[1 + 'b']='c'", "a[1 + 'b']=c", id="subscript"),
    ],
)
def test_text_keeps_expansions(raw: str, text: str) -> None:
    word = first_word(raw)
    assert (word.raw, word.text, word.value) == (raw, text, None)


def test_name_and_args() -> None:
    (command,) = walk(parse("A=1 'np'm run \"$x\" -- --a=b >f"))
    assert (command.name, command.args) == ("npm", ["run", None, "--", "--a=b"])
    (command,) = walk(parse("$x y"))
    assert (command.name, command.args) == (None, ["y"])
    (command,) = walk(parse("A=1"))
    assert (command.name, command.args) == (None, [])


def test_walk_reaches_every_command() -> None:
    text = """
    if a1; then a2 | a3; elif a4; then a5; else a6; fi
    for x in $(b1); do a7; done < <(b2); while a8; do a9; done
    case $(b3) in x) a10;; esac; f() { a11; }; ( a12 ) && { ! a13; } || coproc a14
    [[ $(b4) ]] ; (( $(b5) )) ; a15 "${x:-`b6 "$(b7)"`}" <<E
    $(b8)
E
    """.replace("\n    $", "\n$")
    names = [command.name for command in walk(parse(text))]
    assert sorted(name for name in names if name) == sorted(
        [f"a{n}" for n in range(1, 16)] + [f"b{n}" for n in range(1, 9)]
    )
    outside = [command.name for command in walk(parse(text), substitutions=False)]
    assert outside == [f"a{n}" for n in range(1, 16)]


def test_find_gives_any_kind_of_node() -> None:
    script = parse("a || b && $(c || d)")
    assert [p.connector for p in find(script, shell.Pipeline)] == ["", "||", "&&", "", "||"]
    assert [p.connector for p in find(script, shell.Pipeline, False)] == ["", "||", "&&"]


def test_places() -> None:
    text = "a && b|| c | d &\ne <<E || f\n$(g)\nE\n"
    script = parse(text)
    pipelines = list(find(script, shell.Pipeline, substitutions=False))
    assert [p.connector_start for p in pipelines if p.connector] == [2, 6, 23]
    assert pipelines[2].pipes == [11]
    assert [(item.terminator, item.terminator_start) for item in script.items] == [
        ("&", 15),
        ("\n", 27),
    ]
    (heredoc,) = find(script, shell.Heredoc)
    assert (heredoc.start, heredoc.end, heredoc.quoted) == (28, 33, False)
    assert [text[c.start : c.end] for c in walk(script)] == ["a", "b", "c", "d", "e <<E", "g", "f"]


def test_start() -> None:
    text = "RUN a $(b) `c \\`d\\``"
    script = parse(text, 4)
    assert (script.start, script.end) == (4, len(text))
    assert [text[c.start : c.end] for c in walk(script)] == [
        "a $(b) `c \\`d\\``",
        "b",
        "c \\`d\\`",
        "d",
    ]
    with pytest.raises(ShellError) as caught:
        parse("RUN a 'b", 4)
    assert caught.value.offset == 6


@sample
def test_every_place_reads_as_its_node_again(path: Path) -> None:
    text = path.read_text()
    nodes = [node for node in find(parse(text), tuple) if hasattr(node, "start")]
    escaped = [(match.start, match.end) for match in find(parse(text), Word) if "\\`" in match.raw]
    for node in nodes:
        written = text[node.start : node.end]
        assert 0 <= node.start <= node.end <= len(text)
        if any(start < node.start < end for start, end in escaped):
            continue
        if isinstance(node, Word | shell.Heredoc):
            assert node.raw == written
        elif isinstance(node, shell.Node | shell.Pipeline) and "<<" not in written:
            (item,) = parse(written).items
            (pipeline,) = item.pipelines
            again = pipeline if isinstance(node, shell.Pipeline) else pipeline.commands[0]
            assert show(again) == show(node).removeprefix("&& ").removeprefix("|| ")


@sample
def test_line_ends_of_windows_change_nothing(path: Path) -> None:
    text = path.read_text()
    windows = show(parse(text.replace("\n", "\r\n")))
    assert windows.replace("\r", "").replace("\\r", "") == show(parse(text))


def bash_accepts(text: str) -> bool:
    assert BASH
    run = subprocess.run(
        [BASH, "-O", "extglob", "-n"], input=text.encode(), capture_output=True, check=False
    )
    return run.returncode == 0


def accepts(text: str) -> bool:
    try:
        parse(text)
    except ShellError:
        return False
    return True


@needs_bash
@sample
def test_agrees_with_bash(path: Path) -> None:
    """The samples are read, and bash and the parser refuse the same ones of their parts."""
    lines = path.read_text().splitlines(keepends=True)
    assert accepts("".join(lines))
    parts = ["".join(lines[:at] + lines[at + 1 :]) for at in range(len(lines))]
    parts += ["".join(lines[:at]) for at in range(len(lines))]
    ours = {part: accepts(part) for part in parts}
    assert ours == {part: bash_accepts(part) for part in parts}


@pytest.mark.parametrize("name", ["ci.sh", "entrypoint.sh"])
def test_counts_the_connectors_of_tree_sitter(name: str) -> None:
    tree_sitter = pytest.importorskip("tree_sitter")
    language = tree_sitter.Language(pytest.importorskip("tree_sitter_bash").language())
    (text,) = [path.read_text() for path in SAMPLES if path.name == name]
    tree = tree_sitter.Parser(language).parse(text.encode())
    theirs: Counter[str] = Counter()
    nodes = [tree.root_node]
    while nodes:
        node = nodes.pop()
        if node.type in ("list", "pipeline"):
            theirs.update(child.type for child in node.children if child.type in ("&&", "||", "|"))
        nodes.extend(node.children)
    ours: Counter[str] = Counter()
    for pipeline in find(parse(text), shell.Pipeline):
        ours.update([pipeline.connector] * bool(pipeline.connector) + ["|"] * len(pipeline.pipes))
    assert ours == theirs
    assert not tree.root_node.has_error


HOSTILE: dict[str, Callable[[int], str]] = {
    "subshells": lambda n: "(" * n,
    "closed subshells": lambda n: "((x);y);" * (n // 8),
    "substitutions": lambda n: "$(" * (n // 2),
    "arithmetic": lambda n: "$((" * (n // 3),
    "arithmetic that is none": lambda n: "$((a);b) " * (n // 9),
    "arithmetic in quotes": lambda n: '(("$((' * (n // 6),
    "double quotes": lambda n: '"' * (n + 1),
    "quotes by turns": lambda n: "\"'" * (n // 2),
    "variables in a quote": lambda n: '"' + "$a" * (n // 2) + "`",
    "dollars in a quote": lambda n: '"' + "$" * n + "`",
    "escapes in a quote": lambda n: '"' + "\\a" * (n // 2) + "$(",
    "backticks": lambda n: "`" * n,
    "escaped backticks": lambda n: "`\\" * (n // 2),
    "backslashes": lambda n: "`" + "\\" * n + "`",
    "connectors": lambda n: "a" + "||a" * (n // 3),
    "connectors only": lambda n: "||" * (n // 2),
    "pipes": lambda n: "a" + "|a" * (n // 2),
    "terminators": lambda n: "a;" * (n // 2),
    "here-documents": lambda n: "a <<A <<B " * (n // 20) + "\n" + "A\nB\n" * (n // 8),
    "unread here-documents": lambda n: "a <<A\n$(b)\n" * (n // 11),
    "here-document of substitutions": lambda n: "a <<A\n" + "$(" * (n // 2),
    "nested here-documents": lambda n: "$(a <<A\n" * (n // 8),
    "continuations": lambda n: "\\\n" * (n // 2),
    "continued words": lambda n: "a\\\n" * (n // 3),
    "blanks": lambda n: "{ a;}" + " " * n + "b",
    "blank lines": lambda n: "a" + " \\\n\t" * (n // 4) + "(",
    "carriage returns": lambda n: "\r" * n,
    "parameters": lambda n: "${" * (n // 2),
    "quoted parameters": lambda n: '"${' * (n // 3),
    "elif": lambda n: "if a;then b;" + "elif a;then b;" * (n // 14) + "fi",
    "case": lambda n: "case a in " + "a)b;;" * (n // 5) + "esac",
    "patterns": lambda n: "case a in " + "a|" * (n // 2),
    "test": lambda n: "[[ " + "( " * (n // 2),
    "regular expression": lambda n: "[[ a =~ " + "(|" * (n // 2),
    "subscripts": lambda n: "a[" * (n // 2),
    "subscripts and assignments": lambda n: "a[" + "]=" * (n // 2) + "(",
    "arrays": lambda n: "a=(x) " * (n // 6),
    "open arrays": lambda n: "a=(" * (n // 3),
    "extended patterns": lambda n: "@(a)" * (n // 4),
    "functions": lambda n: "f() " * (n // 4),
    "negations": lambda n: "! " * (n // 2),
    "redirections": lambda n: "2>&1 " * (n // 5),
    "quotes of C": lambda n: "$'\\'" * (n // 4),
    "digits": lambda n: "1" * n + ">",
    "expressions": lambda n: "${{" * (n // 3),
    "expressions with quotes": lambda n: "${{'" * (n // 4),
}


def calls(text: str) -> int:
    """How many functions are called to read the text."""
    count = 0

    def profile(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        accepts(mask(text))
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_linearly(make: Callable[[int], str]) -> None:
    few, many = calls(make(2_000)), calls(make(8_000))
    assert many <= few * 5 + 1_000
    if many < 8_000:  # the work is that of regular expressions, which are not counted
        start = time.process_time()
        accepts(mask(make(200_000)))
        assert time.process_time() - start < HANGS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a ${{ b }} c", "a ________ c", id="expression"),
        pytest.param("${{ a || 'b' }}|| c", "_______________|| c", id="connector"),
        pytest.param("${{ a\n}}b", "_____\n__b", id="newline"),
        pytest.param("${{ '}}' }}a", "___________a", id="brackets in a string"),
        pytest.param("${{ 'it''s' }}a", "______________a", id="quote in a string"),
        pytest.param("${{a}}${{b}}", "____________", id="two"),
        pytest.param("${a} $(b) {{ c }}", "${a} $(b) {{ c }}", id="none"),
        pytest.param("${{a}} ${{ b", "______ ${{ b", id="unclosed"),
    ],
)
def test_mask(text: str, expected: str) -> None:
    assert mask(text) == expected
