"""What one run costs on small files, in CPU time of the whole process relative to a Python that does nothing.

    python bench/startup.py [ROUNDS]

Run it with the Python of an environment in which prodlint is installed. Each round runs every command once, so that a
busy machine hits all of them alike; a number is the median over the rounds of user + system time. Exits 1 over a limit.
"""

import os
import statistics
import sys
import tempfile
from pathlib import Path

from common import run

# 250 variables: name, value, type.
VARIABLES = [
    (f"{part}_{number}_{word}", value, kind)
    for part in ("APP", "MAIL", "QUEUE", "CACHE", "FILES")
    for number in range(10)
    for word, value, kind in (
        ("PORT", "8080", "port"),
        ("HOST", "db.acme.example", "host"),
        ("URL", "https://acme.example", "url"),
        ("ENABLED", "true", "boolean"),
        ("LIMIT", "100", "{type: integer, minimum: 1}"),
    )
]
FILES = {
    "Dockerfile": """\
FROM node:22-alpine AS build
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build
FROM node:22-alpine
WORKDIR /app
COPY --from=build /app/dist ./dist
USER node
HEALTHCHECK CMD wget -q --spider http://127.0.0.1:3000/health
CMD ["node", "dist/server.js"]
""",
    "compose.yaml": """\
services:
  web:
    image: registry.example.com/web:1.4.2
    depends_on:
      db:
        condition: service_healthy
    environment:
      DATABASE_HOST: db
    healthcheck:
      test: ["CMD", "/web", "health"]
  db:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD_FILE: /run/secrets/db
    volumes:
      - data:/var/lib/postgresql/data
    healthcheck:
      test: ["CMD-SHELL", "pg_isready -U postgres"]
volumes:
  data:
""",
    ".github/workflows/ci.yml": """\
on: push
permissions: {}
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: npm ci
      - run: |
          npm test
          npm run lint
""",
    ".env.production": "".join(f"{name}={value}\n" for name, value, _ in VARIABLES),
    ".env.schema.yaml": "prodlint-env: 1\nvars:\n"
    + "".join(f"  {name}: {kind}\n" for name, _, kind in VARIABLES),
    ".env": "PORT=8000\nDEBUG=false\nDATABASE_HOST=db\nCACHE_TTL=300\n",
}
# Name, options, the files that are there, and the limit: times a Python that does nothing.
RUNS = [
    ("dockerfile", ["--only", "dockerfile"], ["Dockerfile"], 4.0),
    ("ci", ["--only", "ci"], [".github/workflows/ci.yml"], 4.0),
    ("compose", ["--only", "compose"], ["compose.yaml"], 5.0),
    ("env", ["--only", "env"], [".env.production"], 5.0),
    ("env, schema", ["--only", "env"], [".env.production", ".env.schema.yaml"], 15.0),
    ("secrets", ["--only", "secrets"], ["compose.yaml"], 4.0),
    ("all five", [], [name for name in FILES if not name.startswith(".env.")], 9.0),
]


def cpu_ms(command: list[str], folder: str) -> float:
    ran = run(command, folder)
    if ran.code:
        raise SystemExit(f"{' '.join(command)}: exit code {ran.code}")
    return ran.cpu_ms


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    script = str(Path(sys.executable).with_name("prodlint"))
    with tempfile.TemporaryDirectory() as top:
        commands = {"python -c pass": ([sys.executable, "-c", "pass"], top)}
        for name, words, files, _ in RUNS:
            folder = Path(top, name)
            for file in files:
                path = folder / file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(FILES[file], encoding="utf-8")
            os.system(f"git init -q '{folder}' && git -C '{folder}' add -A")
            commands[name] = ([sys.executable, script, *words], str(folder))
        times: dict[str, list[float]] = {name: [] for name in commands}
        for number in range(rounds + 1):
            for name, (command, folder) in commands.items():
                spent = cpu_ms(command, folder)
                if number:  # the first round warms the caches
                    times[name].append(spent)
    medians = {name: statistics.median(spent) for name, spent in times.items()}
    bare = medians.pop("python -c pass")
    print(f"python -c pass: {bare:.1f} ms of CPU, median of {rounds}")
    print(f"{'run':12} {'ms':>6} {'times':>6} {'limit':>6}")
    failed = False
    for name, _, _, limit in RUNS:
        ratio = medians[name] / bare
        failed |= ratio > limit
        print(
            f"{name:12} {medians[name]:6.1f} {ratio:6.2f} {limit:6.1f}{'  over' * (ratio > limit)}"
        )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
