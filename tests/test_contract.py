"""What must hold of every rule, hook, page, schema and written file, so that nothing is kept in step by hand."""

import ast
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from jsonschema.validators import validator_for

import generated
from conftest import ACCEPT, ROOT, write
from prodlint.core import config, rule, schema
from prodlint.core.commands import configured as own_commands

PACKAGE = ROOT / "hooks" / "prodlint"
RULES = rule.all_rule_ids()
HOOKS = rule.hook_names()
MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path
    for path in PACKAGE.rglob("*.py")
}


def _module(rule_id: str) -> Path:
    return PACKAGE / (rule_id.replace("-", "_") + ".py")


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


# Rules and pages


@pytest.mark.parametrize("rule_id", RULES)
def test_rule(rule_id: str) -> None:
    tree = _tree(_module(rule_id))
    check = next(
        node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "check"
    )
    loaded = rule.load(rule_id)

    assert re.fullmatch(r"[a-z]+/[a-z0-9]+(-[a-z0-9]+)*", rule_id)
    assert loaded.level in ("error", "warning")
    assert re.fullmatch(r"[A-Z`].*[^.]\.", ast.get_docstring(tree) or ""), "one sentence"
    assert (check.end_lineno or 0) - check.body[0].lineno < 30


@pytest.mark.parametrize("rule_id", RULES)
def test_page(rule_id: str) -> None:
    text = rule.page(rule_id).partition("\n## ")[0]

    assert text.startswith(f"# {rule_id}\n\n")
    for part in ("**Why it matters.**", "**How to fix it.**", "**When to ignore it.**"):
        assert text.count(part) == 1
    example = re.search(r"prodlint: ignore(-file)?\[([^\]]*)\] \w", text)
    assert rule_id.startswith("ignore/") or (example and example[2] == rule_id)


def test_every_rule_has_a_page() -> None:
    found = {
        f"{path.parent.name}/{path.stem.replace('_', '-')}"
        for name in HOOKS
        for path in (PACKAGE / name).glob("*.py")
        if any(
            isinstance(node, ast.FunctionDef) and node.name == "check" for node in _tree(path).body
        )
    }

    assert found == set(RULES)


