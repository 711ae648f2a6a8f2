"""The files that describe a release: for tools, search engines, readers and lawyers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reported_losses.definition.location import DESCRIPTOR
from reported_losses.release.croissant import croissant
from reported_losses.release.data_package import data_package
from reported_losses.release.jsonld import jsonld
from reported_losses.release.papers import papers_files
from reported_losses.release.source import Files, Source

if TYPE_CHECKING:
    import pyarrow as pa


def described_files(source: Source, files: Files, tables: Mapping[str, pa.Table]) -> Files:
    """Return the files that describe a release.

    Args:
        source: What the release is made from.
        files: Every data file of the release: CSV, Parquet, databases.
        tables: Its tables by name, those that are computed included.

    Returns:
        `datapackage.json`, `croissant.json`, `dataset.jsonld`, `CITATION.cff`, `LICENSE` and
        `LICENSE-DATA`. The same arguments give the same bytes.

    Raises:
        ReleaseError: The citation file or a licence cannot be read.
        DescriptorError: A schema cannot be read.
    """
    return {
        DESCRIPTOR: data_package(source, files),
        "croissant.json": croissant(source, files, tables),
        "dataset.jsonld": jsonld(source, files),
        **papers_files(source),
    }
