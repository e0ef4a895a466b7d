"""YAML: the same structure as PyYAML, the place of every character, and no input that hurts."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml as pyyaml

from conftest import HANGS
from prodlint.core import yaml
from prodlint.core.source import Source, decode
from prodlint.core.yaml import Mapping, Node, Scalar, Sequence, Yaml
from prodlint.core.yaml import reader as yaml_reader

SAMPLES = sorted((Path(__file__).parent / "data" / "yaml").glob("*.yaml"))


@pytest.fixture(params=["libyaml", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "python":
        monkeypatch.setattr(yaml_reader, "PARSER", pyyaml.BaseLoader)
    elif not pyyaml.__with_libyaml__:
        pytest.skip("no libyaml")


def load(text: str) -> Yaml:
    return yaml.load(Source("a.yaml", text))


def one(text: str) -> Node:
    """The only document of a text without faults."""
    document, *others = clean(text)
    assert not others
    return document


def clean(text: str) -> list[Node]:
    loaded = load(text)
    assert not loaded.faults
    return loaded.documents


def values(text: str) -> object:
    return yaml.to_python(one(text))


def faults(text: str) -> list[tuple[int, int, str]]:
    return [(fault.span.line, fault.span.column, fault.message) for fault in load(text).faults]


def scalars(node: Node) -> Iterator[Scalar]:
    """Every scalar, keys included, at its own place."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node:
            yield from scalars(item)
    elif isinstance(node, Mapping):
        for key, value in node.pairs():
            yield key
            yield from scalars(value)


def assert_exact(scalar: Scalar) -> None:
    assert scalar.exact or not scalar.text
    end = scalar.start
    for index, character in enumerate(scalar.text):
        span = scalar.at(index, index + 1)
        assert end <= span.start < span.end
        end = span.end
        if span.text in ("\n", "\r\n"):
            assert character in " \n"
        elif scalar.style in ("'", '"') and span.text != character:
            quoted = span.text if scalar.style == '"' else f"'{span.text}'"
            assert pyyaml.safe_load(quoted if quoted[0] == "'" else f'"{quoted}"') == character
        else:
            assert span.text == character


def same(node: Node, other: pyyaml.Node) -> bool:
    """Whether a node says the same as the node of PyYAML, merges aside."""
    if isinstance(node, Scalar):
        return isinstance(other, pyyaml.ScalarNode) and (
            (node.text, node.style) == (other.value, other.style or "")
        )
    if isinstance(node, Sequence):
        return isinstance(other, pyyaml.SequenceNode) and all(
            same(item, theirs) for item, theirs in zip(node, other.value, strict=True)
        )
    assert isinstance(node, Mapping)
    own = [(key, value) for key, value in node.pairs() if not node.merged(key.text)]
    theirs = [pair for pair in other.value if pair[0].tag != "tag:yaml.org,2002:merge"]
    return isinstance(other, pyyaml.MappingNode) and all(
        same(key, theirs[0]) and same(value, theirs[1])
        for (key, value), theirs in zip(own, theirs, strict=True)
    )


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_read_as_by_pyyaml_and_every_character_has_its_place(
    path: Path, newline: str
) -> None:
    text = path.read_text(encoding="utf-8").replace("\n", newline)
    documents = clean(text)
    theirs = list(pyyaml.compose_all(text, Loader=pyyaml.SafeLoader))
    assert len(documents) == len(theirs)
    assert all(same(*pair) for pair in zip(documents, theirs, strict=True))
    found = [scalar for document in documents for scalar in scalars(document)]
    assert len(found) > 10
    for scalar in found:
        assert_exact(scalar)
        span = scalar.span.text
        if not scalar.style and newline not in span:
            assert span == scalar.text
        elif scalar.style in ("'", '"'):
            assert span[0] == span[-1] == scalar.style
        elif scalar.style:
            assert span[0] == scalar.style


