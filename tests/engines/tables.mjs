// Reads the Parquet files of a folder with hyparquet and writes each as JSON to another one:
// the JavaScript types of its columns, and its cells as texts, numbers and truth values.
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";

const [from, to] = process.argv.slice(2);

const kindOf = (cell) => (cell instanceof Date ? "Date" : typeof cell);

// JSON has no whole numbers of 64 bits.
const plain = (cell) =>
  cell instanceof Date ? cell.toISOString() : typeof cell === "bigint" ? cell.toString() : cell;

for (const name of (await readdir(from)).filter((one) => one.endsWith(".parquet"))) {
  const bytes = await readFile(join(from, name));
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const kinds = {};
  const cells = {};
  for (const row of await parquetReadObjects({ file, compressors })) {
    for (const [column, cell] of Object.entries(row)) {
      (cells[column] ??= []).push(plain(cell));
      kinds[column] ??= [];
      const kind = kindOf(cell);
      if (cell !== null && !kinds[column].includes(kind)) kinds[column].push(kind);
    }
  }
  await writeFile(join(to, name.replace(".parquet", ".json")), JSON.stringify({ kinds, cells }));
}