def test_a_rule_is_two_new_files(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    shutil.copytree(PACKAGE, tmp_path / "hooks" / "prodlint")
    page = "# dockerfile/new-fault\n\nA new fault.\n"
    module = (
        '"""A new fault."""\n\nfrom prodlint.core import ERROR, Finding, Findings\n\nLEVEL = ERROR\n\n\n'
        "def check(document) -> Findings:\n"
        '    yield Finding(document.source.span(0, 4), "a fault")\n'
    )
    folder = tmp_path / "hooks" / "prodlint" / "dockerfile"
    write(folder, {"new_fault.py": module, "new_fault.md": page})
    write(tmp_path / "app", {"Dockerfile": "FROM scratch\n", "compose.yaml": "services: {}\n"})

    def prodlint(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _RUN.format(tmp_path / "hooks"), *words],
            cwd=tmp_path / "app",
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
        assert done.stderr == ""
        return done.stdout

    found = "Dockerfile:1:1: error: a fault [dockerfile/new-fault]\n"
    assert "dockerfile/new-fault  " in prodlint("rules")
    assert prodlint("explain", "dockerfile/new-fault") == page
    assert found in prodlint("--format", "concise", "--only", "dockerfile")
    assert found not in prodlint("--format", "concise", "--only", "compose")
    assert prodlint("--format", "concise", "--select", "dockerfile/new-fault") == found
    assert '"id": "dockerfile/new-fault"' in prodlint("--format", "sarif")


_RUN = (
    "import sys; sys.path.insert(0, {!r}); from prodlint.cli import main; sys.exit(main())".replace(
        "{!r}", "r'{}'"
    )
)


# Written files


@pytest.mark.parametrize("name", generated.files())
def test_written_file(name: str) -> None:
    path = ROOT / name
    expected = generated.files()[name]
    if ACCEPT:
        path.write_text(expected, encoding="utf-8")

    assert path.read_text(encoding="utf-8") == expected


@pytest.mark.parametrize("name", [hook.name for hook in generated.linting()])
def test_pattern_of_the_manifest_takes_the_files_of_the_hook(name: str) -> None:
    hook = rule.hook(name)
    alone = re.compile("(?x)\n" + generated.verbose([hook.files.pattern]))
    tracked = [path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("*")]

    for path in [*tracked, *(" ".join(map(" ".join, NAMES.values())).split())]:
        assert bool(alone.search(path)) == hook.claims(path), path


# Names of files

# Names that the hook claims, and names that only look like it.
NAMES = {
    "compose": (
        """compose.yaml compose.yml docker-compose.yml docker-compose.prod.yml docker-compose-dev.yaml
        compose.override.yaml deploy/compose.prod.yml docker-compose_test.yml""",
        """mycompose.yml compose.json compose/readme.yml decompose.yaml composer.yml
        docker-compose.yml.j2 compose.yaml.bak""",
    ),
    "dockerfile": (
        """Dockerfile Dockerfile.dev dev.Dockerfile app.dockerfile Dockerfile-prod Dockerfile_ci
        docker/Dockerfile Containerfile Containerfile.prod""",
        """.dockerignore Dockerfile.dockerignore Dockerfiles/readme.md Dockerfile.md dockerfile_labels.jsonl dockerfile.go
        docker-compose.yml Dockerfile/x.py""",
    ),
    "env": (
        """.env .env.example .env.production .env.local prod.env a/b/.env.test app.env.example
        env.example env.sample .env-sample .env_dev""",
        """.envrc env.py environment .env.schema.yaml env environment.ts .env.j2 next-env.d.ts
        .environment""",
    ),
    "ci": (
        """.github/workflows/ci.yml .github/workflows/deploy.yaml action.yml a/action.yaml""",
        """workflows/ci.yml .github/dependabot.yml .github/workflows/readme.md reaction.yml
        action.json x/y.txt""",
    ),
    "secrets": (
        """.env Dockerfile docker-compose.yml .github/workflows/ci.yml config/app.yml settings.json
        .npmrc""",
        """package-lock.json node_modules/a/config.json logo.png README.md app.py""",
    ),
}


@pytest.mark.parametrize(
    ("name", "path", "claimed"),
    [
        pytest.param(name, path, claimed, id=f"{name}: {path}")
        for name, tables in NAMES.items()
        for claimed, table in zip((True, False), tables, strict=True)
        for path in table.split()
    ],
)
def test_files_of_a_hook(name: str, path: str, claimed: bool) -> None:
    assert rule.hook(name).claims(path) is claimed


def test_every_hook_has_names_to_test() -> None:
    assert set(NAMES) == {hook.name for hook in generated.linting()}


# Schemas

SCHEMAS = sorted((ROOT / "schemas").glob("*.json"))
KEYWORDS = {
    *("$schema", "$ref", "$id", "title", "description", "definitions", "type", "enum", "items"),
    *("properties", "patternProperties", "additionalProperties", "required", "oneOf", "default"),
    *("minimum", "pattern", "examples"),
}


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_schema_is_one(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))

    validator_for(data, default=None).check_schema(data)


