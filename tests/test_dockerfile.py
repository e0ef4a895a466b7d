"""Dockerfiles as BuildKit reads them, and what the model makes of them."""

import re
import time
from pathlib import Path

import pytest

from conftest import HANGS, ROOT, Lint, write
from prodlint import dockerfile as hook
from prodlint.core import NO, UNKNOWN, YES
from prodlint.core.config import Config
from prodlint.core.project import Project
from prodlint.core.source import Source, decode
from prodlint.dockerfile.instruction import Instruction
from prodlint.dockerfile.lexer import BadWord, Unresolved, expand
from prodlint.dockerfile.model import Dockerfile
from prodlint.dockerfile.words import split_quoted

SAMPLES = sorted((ROOT / "tests" / "data" / "dockerfile").glob("*.Dockerfile"))


def read(text: str, path: str = "Dockerfile") -> Dockerfile:
    return Dockerfile(decode(path, text.encode()), Project("/nowhere", Config()))


def shown(document: Dockerfile) -> list[tuple[str, str, int, int]]:
    return [(one.keyword, one.value, one.line, one.end_line) for one in document.instructions]


def message(text: str) -> str:
    return "; ".join(fault.message for fault in read(text).faults)


# --- reading, class by class -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "FROM a\nRUN <<E\nUSER root\nE\nUSER b\n",
            [("FROM", "a", 1, 1), ("RUN", "<<E", 2, 4), ("USER", "b", 5, 5)],
            id="a here-document",
        ),
        pytest.param(
            "RUN <<-E cat\n\tUSER x\n\tE\nUSER b",
            [("RUN", "<<-E cat", 1, 3), ("USER", "b", 4, 4)],
            id="tabs before its delimiter",
        ),
        pytest.param(
            "COPY <<'A' <<\"B\" /x/\n1\nA\n2\nB\nUSER b",
            [("COPY", "<<'A' <<\"B\" /x/", 1, 5), ("USER", "b", 6, 6)],
            id="two of them, quoted",
        ),
        pytest.param(
            "RUN cat 3<<A\nFROM x\nA\nUSER b",
            [("RUN", "cat 3<<A", 1, 3), ("USER", "b", 4, 4)],
            id="a number before it",
        ),
        pytest.param(
            "ONBUILD RUN <<A\nFROM x\nA\nUSER b",
            [("ONBUILD", "RUN <<A", 1, 3), ("USER", "b", 4, 4)],
            id="behind ONBUILD",
        ),
        pytest.param(
            'RUN cat <<< a && echo $((1<<2)) "<<B"\nRUN ["cat", "<<C"]\nENV A=<<D',
            [
                ("RUN", 'cat <<< a && echo $((1<<2)) "<<B"', 1, 1),
                ("RUN", '["cat", "<<C"]', 2, 2),
                ("ENV", "A=<<D", 3, 3),
            ],
            id="what is no here-document",
        ),
        pytest.param(
            "RUN x \\\n\n y\nUSER b",
            [("RUN", "x  y", 1, 3), ("USER", "b", 4, 4)],
            id="a blank line in a continuation",
        ),
        pytest.param(
            "RUN echo \\\\\nUSER a\nRUN echo \\\\\\\nUSER b",
            [
                ("RUN", "echo \\\\", 1, 1),
                ("USER", "a", 2, 2),
                ("RUN", "echo \\\\\\", 3, 3),
                ("USER", "b", 4, 4),
            ],
            id="two backslashes are no continuation",
        ),
        pytest.param(
            "USER app \\", [("USER", "app", 1, 1)], id="a backslash at the end of the file"
        ),
        pytest.param(
            "FROM a\nCMD", [("FROM", "a", 1, 1), ("CMD", "", 2, 2)], id="no arguments at the end"
        ),
        pytest.param("\ufeffFROM a\n", [("FROM", "a", 1, 1)], id="a byte order mark"),
        pytest.param(
            "# check=skip=all\n# escape=`\nFROM a\nRUN x `\n y\\\nUSER b",
            [("FROM", "a", 3, 3), ("RUN", "x  y\\", 4, 5), ("USER", "b", 6, 6)],
            id="the directive check before escape",
        ),
        pytest.param(
            "# a comment\n# escape=`\nFROM a\nRUN x \\\n y",
            [("FROM", "a", 3, 3), ("RUN", "x  y", 4, 5)],
            id="a comment ends the directives",
        ),
        pytest.param("US\\\nER app", [("USER", "app", 1, 2)], id="a keyword in two pieces"),
        pytest.param("\\\nUSER app\n", [("USER", "app", 1, 2)], id="a line that only continues"),
        pytest.param(
            "RUN x \\\n  # one \\\n\t# two\n  y\n",
            [("RUN", "x   y", 1, 4)],
            id="comments in a continuation",
        ),
        pytest.param(
            "from a\r\n\trun x \\  \r\n y\r\n",
            [("FROM", "a", 1, 1), ("RUN", "x  y", 2, 3)],
            id="CRLF, lower case, tabs, blanks behind the backslash",
        ),
        pytest.param(
            "RUN x # y", [("RUN", "x # y", 1, 1)], id="a comment behind an argument is none"
        ),
    ],
)
def test_reads_as_buildkit_does(text: str, expected: list[tuple[str, str, int, int]]) -> None:
    document = read(text)

    assert shown(document) == expected
    assert document.instructions[0].source.text == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FROM a\nUSER\u00a0app", "a no-break space stands behind the instruction"),
        ("FROM a\nRUN <<E\nx\n", "the here-document of this instruction never ends"),
        ("FROM a\nRUN " + "x" * 65_536, "this line is longer than 65535 bytes"),
        ("# escape=x\nFROM a", "the escape character can only be ` or \\"),
        ("# syntax=a\n# syntax=b\nFROM a", "a second syntax directive: only one can be used"),
        ("FROM a\nFOO x", "there is no instruction FOO"),
        ("FROM a\n\x00\x00", "this line is no instruction"),
        ("FROM a b", "FROM takes an image, or an image AS a name"),
        ("FROM a AS 1b", "FROM gives the stage a name that is not allowed"),
        ("FROM a\nENV A", "ENV gives a name and no value"),
        ("FROM a\nENV A=1 B", "ENV has a word without = in it"),
        ("FROM a\nLABEL =x", "LABEL sets a variable without a name"),
        ("FROM a\nHEALTHCHECK NONE x", "HEALTHCHECK NONE takes no arguments"),
        ("FROM a\nHEALTHCHECK --interval=3s", "HEALTHCHECK has no arguments"),
        ("FROM a\nRUN [1]", "RUN has a JSON list with something else than strings in it"),
        ("FROM a\nRUN " + "[" * 5_000, ""),
        ("FROM a\nONBUILD FROM b", "ONBUILD cannot hold FROM"),
        ("FROM a\nUSER", "USER has no arguments"),
        ("ARG A\nRUN x\nFROM a", "RUN stands before the first FROM, so it belongs to no image"),
        ("{{ if }}\nFROM a", "this is a template, not a Dockerfile"),
    ],
)
def test_says_at_what_the_build_stops(text: str, expected: str) -> None:
    if "\x00" in text:  # a source with a NUL is refused before any hook sees it
        document = Dockerfile(Source("Dockerfile", text), Project("/nowhere", Config()))
        assert document.faults[0].message == f"docker build stops here: {expected}"
        return

    assert message(text) == (f"docker build stops here: {expected}" if expected else "")