def test_values_are_those_of_pyyaml_where_the_versions_of_yaml_agree() -> None:
    text = SAMPLES[0].read_text(encoding="utf-8")
    text = text.replace("!override", "").replace("!reset", "").replace("2222:22", "'2222:22'")
    assert values(text.replace("DEBUG: no", "DEBUG: false")) == pyyaml.safe_load(text)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r", "\x85"])
@pytest.mark.parametrize(
    "text",
    [
        "a: b",
        "a: b  c\n  d\n\n   e # f\n",
        "a: &x !!str b\n  c",
        "- 'it''s'\n- ' a  \n\n  b '\n- ''",
        r'- "\"\\\/\0\a\b\t\n\v\f\r\e\ \N\_\L\P\x41\u263a\U0001F600 \u0065 é 😀"',
        '- "a\tb \t\n\n  c\\\n   d\\n\\\n\n  \\  e \\\n"',
        '- "\n a\n "',
        "- |\n a\n\n  b\n \n c\n\n",
        "- |+ # +\n a\n\n\n- |-\n a\n\n- |\n\n\n  a",
        "- >\n a\n b\n\n c\n\n\n d\n  e\n  f\n\n g\n \ti\n h\n\n\n",
        "- >+2\n    a\n   b\n   c\n\n- >2-\n\n   \n    a\n   b",
        "- - |1\n    a\n\n   b",
        "a: |\n  \n  \nb: >+\n\n\nc: |-\n",
        "- |2\n    \n  \n- >+\n  \n",
        "--- |\n a\n...\n--- >-\n é\n 😀\n",
        "[a\n b, 'c\n d', \"e\n f\"]",
    ],
)
def test_every_character_of_every_style(text: str, break_: str) -> None:
    for document in clean(text.replace("\n", break_)):
        for scalar in scalars(document):
            assert scalar.exact or not scalar.text
            for index, character in enumerate(scalar.text):
                span = scalar.at(index, index + 1)
                if span.text == break_:
                    assert character in " \n"
                elif span.text != character and scalar.style == "'":
                    assert span.text == "''"
                elif span.text != character:
                    assert pyyaml.safe_load(f'"{span.text}"') == character


def test_a_range_of_characters() -> None:
    script = yaml.find(one("run: |\n  make\n  test || true\n"), "run")
    assert isinstance(script, Scalar)
    assert script.text == "make\ntest || true\n"
    assert script.at(5, 9).text == "test"
    assert script.at(0, 9).text == "make\n  test"
    assert script.at(10, 12).line == 3
    assert script.at(10, 12).column == 8
    assert script.at(5, 5)[1:] == (16, 16)
    assert script.at(18, 18)[1:] == (29, 29)
    assert script.at(-5, 500).text == "make\n  test || true\n"
    empty = yaml.find(one("a: ''"), "a")
    assert isinstance(empty, Scalar)
    assert empty.at(0, 0)[1:] == (4, 4)


def test_a_scalar_that_cannot_be_traced_falls_back_to_its_span() -> None:
    scalar = one("'a b'")
    assert isinstance(scalar, Scalar)
    scalar.text = "something else"
    assert not scalar.exact
    assert scalar.at(3, 4) == scalar.span


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[(word, word) for word in ("yes", "no", "on", "off", "y", "=", "<<", "nUll", "a")],
        *[
            (word, word)
            for word in ("22:22", "1_000", "2024-01-31", "0b1", "1.2.3", "0x", "+", ".")
        ],
        *[(word, None) for word in ("", "~", "null", "Null", "NULL")],
        *[(word, True) for word in ("true", "True", "TRUE")],
        *[(word, False) for word in ("false", "False", "FALSE")],
        *[("017", 17), ("0o17", 15), ("0x1F", 31), ("-5", -5), ("+5", 5), ("0", 0)],
        *[("1e3", 1000.0), (".5", 0.5), ("1.", 1.0), ("-1.5E-2", -0.015), ("-.inf", -float("inf"))],
        *[("'1'", "1"), ('"true"', "true"), ("!!str 1", "1"), ("! 1", 1), ("!x 1", 1)],
        *[("!!int '1'", 1), ("!!str", ""), ("9" * 5000, "9" * 5000)],
    ],
)
def test_scalars_are_resolved_as_in_yaml_1_2(text: str, value: object) -> None:
    result = values(f"- {text}")
    assert result == [value]
    assert isinstance(result, list)
    assert type(result[0]) is type(value)


