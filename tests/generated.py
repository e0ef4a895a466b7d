"""What is written from the hooks, the rules and action.yml: the pre-commit manifest and the tables of the README.

`ACCEPT=1 pytest tests/test_contract.py` writes them.
"""

import json
import re
from collections.abc import Iterable, Iterator

import yaml

from conftest import ROOT
from prodlint.core import rule

WIDTH = 110
HEADER = """\
# Written by the tests, from the hooks: ACCEPT=1 pytest tests/test_contract.py
# files           what a hook lints, and what its findings rest on
# args            a committed file may be named like an option
# require_serial  files that belong together are read by one process
"""
UMBRELLA = "Everything below in one process, and what only several kinds of files show together."


def files() -> dict[str, str]:
    """Each written file, relative to the root, with the text it should have."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, text in (("rules", rules()), ("inputs", inputs()), ("hooks", hooks())):
        start, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        if start in readme:
            before, _, after = readme.partition(start)
            readme = before + start + "\n" + text + "\n" + after[after.index(end) :]
    return {".pre-commit-hooks.yaml": manifest(), "README.md": readme}


def linting() -> list[rule.Hook]:
    """The hooks that claim files."""
    return [rule.hook(name) for name in rule.hook_names() if name != "ignore"]


def manifest() -> str:
    entries = [("prodlint", "prodlint check", UMBRELLA, _patterns(linting()))]
    for hook in linting():
        entry = f"prodlint check --only {hook.name}"
        entries.append((f"prodlint-{hook.name}", entry, hook.summary, _patterns([hook])))
    return HEADER + "".join(
        f"""
- id: {id}
  name: {id}
  description: {json.dumps(description)}
  entry: {entry}
  args: [--]
  language: python
  types: [text]
  files: |
    (?x)
    {verbose(patterns)}
  require_serial: true
  stages: [pre-commit, pre-merge-commit, pre-push, manual]
  minimum_pre_commit_version: "3.2.0"
"""
        for id, entry, description, patterns in entries
    )


def _patterns(hooks: Iterable[rule.Hook]) -> list[str]:
    """The files of the hooks and those that their findings rest on, each once."""
    found = [hook.files.pattern for hook in hooks]
    found += [hook.rests_on for hook in hooks if hook.rests_on]
    return list(dict.fromkeys(found))


def verbose(patterns: Iterable[str]) -> str:
    """A union for `(?x)`, which does not see the line ends and the indentation."""
    return "\n    | ".join("\n        ".join(_lines(pattern)) for pattern in patterns)


def _lines(pattern: str) -> Iterator[str]:
    """A pattern in lines of at most WIDTH, broken before a `|`."""
    assert not re.search(r"[\s#]", pattern), f"(?x) would not see all of {pattern}"
    line = ""
    for piece in re.findall(r"\|?(?:\[\^?\]?(?:\\.|[^\]])*\]|\\.|[^|\\\[])*", pattern):
        if line and len(line) + len(piece) > WIDTH:
            yield line
            line = ""
        line += piece
    yield line


def rules() -> str:
    """A table for each hook: rule, level, what is wrong."""
    parts = []
    for name in rule.hook_names():
        rows = [rule.load(rule_id) for rule_id in rule.rule_ids(name)]
        parts.append(
            f"### {name}\n\n{rule.hook(name).summary}\n\n| rule | level | what is wrong |\n|---|---|---|\n"
            + "".join(f"| {_link(row)} | {_level(row)} | {row.summary} |\n" for row in rows)
        )
    return "\n".join(parts)


def _link(row: rule.Rule) -> str:
    return f"[{row.id}](hooks/prodlint/{row.id.replace('-', '_')}.md)"


def _level(row: rule.Rule) -> str:
    return row.level if row.enabled else f"{row.level}, off"


def hooks() -> str:
    """The ids for pre-commit."""
    rows = [("prodlint", UMBRELLA)]
    rows += [(f"prodlint-{hook.name}", hook.summary) for hook in linting()]
    return "| id | what it lints |\n|---|---|\n" + "".join(
        f"| `{id}` | {summary} |\n" for id, summary in rows
    )


def inputs() -> str:
    """The inputs and the outputs of the action."""
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    text = "| input | default | what it does |\n|---|---|---|\n"
    for name, spec in action["inputs"].items():
        default = f"`{spec['default']}`" if spec["default"] else ""
        text += f"| `{name}` | {default} | {spec['description']} |\n"
    text += "\n| output | what it holds |\n|---|---|\n"
    for name, spec in action["outputs"].items():
        text += f"| `{name}` | {spec['description']} |\n"
    return text