def test_reports_the_first_fault_only() -> None:
    assert message("FROM a\nFOO\nBAR\nRUN <<E\n").endswith("there is no instruction FOO")


def test_a_file_that_is_not_utf_8_is_read() -> None:
    source = decode("Dockerfile", b"FROM a\nLABEL name=Andr\xe9\n")

    assert Dockerfile(source, Project("/nowhere", Config())).stages[0].reference == "a"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_samples_agree_with_buildkit(path: Path) -> None:
    pytest.importorskip("dockerfile")
    from buildkit_oracle import ours, theirs

    text = decode(path.name, path.read_bytes()).text

    assert ours(text) == theirs(text)


# --- places ----------------------------------------------------------------------------------------------------------


def only(text: str) -> Instruction:
    (instruction,) = read(text).instructions
    return instruction


def test_every_part_knows_its_place() -> None:
    one = only(
        "RUN --mount=type=cache,target=/x --network=none \\\n  # comment\n  apt-get \\\n  install curl"
    )

    assert one.keyword_span.text == "RUN"
    assert [(flag.name, flag.value) for flag in one.flags] == [
        ("mount", "type=cache,target=/x"),
        ("network", "none"),
    ]
    assert one.arguments == "apt-get   install curl"
    curl = one.arguments_start + one.arguments.index("curl")
    assert one.at(curl, curl + 4).text == "curl"
    assert (one.at(curl, curl + 4).line, one.at(curl, curl + 4).column) == (4, 11)
    assert one.value_span.text == "apt-get \\\n  install curl"
    assert one.span.line == 1


