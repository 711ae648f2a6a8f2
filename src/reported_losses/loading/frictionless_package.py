"""`package()`: the dataset for frictionless."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reported_losses.definition.descriptor import installed
from reported_losses.definition.location import DESCRIPTOR, package_dir
from reported_losses.errors import MissingExtraError
from reported_losses.parsing.as_built import refuse, verified

if TYPE_CHECKING:
    import frictionless


def package() -> frictionless.Package:
    """Return the installed dataset as a `frictionless.Package`.

    For tools that work with Data Packages; frictionless reads the same descriptor, schemas and
    files as `load`, and knows nothing of the rules that `check` holds.

    Returns:
        The package, with one resource per table, each with its schema.

    Raises:
        MissingExtraError: frictionless is not installed.
        DataError: An installed file is not the one that was built.

    >>> import reported_losses as rl
    >>> rl.package().get_resource("loss_counts").schema.primary_key
    ['reporter', 'subject', 'category', 'report_date']
    """
    try:
        import frictionless
    except ImportError as error:
        raise MissingExtraError(
            "frictionless is not installed: pip install 'reported-losses[validate]'"
        ) from error
    folder = package_dir()
    for table in installed().tables.values():
        refuse(table, verified(folder, table))
    return frictionless.Package(str(folder / DESCRIPTOR))