def test_not_a_number() -> None:
    assert str(values(".NaN")) == str(values(".nan")) == "nan"


def test_a_file_is_any_number_of_documents() -> None:
    assert clean("") == clean("# nothing\n") == clean("\n\n") == []
    assert [yaml.to_python(node) for node in clean("a: 1\n---\n- b\n---\n")] == [
        {"a": 1},
        ["b"],
        None,
    ]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("a:\n  b: 1\n  c: 2 # d\n\n\ne: 3", "b: 1\n  c: 2"),
        ("a: &x\n  # c\n  b: 1\n\n", "b: 1"),
        ("a: !t &x # c\n  - b\n  - c:\n\n", "- b\n  - c:"),
        ("a:\n- b\n- \n\n# c\nd: 1", "- b\n-"),
        ("a: {b: [c, d] } # e", "{b: [c, d] }"),
        ("a: !t {}", "{}"),
        ("a: [b: c , d]", "[b: c , d]"),
        ("a:\n  b: |\n    c\n\n\nd: 1", "b: |\n    c"),
        ("x: &x 1\na:\n  b: *x\n\nd: 1", "b: *x"),
        ("a:\n  ? b\n  ? c\n\nd: 1", "? b\n  ? c"),
        ("a: &x 'b' # c", "'b'"),
        ("a: !reset\nb: 1", ""),
        ("a:\nb: 1", ""),
    ],
)
def test_a_span_is_the_text_of_a_node(text: str, span: str) -> None:
    node = yaml.find(one(text), "a")
    assert node is not None
    assert node.span.text == span


def test_tags_and_anchors_are_kept() -> None:
    node = one("a: !reset null\nb: !reference [x, y]\nc: !!map {}\nd: &x\n  e: 1\nf: !Ref &y z")
    tags = [(value.tag, value.anchor) for _, value in yaml.mapping(node).items()]
    assert tags == [("!reset", ""), ("!reference", ""), ("!!map", ""), ("", "x"), ("!Ref", "y")]


@pytest.mark.usefixtures("parser")
def test_offsets_count_characters() -> None:
    source = decode("a.yaml", "\ufeffa: 😀 ğ\u2028b: 'ş👋'\n".encode())
    loaded = yaml.load(source)
    assert not loaded.faults
    value = yaml.find(loaded.documents[0], "b")
    assert isinstance(value, Scalar)
    assert value.span.text == "'ş👋'"
    assert value.at(1, 2).text == "👋"
    assert value.span.line == 1


def test_an_alias_is_its_anchor_at_another_place() -> None:
    root = yaml.mapping(one("a: &x {b: 1}\nc: *x\nd: [*x, &y 2, *y]\n"))
    node = root.get("c")
    assert isinstance(node, Mapping)
    assert node.span.text == "{b: 1}"
    assert node.alias
    assert node.alias.text == "*x"
    assert node.place.line == 2
    target = root.get("a")
    assert target
    assert target.alias is None
    assert target.place == target.span
    assert yaml.find(node, "b") is yaml.find(target, "b")
    assert [item.place.text for item in yaml.sequence(root.get("d"))] == ["*x", "2", "*y"]
    assert values("- &a 1\n- *a\n- &a 2\n- *a") == [1, 1, 2, 2]