def test_words_and_pairs_know_their_places() -> None:
    env = only("ENV A=1 \\\n    B='two words' C=x\\ y")
    assert [(pair.name, pair.value, env.at(pair.start, pair.end).text) for pair in env.pairs] == [
        ("A", "1", "A=1"),
        ("B", "'two words'", "B='two words'"),
        ("C", "x\\ y", "C=x\\ y"),
    ]
    assert [(pair.name, pair.value) for pair in only("ENV A b  c").pairs] == [("A", "b  c")]
    assert [(pair.name, pair.value) for pair in only("ARG A B=1").pairs] == [
        ("A", None),
        ("B", "1"),
    ]
    copy = only("COPY --from=build a b /c/")
    assert [copy.at(word.start, word.end).text for word in copy.words] == ["a", "b", "/c/"]
    assert copy.flag("from") == "build"


def test_json_forms() -> None:
    assert only('CMD ["a", "\\u0062"]').json == ["a", "b"]
    assert only("CMD ['a']").json is None
    assert only('HEALTHCHECK --interval=1s CMD ["a"]').json == ["a"]
    assert only('RUN ["a"] x').json is None
    assert only('CMD ["\\ud800"]').json == ["?"]


def test_heredoc_bodies() -> None:
    document = read("FROM a\nRUN <<A cat <<B\n1\nA\n2\nB\n")
    bodies = [body.text(document.source) for body in document.instructions[1].heredocs]

    assert bodies == ["1\n", "2\n"]


# --- variables -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("$A/${A}", "1/1"),
        ("${X:-d}${X-e}${EMPTY-f}${EMPTY:-g}", "deg"),
        ("${A:+y}${X:+n}${EMPTY+y}", "yy"),
        ("'$A'", "$A"),
        ('"$A \\$A"', "1 $A"),
        ("\\$A", "$A"),
        ("${X:-${A}}", "1"),
        ("a$", "a$"),
        ("${A:?must be set}", "1"),
    ],
)
def test_expansion(word: str, expected: str) -> None:
    assert expand(word, {"A": "1", "EMPTY": ""}.get) == expected


@pytest.mark.parametrize("word", ["$X", "${X}", "${X:?no}", "${A%1}", "${A#1}", "${A/1/2}"])
def test_what_only_the_build_knows(word: str) -> None:
    with pytest.raises(Unresolved):
        expand(word, {"A": "1"}.get)


@pytest.mark.parametrize(
    "word", ["${A", "${}", "${:x}", "'a", '"a', "${A!x}", "${A:-" * 60 + "}" * 60]
)
def test_what_is_no_word(word: str) -> None:
    with pytest.raises(BadWord):
        expand(word, {"A": "1"}.get)


