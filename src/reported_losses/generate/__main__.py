"""`python -m reported_losses.generate`: write every generated file of the checkout."""

from __future__ import annotations

from reported_losses.definition.descriptor import load_package
from reported_losses.definition.location import package_dir
from reported_losses.files import write_atomically
from reported_losses.generate import GENERATED
from reported_losses.generate.pictures import PICTURES, redrawn


def main() -> None:
    """Write each file that differs from what the code gives."""
    folder = package_dir()
    package = load_package(folder)
    for name, text in GENERATED.items():
        path = folder / name
        new = text(package)
        if not path.exists() or path.read_bytes() != new.encode():
            write_atomically(path, new)
    for name, choices in PICTURES.items():
        path = folder / name
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        new = redrawn(choices, old)
        if new != old:
            write_atomically(path, new)


if __name__ == "__main__":
    main()