def _keywords(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from node
        for key, below in node.items():
            if key in ("properties", "patternProperties", "definitions"):
                for item in below.values():
                    yield from _keywords(item)
            elif key in ("items", "additionalProperties"):
                yield from _keywords(below)
            elif key == "oneOf":
                for item in below:
                    yield from _keywords(item)


SETTINGS = json.loads((ROOT / "schemas" / "config.schema.json").read_text(encoding="utf-8"))


def test_settings_use_only_keywords_that_the_checker_knows() -> None:
    assert set(_keywords(SETTINGS)) <= KEYWORDS


def test_settings_of_a_hook_stand_under_its_name() -> None:
    general = {"exclude", "fail-on", "foreign-ignores", "rules", "overrides"}
    general |= {"commands", "base-images"}
    assert set(SETTINGS["properties"]) - general <= set(HOOKS)


def test_settings_name_every_kind_of_command() -> None:
    assert set(SETTINGS["properties"]["commands"]["properties"]) == set(own_commands.KEYS)


@pytest.mark.parametrize(
    "data",
    [
        *({"foreign-ignores": False}, {"foreign-ignores": "no"}, {"foreign-ignore": True}),
        *({}, {"exclude": []}, {"exclude": ["a", "b/**"]}, {"fail-on": "error"}),
        *({"rules": {"dockerfile/root-user": "off", "env/*": "error"}}, {"ci": {"strict": True}}),
        *({"overrides": []}, {"overrides": [{"paths": ["a"], "rules": {"ci/*": "off"}}]}),
        *([], None, "text", 1, True, {"exclude": "a"}, {"exclude": [1]}, {"exclude": [None]}),
        *({"fail-on": "info"}, {"fail-on": None}, {"fail-on": ["error"]}, {"fail_on": "error"}),
        *({"rules": []}, {"rules": {"a": "info"}}, {"rules": {"a": True}}, {"rules": {"a": {}}}),
        *({"overrides": {}}, {"overrides": [{}]}, {"overrides": [{"paths": ["a"]}]}),
        *({"overrides": [{"paths": "a", "rules": {}}]}, {"overrides": [{"rules": {}}]}),
        *({"overrides": [{"paths": ["a"], "rules": {}, "x": 1}]}, {"ci": {"strict": "yes"}}),
        *({"commands": {}}, {"commands": {"gates": ["make a"], "cleanup": []}}),
        *({"commands": []}, {"commands": {"gate": []}}, {"commands": {"gates": "make a"}}),
        *({"ci": {"strict": 1}}, {"ci": {"strick": True}}, {"ci": []}, {"unknown": {}}),
        *({"secrets": {"scope": "all"}}, {"secrets": {"scope": "everything"}}),
        *({"secrets": {"places": "all"}}, {"secrets": {"places": "tests"}}),
        *({"base-images": {}}, {"base-images": {"a": {}}}, {"base-images": {"a": {"user": 1000}}}),
        *({"base-images": {"a": {"user": "app", "shell": False, "tools": {"curl": True}}}},),
        *({"base-images": {"a": {"system": "alpine", "kind": "runtime", "healthcheck": True}}},),
        *({"base-images": {"a": {"end-of-life": "2026-04-30"}}}, {"base-images": ["a"]}),
        *({"base-images": {"a": None}}, {"base-images": {"a": {"end-of-life": "soon"}}}),
        *({"base-images": {"a": {"user": -1}}}, {"base-images": {"a": {"user": True}}}),
        *({"base-images": {"a": {"tools": ["curl"]}}}, {"base-images": {"a": {"tool": {}}}}),
        *({"base-images": {"a": {"kind": "base"}}}, {"base-images": {"a": {"system": "mac"}}}),
    ],
    ids=str,
)
def test_settings_agree_with_jsonschema(data: Any) -> None:
    assert (not list(schema.check(data, SETTINGS))) is Draft7Validator(SETTINGS).is_valid(data)


def test_schemas_are_found_from_a_checkout() -> None:
    for path in SCHEMAS:
        assert Path(config.schema_path(path.name)).resolve() == path


# Who may import whom


def _imports(path: Path, *, typing: bool = True) -> set[str]:
    """The modules of prodlint that a module imports, anywhere in it; `typing` counts those for annotations."""
    found: set[str] = set()

    def visit(node: ast.AST) -> None:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING" and not typing:
            return
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            below = {f"{node.module}.{alias.name}" for alias in node.names}
            known = {name for name in below if name in MODULES or f"{name}.__init__" in MODULES}
            found.update(known or {node.module or ""})
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(_tree(path))
    return {name for name in found if name.partition(".")[0] == "prodlint"}


def _area(name: str) -> str:
    """`prodlint.core.yaml` -> `core`; `prodlint.cli` -> `cli`; `prodlint` -> ``."""
    return name.removesuffix(".__init__").partition(".")[2].partition(".")[0]


BELOW = {
    "": set(),
    "__main__": {"cli"},
    "cli": {"", "commands", "console", "core", "mend", "options", "paths", "report", "selection"},
    "mend": {"console", "core"},
    "commands": {"commands", "compose", "console", "core", "env", "options", "paths", "selection"},
    "selection": {"console", "core", "options"},
    "paths": {"console"},
    "console": {"core"},
    "options": {"core"},
    "core": {"core"},
    "typed": set(),
    "report": {"", "core", "report"},
    **{name: {"core", name} for name in HOOKS},
    "compose": {"core", "compose", "dockerfile", "env"},
    # Who owns a value of an env file is settled between these two; `test_no_cycles` keeps their modules apart.
    "env": {"core", "env", "secrets"},
    "secrets": {"core", "env", "secrets"},
}


@pytest.mark.parametrize("name", sorted(set(MODULES) - {"prodlint.typed"}))
def test_no_module_needs_typing_to_run(name: str) -> None:
    assert not re.search(
        r"^(?:from|import) typing\b", MODULES[name].read_text(encoding="utf-8"), re.M
    )


@pytest.mark.parametrize("name", sorted(MODULES))
def test_layers(name: str) -> None:
    is_rule = MODULES[name].with_suffix(".md").exists()

    for imported in _imports(MODULES[name]):
        area = _area(imported)
        assert area in {"typed", *BELOW[_area(name)]}, f"{name} imports {imported}"
        file = MODULES.get(imported)
        assert file is None or not file.with_suffix(".md").exists(), f"{imported} is a rule"
        assert not is_rule or area in ("core", "typed", _area(name)), (
            f"the rule {name} imports {imported}"
        )


def test_no_cycles() -> None:
    """A hook's package imports its model only when a file is parsed, so that the model may import the package."""
    graph = {
        name.removesuffix(".__init__"): _imports(path, typing=False)
        for name, path in MODULES.items()
    }
    graph |= {f"prodlint.{name}": set() for name in HOOKS}
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " -> ".join([*above[above.index(name) :], name])
        if name in done:
            return
        for imported in sorted(graph.get(name, ())):
            visit(imported, (*above, name))
        done.add(name)

    for name in graph:
        visit(name, ())


@pytest.mark.parametrize(
    "path", [*MODULES.values()], ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_module_is_small_and_says_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert text.count("\n") <= 400
    assert ast.get_docstring(ast.parse(text))


# What each run may import

APP: dict[str, str | bytes] = {
    "Dockerfile": 'FROM python:3.13-slim\nUSER nobody\nCMD ["python", "app.py"]\n',
    "compose.yaml": "services:\n  web:\n    image: nginx:1.27\n",
    ".github/workflows/ci.yml": (
        "on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: pytest || true\n"
    ),
    ".env": "PORT=8000\nDEBUG=false\n",
}
# Each of these costs more than linting a file.
SLOW = {
    *(
        "argparse",
        "asyncio",
        "concurrent.futures",
        "dataclasses",
        "email",
        "importlib.metadata",
        "inspect",
        "typing",
    ),
    *("multiprocessing", "requests", "subprocess", "tempfile", "unittest", "urllib.request"),
}
# The table of what commands are for, and what reads scripts with it.
COMMANDS = {
    f"prodlint.core.{name}"
    for name in (
        "commands",
        "commands.purpose",
        "shell.nested",
        "swallow.reader",
    )
}
NOT_PLAIN = {"yaml", "jsonschema", "dotenv", "detect_secrets", "dockerfile_parse"}


@pytest.mark.parametrize(
    ("words", "barred"),
    [
        (["--version"], {*NOT_PLAIN, "json", "logging", "pathlib", "prodlint.core"}),
        (["--only", "dockerfile"], (NOT_PLAIN - {"dockerfile_parse"}) | COMMANDS),
        (["--only", "ci"], {*NOT_PLAIN, "json"} - {"yaml"}),
        (["--only", "compose"], {"jsonschema", "dotenv", "detect_secrets"}),
        (["--only", "env"], {*NOT_PLAIN, "contextlib", "json", "prodlint.env.reads"}),
        ([], {"jsonschema", "dotenv", "importlib.util", "prodlint.core.ignore"}),
    ],
    ids=str,
)
def test_imports_of_a_run(words: list[str], barred: set[str], tmp_path: Path) -> None:
    write(
        tmp_path,
        {name: text for name, text in APP.items() if "compose" not in words or name != ".env"},
    )
    code = (
        f"import sys; sys.path.insert(0, {str(PACKAGE.parent)!r})\n"
        "there = {*sys.modules}\n"
        "from prodlint.cli import main\n"
        "try:\n    main()\n"
        "finally:\n    print(*{*sys.modules} - there, file=sys.stderr)\n"
    )

    done = subprocess.run(
        [sys.executable, "-I", "-c", code, *words],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )

    assert set(done.stderr.split()) & (barred | SLOW) == set()