def test_words_keep_their_quotes() -> None:
    words = split_quoted("a='b c' d\\ e \"\" f\\", "\\")

    assert [word.text for word in words] == ["a='b c'", "d\\ e", '""', "f"]


@pytest.mark.parametrize(
    ("text", "user"),
    [
        ("FROM alpine\nUSER app", "app"),
        ("FROM alpine\nUSER app\nUSER root", "root"),
        ("FROM alpine", "root"),
        ("FROM private/x", None),
        ("FROM scratch", "root"),
        ("FROM alpine AS a\nUSER x\nFROM A\nCMD y", "x"),
        ("FROM alpine AS a\nUSER x\nFROM alpine\nCOPY --from=a / /", "root"),
        ("FROM alpine AS alpine\nUSER x\nFROM alpine", "x"),
        ("FROM alpine\nARG U=x\nUSER $U", "x"),
        ("FROM alpine\nARG U\nUSER $U", None),
        ("FROM alpine\nARG U\nUSER ${U:-x}", "x"),
        ("ARG U=x\nFROM alpine\nUSER $U", None),
        ("ARG U=x\nFROM alpine\nARG U\nUSER $U", "x"),
        ("ARG U=x\nFROM alpine\nARG U=y\nUSER $U", "y"),
        ("FROM alpine\nENV U=x V=$U\nUSER $V", None),
        ("FROM alpine\nENV U=x\nENV V=$U\nUSER $V:$U", "x:x"),
        ("FROM alpine AS a\nENV U=x\nFROM a\nUSER $U", "x"),
        ("FROM mcr.microsoft.com/dotnet/aspnet:8.0\nUSER $APP_UID", "1654"),
        ("ARG V=3\nFROM alpine:${V:-4}", "root"),
        ("FROM alpine:${V}", "root"),
        (
            "FROM base-${TARGETARCH}\nUSER a\nFROM x AS base-amd64\nUSER b\nFROM base-$TARGETARCH",
            "b",
        ),
    ],
)
def test_users(text: str, user: str | None) -> None:
    assert read(text).stages[-1].user.value == user


@pytest.mark.parametrize("user", ["root", "0", "0:0", "root:app", "00", "+0", '"0"', "'root'"])
def test_root_by_any_name(user: str) -> None:
    assert read(f"FROM alpine\nUSER {user}").stages[0].user.root is YES


# --- stages ----------------------------------------------------------------------------------------------------------


def test_the_target_of_a_build() -> None:
    document = read("FROM a AS One\nFROM one AS two\nFROM b")

    def label(target: str | None) -> str | None:
        stage = document.stage(target)
        return stage and stage.label

    assert [label(target) for target in (None, "ONE", "1", "2", "3", "three", "9" * 40)] == [
        "stage 2",
        "One",
        "two",
        "stage 2",
        None,
        None,
        None,
    ]
    assert [stage.label for stage in document.stages[1].chain] == ["two", "One"]


def test_health_through_the_chain() -> None:
    base = "FROM alpine AS base\nHEALTHCHECK CMD x\n"

    assert read(base + "FROM base").stages[1].reports_health is YES
    assert read(base + "FROM base\nHEALTHCHECK NONE").stages[1].reports_health is NO
    assert read(base + "FROM alpine\nCOPY --from=base / /").stages[1].reports_health is NO
    assert read("FROM private/x").stages[0].reports_health is UNKNOWN


