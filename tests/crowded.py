"""Compose files with the same fault in each of many services."""

HEAD = 'services:\n  db: {image: "redis:8"}\n'
FAULTS = {
    "unknown keys": "  s{0}:\n    image: a:1\n    foo{0}: 1\n    imagee: 2\n",
    "unknown dependencies": "  s{0}:\n    image: a:1\n    depends_on: [x{0}]\n",
    "no healthchecks": "  s{0}:\n    image: redis\n    ports: ['{0}:6379']\n",
    "dependencies without healthchecks": "  s{0}:\n    image: redis\n    depends_on: [db]\n",
    "unknown bases": "  s{0}:\n    extends: x{0}\n",
    "undeclared resources": "  s{0}:\n    image: a:1\n    networks: [n{0}]\n    volumes: ['v{0}:/d']\n",
    "unknown restart policies": "  s{0}:\n    image: a:1\n    restart: nevr{0}\n",
    "unset secrets": "  s{0}:\n    image: a:1\n    environment: {{A: $DB_PASSWORD_{0}}}\n",
    "missing programs": "  s{0}:\n    image: node:18-alpine\n    healthcheck: {{test: curl localhost}}\n",
    "ports taken": "  s{0}:\n    image: a:1\n    ports: [80:80]\n    container_name: x\n",
    "ignores": "  s{0}:\n    image: a:1\n    # prodlint: ignore[compose/invalid-compose] why\n    foo{0}: 1\n",
}


def crowded(name: str, services: int) -> str:
    return HEAD + "".join(map(FAULTS[name].format, range(services)))