def test_merges() -> None:
    text = (
        "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\n"
        "c:\n  x: 3\n  <<: *a\nd:\n  <<: [*b, *a]\n  w: 4\ne: {<<: {x: 5}}\nf: {'<<': 6}\n"
    )
    root = yaml.mapping(one(text))
    assert yaml.to_python(root) == {
        "a": {"x": 1, "y": 1},
        "b": {"y": 2, "z": 2},
        "c": {"x": 3, "y": 1},
        "d": {"w": 4, "y": 2, "z": 2, "x": 1},
        "e": {"x": 5},
        "f": {"<<": 6},
    }
    node = yaml.mapping(root.get("d"))
    assert list(node) == ["w", "y", "z", "x"]
    merged = node.merged("x")
    assert merged
    assert (merged.line, merged.text) == (7, "<<")
    assert node.merged("w") is None
    key = node.key("x")
    assert key
    assert key.span.line == 1


def test_what_a_key_of_its_own_hides() -> None:
    text = "a: &a {x: {y: 1}, z: 1}\nb: &b {x: 2}\nc: {x: 3, <<: [*b, *a]}\nd: {z: 4, <<: *a}\n"
    root = yaml.mapping(one(text))
    c, d = yaml.mapping(root.get("c")), yaml.mapping(root.get("d"))

    assert yaml.text(c.hidden("x")) == "2"
    assert (c.hidden("z"), d.hidden("x"), root.hidden("a")) == (None, None, None)
    assert yaml.text(yaml.mapping(root.get("d")).hidden("z")) == "1"


def test_a_mapping() -> None:
    node = yaml.mapping(one("b: 1\na:\n1: one\n~: nothing\n"))
    assert list(node) == ["b", "a", "1", "~"]
    assert len(node) == 4
    assert "a" in node
    assert "c" not in node
    assert node.get("c") is None
    assert node.key("c") is None
    assert [(key.span.line, value.text) for key, value in node.pairs()] == [
        (1, "1"),
        (2, ""),
        (3, "one"),
        (4, "nothing"),
    ]
    assert repr(node) == "<Mapping a.yaml:1>"


