"""Where the files lie that the user names."""

import os

from prodlint.console import Stop


def located(paths: list[str]) -> tuple[str, list[str] | None]:
    """The root of the repository, and the named paths seen from it (None: everything)."""
    here = os.path.realpath(os.getcwd())
    full = []
    for path in paths:
        if not os.path.lexists(path):
            raise Stop(f"{path}: no such file or folder")
        # The name itself may be a link: only the folder that holds it is resolved.
        folder, name = os.path.split(os.path.abspath(path))
        full.append(
            os.path.realpath(path)
            if os.path.isdir(path)
            else os.path.join(os.path.realpath(folder), name)
        )
    start = here if not full else full[0] if os.path.isdir(full[0]) else os.path.dirname(full[0])
    root = start
    while not os.path.lexists(os.path.join(root, ".git")):
        above = os.path.dirname(root)
        if above == root:
            root = here if (start + os.sep).startswith(here + os.sep) else start
            break
        root = above
    inside = []
    for path, name in zip(full, paths, strict=True):
        relative = os.path.relpath(path, root).replace(os.sep, "/")
        if relative.startswith("../"):
            raise Stop(f"{name}: outside of {root}, where the first path lies")
        inside.append("" if relative == "." else relative)
    return root, None if not paths or "" in inside else inside
