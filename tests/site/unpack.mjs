// Unpacks the data of the explorer as its script does: `node unpack.mjs UNPACK DATA OUT`.

import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [script, data, out] = process.argv.slice(2).map((name) => resolve(name));
const { days, dayText, sums, unpack } = await import(pathToFileURL(script).href);
const raw = JSON.parse(readFileSync(data, "utf8"));
const series = raw.series.map((one) => {
  const { day, total, change, mean, increment, incrementMean, evidence } = unpack(one, raw);
  return { key: one.key, day: day.map(dayText), total, change, mean, increment, increment_mean: incrementMean, evidence };
});
const compare = raw.compare.map((one) => ({ ...one, day: days(one.day).map(dayText), totals: one.totals.map(sums) }));
writeFileSync(out, JSON.stringify({ series, compare }));