@pytest.mark.parametrize(
    ("text", "tool", "expected"),
    [
        ("FROM node:22-alpine", "curl", NO),
        ("FROM node:22-alpine", "wget", YES),
        ("FROM node:22", "curl", YES),
        ("FROM node:22-slim", "wget", NO),
        ("FROM private/x", "curl", UNKNOWN),
        ("FROM alpine\nRUN apk add --no-cache curl", "curl", YES),
        ("FROM alpine\nRUN apk add --no-cache curl=8.5", "curl", YES),
        ("FROM debian\nRUN apt-get install -y libcurl4 php-curl", "curl", NO),
        ("FROM debian\nRUN apt-get install -y postgresql-client-16", "pg_isready", YES),
        ("FROM debian\nRUN apt-get install -y netcat-openbsd", "nc", YES),
        ("FROM alpine\nRUN <<E\napk add curl\nE", "curl", YES),
        ("FROM alpine\nRUN apk add --virtual .b curl && apk del .b", "curl", UNKNOWN),
        ("FROM alpine\nCOPY install.sh /\nRUN /install.sh", "curl", UNKNOWN),
        ("FROM alpine\nRUN apk add $PACKAGES", "curl", UNKNOWN),
        ("FROM alpine\nRUN npm ci && npm run build", "curl", NO),
        ("FROM curl/curl AS c\nFROM alpine\nCOPY --from=c /usr/bin/curl /usr/bin/", "curl", YES),
        ("FROM alpine\nCOPY --from=x /usr/local/bin /usr/local/bin", "curl", UNKNOWN),
        ("FROM alpine AS a\nRUN apk add curl\nFROM a", "curl", YES),
        ("FROM alpine AS a\nRUN apk add curl\nFROM alpine\nCOPY --from=a / /", "curl", YES),
        ("FROM gcr.io/distroless/static-debian12", "sh", NO),
        ("FROM golang:1.25-windowsservercore", "curl", UNKNOWN),
        ("FROM postgres:17\nRUN apt-get purge -y wget", "pg_isready", YES),
        ("FROM node:22\nRUN apt-get purge -y curl", "curl", UNKNOWN),
    ],
)
def test_tools(text: str, tool: str, expected: object) -> None:
    assert read(text).stages[-1].tool(tool) is expected


def test_a_command_is_reset_by_a_later_entrypoint() -> None:
    document = read(
        'FROM a AS a\nCMD ["x"]\nFROM a\nENTRYPOINT ["y"]\nFROM a\nENTRYPOINT ["y"]\nCMD ["z"]'
    )

    assert [stage.command and stage.command.json for stage in document.stages] == [
        ["x"],
        None,
        ["z"],
    ]


# --- what is shipped -------------------------------------------------------------------------------------------------


@pytest.fixture
def shipped(tmp_path: Path) -> object:
    def run(files: dict[str, str], path: str = "Dockerfile") -> list[str]:
        write(tmp_path, files)
        project = Project(str(tmp_path.resolve()), Config())
        document = project.parsed(path, hook.parse)
        assert document is not None
        return [image.stage.label for image in document.shipped]

    return run


THREE = "FROM a AS development\nFROM b AS production\nFROM a AS test\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"Dockerfile": "FROM a AS x\nFROM b AS y\n"}, ["y"]),
        ({"Dockerfile": "FROM b AS production\nFROM a AS development\n"}, ["production"]),
        ({"Dockerfile": "FROM a AS development\n"}, []),
        ({"Dockerfile": "FROM a AS x\nFOO\n"}, []),
        (
            {
                "Dockerfile": THREE,
                "compose.yaml": "services: {a: {build: {context: ., target: PRODUCTION}}}",
            },
            ["production"],
        ),
        (
            {
                "Dockerfile": THREE,
                "compose.yaml": "services: {a: {build: {context: ., target: test}}}",
            },
            ["production"],
        ),
        (
            {"Dockerfile": "# GENERATED BY update.sh. DO NOT EDIT.\nFROM a\n"},
            [],
        ),
    ],
)
def test_which_stage_is_shipped(
    shipped: object, files: dict[str, str], expected: list[str]
) -> None:
    assert shipped(files) == expected  # type: ignore[operator] # a fixture, which mypy takes for an object


