// The evidence of one figure: every reading of it, what each record was copied from, what decided.

import { byId, el, link, number, readable, signed, table, there } from "./dom.js";
import { capital, nameOf } from "./beside.js";
import { dayNumber, dayText, fromRuns, rowFrom } from "./unpack.js";

const COLUMNS = ["Record", "Total", "Increment", "Remarks", "Copied from"];

export const evidence = (host, { data, state, series, close: shut, move }) => {
  const close = () => {
    shut();
    // Back to the mark of the day, where it has one; the chart was drawn anew.
    byId("chart").querySelector(`.mark[data-day="${state.day}"]`)?.focus();
  };
  host.onkeydown = (event) => {
    if (event.key === "Escape") close();
  };
  const row = rowFrom(series.day, dayNumber(state.day));
  if (series.day[row] !== dayNumber(state.day)) {
    host.replaceChildren(heading(`${state.day}: no figure`), closer(close), el("p", null, "The reporter has no figure of this category on this day."));
    return;
  }
  const day = state.day;
  const fix = series.fixes.get(row);
  const label = data.categories.find((one) => one[0] === series.category)?.[1];
  const rows = readings(data, series, row, day);
  host.replaceChildren(...there([
    heading(`Evidence: ${label}, ${day}`),
    closer(close),
    el(
      "p",
      { class: "figure" },
      el("b", null, number(series.total[row])),
      ` in all`,
      rivals(series, row),
      series.change[row] === null ? "" : `, change ${signed(series.change[row])}`,
      series.increment[row] === null ? ", no increment printed" : `, printed ${signed(series.increment[row])}, read ${data.read_words[series.readIn[row]] ?? "in the report"}`,
    ),
    el("p", null, el("b", null, series.evidence[row]), `: ${why(data, series, row)}.`, rivals(series, row) ? ` The rule for ties: ${data.ties}.` : ""),
    fix && correction(data, fix),
    el(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": "Readings" },
      cards(table(`${rows.length} ${rows.length === 1 ? "reading" : "readings"} of this figure`, COLUMNS, rows)),
    ),
    el(
      "p",
      { class: "near" },
      el("button", { type: "button", disabled: row === 0, click: () => move(dayText(series.day[row - 1])) }, "Earlier figure"),
      el("button", { type: "button", disabled: row === series.day.length - 1, click: () => move(dayText(series.day[row + 1])) }, "Later figure"),
      el("a", { href: `days/${day}.html` }, `Whole report of ${day}`),
      own(data, series, day),
    ),
    cite(data, series, row, label),
  ]));
};

/** The other total that as much speaks for, where nothing decides. */
const rivals = (series, row) => {
  const [, , ...totals] = series.raw.why.find(([of]) => of === row) ?? [];
  return totals.length ? ` (${totals.map(number).join(" or ")})` : "";
};

const correction = (data, fix) => {
  const source = data.sources.find(([name]) => name === fix.source);
  return el(
    "p",
    { class: "fix" },
    el("b", null, `${fix.kind} ${signed(fix.amount)}`),
    ` (${data.kinds[fix.kind]}): ${readable(fix.reason)} `,
    source && link(source[3], [source[1], source[2]].filter(Boolean).join(", ")),
  );
};

const own = (data, series, day) => {
  const address = data.reports[series.reporter]?.[day];
  return address ? link(address, "The reporter’s own page of this report") : el("span", null, "The reporter’s own page is not known.");
};

const cite = (data, series, row, label) => {
  const day = dayText(series.day[row]);
  const words = `${nameOf(data, series.reporter)}, losses of ${capital(series.subject)}: ${label} ${number(series.total[row])} in all on ${day}, as reported. ${data.citation}. ${data.address}${location.hash}`;
  return el("details", { class: "cite" }, el("summary", null, "Cite this figure"), el("p", null, words));
};

/** On a phone a row is a card, and each cell says which column it is of. */
const cards = (made) => {
  made.classList.add("cards-on-phone");
  for (const row of made.tBodies[0].rows) [...row.cells].forEach((cell, place) => cell.setAttribute("data-label", COLUMNS[place]));
  return made;
};

const heading = (text) => el("h2", { tabindex: "-1", id: "evidence-title" }, text);
const closer = (close) => el("button", { type: "button", class: "close", click: close }, "Close");

const why = (data, series, row) =>
  series.raw.why.find(([of]) => of === row)?.[1] ?? data.reasons[series.evidence[row]] ?? "records differ";

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
      found.push([name, series.total[row], printed & bit ? series.increment[row] : null, "", from]);
    else if (silent & bit)
      found.push([name, series.total[row], null, "holds the same: only what differs is kept of this record", from]);
  });
  for (const [of, place, total, increment, correction, stale, source, note] of series.raw.other) {
    if (of !== row) continue;
    const record = data.records[place];
    const page = sources.get(source);
    const differs = total !== null && total !== undefined && total !== series.total[row];
    const remarks = [
      differs && "differs",
      (total === null || total === undefined) && "no total",
      correction && `states a correction of ${signed(correction)}`,
      stale && "stale: left over from an earlier day",
      note && readable(note),
    ].filter(Boolean);
    found.push([
      link(sources.get(record[4])?.[3], record[1]),
      total ?? null,
      increment ?? null,
      el("span", { class: differs ? "differs" : null }, remarks.join("; "), page ? [" ", link(page[3], page[2] || page[1])] : []),
      origin(data, record, day, sources),
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
