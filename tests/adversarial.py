"""Texts that are slow to search for credentials when an expression or a loop is not bounded."""

import time
from pathlib import Path

from prodlint.core import config, engine
from prodlint.core import rule as rules
from prodlint.core.finding import ERROR
from prodlint.core.project import Project
from prodlint.core.source import Source
from prodlint.report import render
from prodlint.secrets import parse

MEGABYTE = 1 << 20
PATHS = ("compose.yaml", "Dockerfile", ".env", "k8s.yaml", "a.json")
# What the texts repeat; a number goes where braces stand.
PIECES = {
    "spaces behind a name": "password" + " " * 2000,
    "a name again and again": "pwd",
    "another name": "password",
    "names and signs": "password=",
    "names and colons": "password: ",
    "quotes": '"',
    "an open quote": "password='",
    "hex": "0123456789abcdef",
    "base 64": "aB3/xY9+",
    "one letter": "a",
    "prefixes": "ghp_",
    "long prefixes": "sk-proj-aaaaaaaaaaaaaaaaaaaaaaaa",
    "web tokens": "eyJhbGciOiJIUzI1NiJ9.e",
    "many web tokens": "eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.a1 ",
    "links": "AccountKey=",
    "base 64 tokens": "fm2_aaaaaaaaaaaaaaaaaaaaaaaaaaaa/",
    "URLs": "http://",
    "logins": "://a:",
    "half logins": "a://b:c ",
    "logins with a host": "a://b:c1@d ",
    "references": "${A:-",
    "open references": "password: ${A",
    "defaults": "${DB_PASSWORD:-a}",
    "headers of keys": "-----BEGIN PRIVATE KEY-----",
    "keys without an end": "-----BEGIN RSA PRIVATE KEY-----\nabcdefgh\n",
    "lines": "\n",
    "line ends": "\r\n",
    "names on lines": "      PASSWORD: abc\n",
    "different values": "PASSWORD: {}\n",
    "names and values": "- name: PASSWORD\n  value: abc\n",
    "hashes": "password: a #",
    "comments": "# password: a\n",
    "variables": "ENV PASSWORD=a \\\n",
    "continued": "PASSWORD=a \\\n",
    "secrets of Kubernetes": "---\nkind: Secret\ndata:\n  password: YWJj\n",
    "sections": "data:\n",
    "dashes": "-",
    "dots": "a.",
    "underscores": "_",
    "dollars": "$",
    "braces": "{",
    "AWS": "aws_secret_access_key=",
    "entries of a Secret": "---\nkind: Secret\ndata:\n" + "  password: YWJjZGVmZ2hpamts\n" * 20,
    "arguments": 'os.environ.get("SECRET_KEY", "a1") ',
    "fallbacks": "process.env.SECRET_KEY || ",
    "commented": "# password: a1B2c3D4e5F6g7\n",
    "parts of tokens": "aA1.Q~",
    "heads": "0" * 32 + "-us",
    "options": "mysql -p",
    "options of curl": "curl -u a:",
    "long options": "--password ",
    "headers of requests": "Authorization: Basic YTpi ",
    "headers of nginx": "proxy_set_header X-Api-Key a;\n",
    "logins of netrc": "login a password ",
    "logins of registries": '"auth": "YTpi',
    "pipes": "echo abcd | --password-stdin ",
    "variables of Terraform": 'variable "db_password" {\n',
    "annotations": "password: str",
    "dotted I": "\u0130password=",
}


def adversarial(name: str, path: str, length: int) -> str:
    """A text of about so many characters that repeats a piece."""
    piece = PIECES[name]
    start = "apiVersion: v1\nkind: Secret\n" if path == "k8s.yaml" else ""
    numbers = range(length // len(piece))
    return start + "".join(piece.replace("{}", str(number)) for number in numbers)


def seconds(folder: Path, path: str, text: str) -> float:
    """CPU time to lint a text and to print what is found."""
    source = Source(path, text)
    begin = time.process_time()
    project = Project(str(folder), config.Config())
    document = parse(source, project)
    findings = [
        finding._replace(rule=rule_id, level=ERROR)
        for rule_id in rules.rule_ids("secrets")
        for finding in rules.load(rule_id).check(document)
    ]
    render("full", engine.Result(findings[:1000], 1, [], []), project)
    return time.process_time() - begin