@pytest.mark.parametrize(
    "path",
    [
        "Dockerfile.dev",
        "dev.Dockerfile",
        "tests/Dockerfile",
        "docker/local/Dockerfile",
        "docs/Dockerfile",
    ],
)
def test_development_files(shipped: object, path: str) -> None:
    assert shipped({path: "FROM a AS x\n"}, path) == []  # type: ignore[operator] # a fixture, which mypy takes for an object
    folder, name = path.rpartition("/")[::2]
    compose = f"services: {{a: {{build: {{context: ./{folder}, dockerfile: {name}}}}}}}"
    assert shipped({"compose.prod.yaml": compose}, path) == ["x"]  # type: ignore[operator] # a fixture, which mypy takes for an object


def test_who_builds_it(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "api/Dockerfile": "FROM a AS one\nFROM b",
            "api/worker.Dockerfile": "FROM a",
            "compose.yaml": """
services:
  api: {build: ./api, user: "1000"}
  api2:
    build: {context: api/, target: "${TARGET:-one}"}
    healthcheck: {test: x}
  worker: {build: {context: ./api, dockerfile: worker.Dockerfile}}
  far: {build: https://example.com/a.git}
  unset: {build: {context: "${WHERE}"}}
  inline: {build: {dockerfile_inline: "FROM a"}}
  none: {image: x}
""",
            "compose.prod.yaml": "services: {api: {build: {target: one}}}",
            "dev/compose.dev.yaml": "services: {api: {build: {context: ../api}}}",
        },
    )
    project = Project(str(tmp_path.resolve()), Config())
    document = project.parsed("api/Dockerfile", hook.parse)
    assert document is not None
    found = [
        (
            one.span.path,
            one.service,
            one.target,
            one.healthcheck,
            one.user,
            one.development,
            one.production,
        )
        for one in document.builds
    ]

    assert found == [
        ("compose.prod.yaml", "api", "one", False, "1000", False, True),
        ("compose.yaml", "api", None, False, "1000", False, False),
        ("compose.yaml", "api2", "one", True, None, False, False),
        ("dev/compose.dev.yaml", "api", None, False, None, True, False),
    ]
    worker = project.parsed("api/worker.Dockerfile", hook.parse)
    assert worker is not None and [one.service for one in worker.builds] == ["worker"]


def test_a_changed_compose_file_reports_the_stage_that_it_builds(lint: Lint) -> None:
    files = {
        "Dockerfile": 'FROM python:3.13 AS api\nCMD ["python", "a.py"]\nFROM scratch',
        "compose.yaml": "services: {a: {build: {context: ., target: api}}}",
    }

    assert "stage api runs as root" in lint(files, only=["dockerfile"], passed=["compose.yaml"])
    assert lint(files, only=["dockerfile"], passed=["README.md"]) == ""


# --- names, hostile files --------------------------------------------------------------------------------------------

NAMES = """
Dockerfile dockerfile Containerfile a/Dockerfile Dockerfile.prod Dockerfile-alpine Dockerfile_dev api.Dockerfile
backend.dockerfile app/Containerfile.web prod-Dockerfile Dockerfile.3.13
"""
OTHER_NAMES = """
Dockerfile.dockerignore .dockerignore Dockerfile.j2 Dockerfile.md Dockerfile.tmpl MyDockerfile Dockerfiles/readme
Dockerfile/run.sh dockerfile_lint.py Dockerfile.yml docker-compose.yml Dockerfile.test.go
"""


@pytest.mark.parametrize(
    "path",
    NAMES.split(),
)
def test_names_that_are_dockerfiles(path: str) -> None:
    assert re.search(hook.FILES, path)