def test_wrong_types_are_empty() -> None:
    root = one("a: {b: {c: 1}}\nd: [x, y]\ne:\nf: 3.10\n")
    get = yaml.mapping(root).get
    assert yaml.text(yaml.find(root, "a", "b", "c")) == "1"
    assert yaml.find(root, "a", "x", "c") is None
    assert yaml.find(root, "d", "x") is None
    assert yaml.find(None, "a") is None
    assert list(yaml.mapping(get("d"))) == list(yaml.mapping(None)) == []
    assert yaml.sequence(get("a")) == yaml.sequence(None) == []
    assert [yaml.text(item) for item in yaml.sequence(get("d"))] == ["x", "y"]
    assert yaml.text(get("f")) == "3.10"
    assert yaml.text(get("e")) is yaml.text(get("a")) is yaml.text(None) is None


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (["a", 1, "b"], "2"),
        (["a", 1, "c"], "b: 2"),
        (["a", 7], "[1, {b: 2}]"),
        (["a", "b"], "[1, {b: 2}]"),
        (["a", 0, "b"], "1"),
        ([], "a: [1, {b: 2}]"),
    ],
)
def test_the_path_of_a_schema_error_leads_as_far_as_it_exists(
    path: list[str | int], text: str
) -> None:
    assert yaml.at(one("a: [1, {b: 2}]"), path).span.text.strip("{}") == text


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("a: b: c", 1, 5, "a second `: ` in one value"),
        ("- run: npm test || :\n", 1, 20, "a second `: ` in one value"),
        ("a: 1\n b: 2", 2, 2, "a key that does not fit the line above"),
        ("a:b\nc: d\n", 2, 1, "a key that does not fit the line above"),
        ("a:\n  b: 1\n c: 2", 3, 2, "this line does not fit the block that begins on line 1"),
        ("a: 'it's'", 1, 8, "text after the end of the value"),
        ("{a: b} c", 1, 8, "text after the end of the value"),
        ("a:\n \tb: 1", 2, 1, "a tab in the indentation"),
        ("a: b\n\n\tc: 1", 3, 1, "a tab in the indentation"),
        ("a: [1, 2\nb: 3", 1, 4, "this list lacks its closing `]`, or a `,` between two items"),
        ("a: {b: 1\n", 1, 4, "this mapping lacks its closing `}`, or a `,` between two keys"),
        ("a:\n  b: 'x\nc: 1\n", 2, 6, "the quote that opens here is never closed"),
        ('a: "\\."', 1, 5, "this backslash begins no escape that YAML knows"),
        ("a: @b", 1, 4, "a value cannot begin with this character"),
        ("a: ]", 1, 4, "a value cannot begin with this character"),
        (
            "a: *.js",
            1,
            4,
            "`&` and `*` begin an anchor or an alias, and this is no name for one",
        ),
        ("a: - b", 1, 4, "a list cannot begin on the line of its key"),
        ("a: 1\nb\n", 2, 1, "neither `key: value` nor a list item"),
        ("- a\nb: 1", 2, 1, "this line stands inside a list, but is no list item"),
        ("a: |b\n", 1, 4, "after `|` or `>` only `+`, `-` and a digit from 1 to 9 may stand"),
        ("a: !b!c d", 1, 4, "`!` begins a tag, and this is no name for one"),
        ("a: 1\n...\nb: 1", 3, 1, "the document has ended above this line"),
        ("%YAML 3.0\n---\n", 1, 1, "`%` begins a directive that is not known"),
        ("a: ? b", 1, 4, "a value cannot begin with `? `"),
        ("a: b\nc: \x01", 2, 4, "a control character (U+0001), which YAML forbids"),
        ("a: \ud800", 1, 4, "a control character (U+D800), which YAML forbids"),
        ("a: 1\n<<<<<<< x\nb: 1\n=======\nb: 2\n", 2, 1, "an unresolved merge conflict"),
        ("a:\n  b: 1\r\n=======\r\n  c: 2\r\n", 3, 1, "an unresolved merge conflict"),
        ("a: 1\na: 2", 2, 1, 'the key "a" is written twice: also on line 1'),
        ("x: &x {}\na:\n  <<: *x\n  <<: *x", 4, 3, "`<<` is written twice: also on line 3"),
        ("a:\n  <<: 1", 2, 7, "`<<` takes in mappings, and this is none"),
        ("a:\n  <<: [{}, b]", 2, 12, "`<<` takes in mappings, and this is none"),
        ("a: 1\n<<: *x", 2, 5, "no &x stands above *x"),
        ("a: &x [1, *x]", 1, 11, "*x stands inside &x itself"),
        ("a: {[b]: 1}", 1, 5, "a key that is no text"),
    ],
)
def test_faults(text: str, line: int, column: int, message: str) -> None:
    if not text.isascii() or "\\" in text:  # the Python parser shows the character after it
        assert [fault[2] for fault in faults(text)] == [message]
    else:
        assert faults(text) == [(line, column, message)]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("{% if x %}\na: 1\n{% endif %}\n", 1, 1),
        ("a: 1\n{{- if x }}\nb: 1\n", 2, 1),
        ("{{ if x }}\na: b\n{{ end }}\n", 1, 1),
        ("a: 1\nb: {{ cookiecutter.b }}\n", 2, 4),
        ("a: 1\nb: {{ x }}-{{ y }}\n", 2, 4),
        ("a:\n  - {{ x }}: 1\n", 2, 5),
        ("a: {# comment #}\n", 1, 4),
    ],
)
def test_a_template_is_called_a_template(text: str, line: int, column: int) -> None:
    loaded = load(text)
    assert loaded.template
    (fault,) = loaded.faults
    assert (fault.span.line, fault.span.column) == (line, column)


@pytest.mark.parametrize("text", ["a: ${{ x }}\n", "a: '{{ x }}'\n", "a: x{{ y }}\n", "a: 1\nb"])
def test_what_is_no_template(text: str) -> None:
    assert not load(text).template


def test_what_was_complete_before_a_syntax_error_is_kept() -> None:
    loaded = load("a: 1\n---\nb: 2\n---\nc: [\n")
    assert [yaml.to_python(node) for node in loaded.documents] == [{"a": 1}, {"b": 2}]
    assert len(loaded.faults) == 1


