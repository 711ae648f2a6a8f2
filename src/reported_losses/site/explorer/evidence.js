// The evidence of one figure: every reading of it, what each record was copied from, what decided.

import { el, link, number, signed, table, there } from "./dom.js";
import { reasonOf } from "./counts.js";
import { dayNumber, dayText, fromRuns, rowFrom } from "./unpack.js";

const COLUMNS = ["Record", "Total", "Increment", "Copied from", "What else"];

export const evidence = (host, { data, state, series, close, move }) => {
  const row = rowFrom(series.day, dayNumber(state.day));
  if (series.day[row] !== dayNumber(state.day)) {
    host.replaceChildren(heading(`${state.day}: no figure`), closer(close), el("p", null, "The reporter has no figure of this category on this day."));
    return;
  }
  const day = state.day;
  const fix = series.fixes.get(row);
  const label = data.categories.find((one) => one[0] === series.category)?.[1];
  const rows = readings(data, series, row, day);
  const source = fix && data.sources.find(([name]) => name === fix.source);
  host.replaceChildren(...there([
    heading(`Evidence: ${label}, ${day}`),
    closer(close),
    el(
      "p",
      { class: "figure" },
      el("b", null, number(series.total[row])),
      ` in all`,
      series.change[row] === null ? "" : `, change ${signed(series.change[row])}`,
      series.increment[row] === null ? ", no increment printed" : `, printed ${signed(series.increment[row])} (${series.readIn[row]})`,
    ),
    el("p", null, el("b", null, series.evidence[row]), `: ${why(data, series, row)}.`),
    fix && el("p", { class: "fix" }, el("b", null, `${fix.kind} ${signed(fix.amount)}`), `: ${fix.reason} `, source && link(source[3], source[2] || source[1])),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Readings" }, table(`${rows.length} readings of this figure`, COLUMNS, rows)),
    el(
      "p",
      { class: "near" },
      el("button", { type: "button", disabled: row === 0, click: () => move(dayText(series.day[row - 1])) }, "Earlier figure"),
      el("button", { type: "button", disabled: row === series.day.length - 1, click: () => move(dayText(series.day[row + 1])) }, "Later figure"),
      el("a", { href: `days/${day}.html` }, `Whole report of ${day}`),
    ),
  ]));
};

const heading = (text) => el("h2", { tabindex: "-1", id: "evidence-title" }, text);
const closer = (close) => el("button", { type: "button", class: "close", click: close }, "Close");

const why = (data, series, row) =>
  series.raw.why.length && series.raw.why.some(([of]) => of === row)
    ? reasonOf(series, row)
    : (data.reasons[series.evidence[row]] ?? "records differ");

const readings = (data, series, row, day) => {
  series.bits ??= ["held", "printed", "silent"].map((name) => fromRuns(series.raw[name]));
  const [held, printed, silent] = series.bits.map((column) => column[row]);
  const sources = new Map(data.sources.map((one) => [one[0], one]));
  const found = [];
  data.records.forEach((record, place) => {
    const bit = 1 << place;
    const name = link(sources.get(record[4])?.[3], record[1]);
    const from = origin(data, record, day, sources);
    if (held & bit)
      found.push([name, series.total[row], printed & bit ? series.increment[row] : null, from, ""]);
    else if (silent & bit)
      found.push([name, series.total[row], null, from, "holds the same: only what differs is kept of this record"]);
  });
  for (const [of, place, total, increment, correction, stale, source, note] of series.raw.other) {
    if (of !== row) continue;
    const record = data.records[place];
    const page = sources.get(source);
    const else_ = [
      total !== null && total !== undefined && total !== series.total[row] && "differs",
      (total === null || total === undefined) && "no total",
      correction && `states a correction of ${signed(correction)}`,
      stale && "stale: left over from an earlier day",
      note,
    ].filter(Boolean);
    found.push([
      link(sources.get(record[4])?.[3], record[1]),
      total ?? null,
      increment ?? null,
      origin(data, record, day, sources),
      el("span", null, else_.join("; "), page ? [" ", link(page[3], page[2] || page[1])] : []),
    ]);
  }
  return found;
};

/** What a record was copied from on a day: `a@/2025-08-09 b@2025-08-10/` names both. */
const origin = (data, record, day, sources) => {
  for (const part of record[7].split(" ").filter(Boolean)) {
    const [name, days] = part.split("@");
    const [first, last] = (days ?? "/").split("/");
    if ((first && day < first) || (last && day > last)) continue;
    const known = data.records.find((one) => one[0] === name);
    return known ? known[1] : (sources.get(name)?.[1] ?? name);
  }
  return record[3] === "transcription" ? "the reporter’s publications" : "the reporter itself";
};