@pytest.mark.parametrize(
    "path",
    OTHER_NAMES.split(),
)
def test_names_that_are_not(path: str) -> None:
    assert not re.search(hook.FILES, path)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("FROM a\nRUN x" + " \\\n  && y" * 40_000, id="40,000 continuations"),
        pytest.param("FROM a\nRUN x" + " \\\n" * 40_000 + "y", id="40,000 empty continuations"),
        pytest.param("FROM a\nENV A=" + "\\$x" * 20_000 + " \\\n B=1" * 20_000, id="a long ENV"),
        pytest.param(
            "FROM a\n" + "ENV A=$A$A$A B=$A\n" * 20_000 + "USER $A", id="an ENV that doubles"
        ),
        pytest.param(
            "FROM a\nRUN " + "<<a " * 10_000 + "\n" + "a\n" * 10_000, id="here-documents on a line"
        ),
        pytest.param("FROM a\n" + "RUN <<a\na\n" * 50_000, id="50,000 here-documents"),
        pytest.param("FROM a\n" + "RUN <<a\n" * 50_000, id="here-documents that do not end"),
        pytest.param("FROM a AS s\n" * 20_000 + "USER x", id="20,000 stages of one name"),
        pytest.param(
            "FROM a AS s\n" + "FROM s AS s\nUSER $u\n" * 20_000, id="a chain of 20,000 stages"
        ),
        pytest.param("FROM a\nUSER " + "${a:-" * 12_000 + "}" * 12_000, id="nested braces"),
        pytest.param("FROM a\nRUN " + '"$' * 30_000, id="quotes and dollars"),
        pytest.param("FROM a\nCOPY " + "--x=" * 16_000 + "a b", id="flags"),
        pytest.param("FROM a\nCMD " + "[" * 60_000, id="brackets"),
        pytest.param(
            "FROM alpine\n" + "RUN apk add gcc && apk del gcc\n" * 20_000 + "CMD x", id="20,000 RUN"
        ),
        pytest.param(
            "FROM maven\nRUN x " + "mvn " * 16_000 + '\nCMD ["java", "-jar", "x"]', id="mvn"
        ),
        pytest.param("FROM alpine\nRUN " + "apt " * 16_000 + "\nEXPOSE 80\nCMD ./x", id="apt"),
        pytest.param("FROM alpine\nRUN /" + "a/." * 20_000 + "\nEXPOSE 80\nCMD ./x", id="a path"),
        pytest.param("FROM alpine\nRUN " + "su " * 20_000 + "\nEXPOSE 80\nCMD ./x", id="su"),
        pytest.param(
            "FROM alpine\nRUN apk add gcc " + "(" * 60_000 + "\nCMD node x", id="parentheses"
        ),
        pytest.param("FROM alpine:" + "-$" * 30_000 + "\nCMD node x", id="a tag"),
        pytest.param("FROM node:" + "1." * 30_000 + "\nCMD node x", id="a version"),
        pytest.param(
            "FROM debian\nRUN " + "curl -k https://a.b/c | " * 5_000 + "sh\nCMD x", id="downloads"
        ),
        pytest.param("FROM debian\nEXPOSE 1\nCMD " + "a && " * 16_000 + "b", id="a long CMD"),
        pytest.param("FROM a\n" + "RUN npm ci || true\n" * 5_000 + "CMD x", id="swallows"),
        pytest.param(
            "FROM a\nRUN <<a\n" + "npm ci\nset +e\n" * 10_000 + "a\nCMD x", id="a long script"
        ),
        pytest.param("FROM a\nRUN " + "npm ci | " * 7_000 + "tee a\nCMD x", id="a long pipe"),
        pytest.param("\n" * 500_000, id="nothing but line ends"),
        pytest.param("\\\n" * 100_000, id="nothing but continuations"),
        pytest.param("FROM a\n" + "#\n" * 200_000, id="nothing but comments"),
    ],
)
def test_hostile_files_take_linear_time(lint: Lint, text: str) -> None:
    begun = time.process_time()
    lint({"Dockerfile": text}, only=["dockerfile"])

    assert time.process_time() - begun < HANGS