def test_after_a_duplicate_the_last_counts_and_reading_goes_on() -> None:
    loaded = load("a: 1\nb: *x\na: {c: 1, c: 2}\n")
    assert yaml.to_python(loaded.documents[0]) == {"a": {"c": 2}, "b": None}
    assert len(loaded.faults) == 3
    assert "…" in load(f"{'k' * 100}: 1\n" * 2).faults[0].message
    assert len(load("a: 1\n" * 1000).faults) == 100


LAUGHS = "a0: &a0 [x, x]\n" + "".join(
    f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 12)
)
MERGES = "a0: &a0 {x: 1}\n" + "".join(
    f"a{level}: &a{level} {{<<: [{', '.join([f'*a{level - 1}'] * 9)}], k{level}: 1}}\n"
    for level in range(1, 12)
)
CHAIN = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 2000))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[" * 100_000, "deep"),
        ("[\n" * 100_000, "deep"),
        ("{a: " * 50_000, "deep"),
        ("- " * 100_000, "deep"),
        ("? " * 100_000, "deep"),
        ("&a [" * 50_000, "deep"),
        ("".join(" " * n + "a:\n" for n in range(1900)), "deep"),
        (CHAIN, "deep"),
        (LAUGHS, "200,000"),
        (MERGES, "200,000"),
        ("[" + "a," * 1_000_000 + "]", "200,000"),
        ("---\n" * 500_000, "200,000"),
        ("".join(f"%TAG !a{n}! x\n" for n in range(100_000)) + "---\na\n", "%TAG"),
        ("a: 1\n" * 90_000, "twice"),
        ("x: &x {}\n" + "<<: *x\n" * 60_000, "twice"),
        ("- *x\n" * 90_000, "no &x"),
        ("{{ a }}: 1\n" * 180_000, "template"),
        ("<<<<<<< \n" * 200_000, ""),
        ("\n".join(f"- &a{n} x" for n in range(150_000)), ""),
        ("a: &x # " + "# x\n" * 500_000 + "  b", ""),
        ("a: " + "b\n " * 600_000, ""),
        ("a: >\n" + " b\n" * 600_000 + "\n" * 100_000, ""),
        ("a: " + "'" * 2_000_000, ""),
        ("#\n" * 1_000_000, ""),
    ],
)
def test_no_input_takes_long(text: str, message: str) -> None:
    start = time.process_time()
    loaded = load(text)
    for document in loaded.documents[:1]:
        yaml.to_python(document)
    assert time.process_time() - start < HANGS
    assert any(message in fault.message for fault in loaded.faults) or not message


@pytest.mark.parametrize("depth", [63, 64, 65])
def test_the_deepest_nesting(depth: int) -> None:
    assert bool(load("[" * depth + "]" * depth).faults) is (depth > 64)
    half = "&x " + "[" * 30 + "]" * 30
    aliased = f"- {half}\n- {'[' * (depth - 31)}*x{']' * (depth - 31)}\n"
    assert bool(load(aliased).faults) is (depth > 64)


def test_aliases_of_modest_size_are_shared() -> None:
    text = "a: &a [1, 2]\nb: &b [*a, *a]\nc: [*b, *b, *b]\n"
    assert values(text) == pyyaml.safe_load(text)


def test_pyyaml_compiles_a_pattern_when_it_is_used() -> None:
    code = (
        "import sys, re; sys.path[:0] = [sys.argv[1]]\n"
        "import prodlint.core.yaml, yaml\n"
        "assert not isinstance(yaml.reader.Reader.NON_PRINTABLE, re.Pattern)\n"
        "assert isinstance(re.compile('a'), re.Pattern)\n"
        "print(*yaml.load('[2001-12-14, 1.5, no, a]', yaml.SafeLoader))"
    )
    package = Path(yaml.__file__).parents[3]

    done = subprocess.run(
        [sys.executable, "-I", "-c", code, str(package)],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )

    assert done.stdout == "2001-12-14 1.5 False a\n"
