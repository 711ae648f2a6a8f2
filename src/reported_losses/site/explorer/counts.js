// The view of one reporter's count of one category.

import { link, number, readable, signed } from "./dom.js";
import { barLayer, cursor, dayLayer, hasBars, heights, jumpLayer, lineLayer, marks, plot } from "./plot.js";
import { dayNumber, dayText, dayWords, nearest, rowFrom } from "./unpack.js";

const VALUE = { total: "total", change: "change", mean: "mean", increment: "increment" };
const LINE = { total: "total", change: "mean", mean: "mean", increment: "incrementMean" };
const PIECES = { total: "total", change: "change", mean: "change", increment: "increment" };
export const NAMES = {
  total: "total",
  change: "change of the day",
  mean: "mean of 7 days",
  increment: "printed increment",
};
const TITLED = {
  total: "running total",
  change: "change each day",
  mean: "change each day, mean of 7 days",
  increment: "increment printed each day",
};
const OWN = "ua-general-staff";
const COLUMNS = [
  ...["report_date", "total", "change", "change_mean_7", "increment", "increment_mean_7"],
  ...["evidence", "correction", "correction_kind", "correction_reason"],
];

/** Kinds whose amount is written at the curve: those that move a count. */
export const LABELLED = (data) => [...data.words.cutting, "unexplained"];

/** First and last row of a period. */
export const rowsOf = (days, state) => {
  const first = state.from ? rowFrom(days, dayNumber(state.from)) : 0;
  const last = (state.to ? rowFrom(days, dayNumber(state.to) + 1) : days.length) - 1;
  return [first, last];
};

export const counts = (host, { data, state, series, choose }) => {
  const one = series;
  const kind = state.measure;
  const [first, last] = rowsOf(one.day, state);
  const shown = range(first, last);
  const value = one[VALUE[kind]];
  const curve = one[LINE[kind]];
  const bars = kind === "change" || kind === "increment";
  const drawn = shown.filter((row) => value[row] !== null || curve[row] !== null);
  const [what, who] = one.raw.title.split(/:(.*)/s);
  const title = `${what}, ${TITLED[kind]}:${who}`;
  const found = {
    title,
    says: [],
    note: [definition(one, data), one.raw.note].filter(Boolean).join(" "),
    table: () => ({ columns: COLUMNS, rows: shown.map((row) => cells(one, row)) }),
    file: [one.reporter, one.subject, one.category, kind, ...period(state)].join("_"),
    marks: [],
    empty: drawn.length === 0,
  };
  found.says.push(...notes(one, drawn, kind, shown));
  if (!drawn.length) {
    found.says.push(nothing(one, kind));
    host.replaceChildren();
    return found;
  }
  const ends = heights([...drawn.map((row) => value[row]), ...drawn.map((row) => curve[row])], kind !== "total");
  if (ends[0] > 0) found.says.push("The axis does not begin at 0.");
  const layers = state.day ? [dayLayer(dayNumber(state.day))] : [];
  if (bars)
    layers.push(barLayer(drawn.filter((row) => value[row] !== null).map((row) => [one.day[row], value[row], one.evidence[row] === "single"])));
  const { all, firm } = one.pieces[PIECES[kind]];
  for (const [pieces, style] of [[all, `first light${kind === "total" ? "" : " mean"}`], [firm, `first${kind === "total" ? "" : " mean"}`]])
    for (const [from, to] of pieces) {
      const points = range(Math.max(from, first), Math.min(to, last))
        .filter((row) => curve[row] !== null)
        .map((row) => [one.day[row], curve[row]]);
      layers.push(lineLayer(points, style, one.raw.steps && kind === "total"));
    }
  if (kind === "total")
    layers.push(
      jumpLayer(
        [...one.fixes]
          .filter(([row, fix]) => row > first && row <= last && LABELLED(data).includes(fix.kind))
          .map(([row, fix]) => ({ day: one.day[row], value: one.total[row], amount: fix.amount, text: `${fix.kind} ${signed(fix.amount)}`, bare: !data.words.cutting.includes(fix.kind) })),
      ),
    );
  const picture = plot(host, {
    x: [one.day[drawn[0]], one.day[drawn[drawn.length - 1]]],
    y: ends,
    whole: kind !== "mean",
    bars,
    layers,
    label: `${title}. ${dayText(one.day[drawn[0]])} to ${dayText(one.day[drawn[drawn.length - 1]])}. The data are in the table below.`,
  });
  found.says.unshift(`${dayWords(one.day[drawn[0]])} to ${dayWords(one.day[drawn[drawn.length - 1]])}.`);
  found.gain = gained(one, first, last);
  const dots = bars && !hasBars(picture) ? "-dots" : "";
  const bare = bars && drawn.every((row) => curve[row] === null) ? "-bare" : "";
  found.says.unshift(data.words.says[`${kind}${dots}${bare}`]);
  const height = (row) => (kind === "change" || kind === "increment" ? (value[row] ?? curve[row]) : curve[row]);
  const start = state.day ? nearest(drawn.map((row) => one.day[row]), dayNumber(state.day)) : undefined;
  cursor(host, picture, {
    days: drawn.map((row) => one.day[row]),
    height: (place) => height(drawn[place]),
    lines: (place) => words(one, drawn[place]),
    name: title,
    choose: (place) => choose(dayText(one.day[drawn[place]])),
    start,
  });
  found.marks = marked(one, drawn, data).map((mark) => ({ ...mark, value: height(mark.row), rule: bars }));
  marks(host, picture, found.marks, (mark) => choose(dayText(mark.day)));
  return found;
};

/** What a category is; what the General Staff counts under a name says nothing of how others do. */
const definition = (one, data) => {
  const shared = one.reporter !== OWN && data.series.some(({ key }) => key[0] === OWN && key[2] === one.category);
  return shared ? null : data.categories.find(([name]) => name === one.category)?.[3];
};

/** What a file of a period is called after. */
export const period = (state) => [state.from && `from-${state.from}`, state.to && `to-${state.to}`].filter(Boolean);

/** How far the total went in the rows shown, from the last report before them. */
const gained = (one, first, last) => {
  const base = Math.max(first - 1, 0);
  if (base >= last) return null;
  const by = one.total[last] - one.total[base];
  const sums = new Map();
  for (const [row, fix] of one.fixes) if (row > base && row <= last) sums.set(fix.kind, (sums.get(fix.kind) ?? 0) + fix.amount);
  const told = [...sums].filter(([, sum]) => sum).map(([kind, sum]) => `${kind} ${signed(sum)}`);
  const corrections = told.length ? `, of which ${told.join(", ")}` : "";
  return `From ${dayWords(one.day[base])} to ${dayWords(one.day[last])} the total went from ${number(one.total[base])} to ${number(one.total[last])}: ${signed(by)}${corrections}.`;
};

/** The rows of a whole series that have a figure of a measure. */
const having = (one, kind) => range(0, one.day.length - 1).filter((row) => one[VALUE[kind]][row] !== null);

/** Why nothing is drawn. */
const nothing = (one, kind) => {
  const rows = having(one, kind);
  if (!rows.length) return kind === "increment" ? "This reporter prints no increments." : `There is no ${NAMES[kind]}.`;
  return `There is no ${NAMES[kind]} on these days: the first is of ${dayWords(one.day[rows[0]])}, the last of ${dayWords(one.day[rows[rows.length - 1]])}.`;
};

/** What is marked: corrections, and figures that records dispute. */
const marked = (one, rows, data) =>
  rows.flatMap((row) => {
    const day = one.day[row];
    const fix = one.fixes.get(row);
    const found = [];
    if (fix) {
      const source = data.sources.find(([name]) => name === fix.source);
      const moved = row ? one.total[row] - one.total[row - 1] : null;
      const sum = moved === null || one.change[row] === null ? [] : [`total ${signed(moved)} = change ${signed(one.change[row])}, ${fix.kind} ${signed(fix.amount)}`];
      const words = [`${dayText(day)}: ${fix.kind}, ${signed(fix.amount)}`, ...sum, readable(fix.reason)];
      if (source) words.push(`Source: ${source[2] ? `${source[2]}, ` : ""}${source[1]}`);
      found.push({ row, day, ...fix, reason: readable(fix.reason), lines: words, page: source && link(source[3], source[2] || source[1]) });
    }
    if (one.evidence[row] === "disputed")
      found.push({
        row,
        day,
        kind: "disputed",
        lines: [`${dayText(day)}: disputed, ${number(one.total[row])}`, reasonOf(one, row)],
        reason: reasonOf(one, row),
      });
    return found;
  });

export const reasonOf = (one, row) =>
  one.raw.why.find(([of]) => of === row)?.[1] ?? "Records contradict each other and nothing decides.";

const words = (one, row) => {
  const found = [dayText(one.day[row]), `total ${number(one.total[row])}`];
  if (one.change[row] !== null) found.push(`change ${signed(one.change[row])}`);
  if (one.increment[row] !== null) found.push(`printed ${signed(one.increment[row])}`);
  if (one.mean[row] !== null) found.push(`mean of 7 days ${number(one.mean[row])}`);
  found.push(`evidence: ${one.evidence[row]}`);
  return found;
};

const cells = (one, row) => {
  const fix = one.fixes.get(row);
  return [
    dayText(one.day[row]),
    ...[one.total, one.change, one.mean, one.increment, one.incrementMean].map((column) => column[row]),
    ...[one.evidence[row], fix?.amount ?? 0, fix?.kind ?? null, fix?.reason ?? null],
  ];
};

const notes = (one, rows, kind, shown) => {
  const found = [];
  const without = rows.length ? shown.filter((row) => row && one[VALUE[kind]][row] === null) : [];
  if (kind === "change" && without.length)
    found.push(`${without.length} of ${shown.length} reports have no change, because no report is of the day before.`);
  if (kind === "increment" && without.length)
    found.push(`${without.length} of ${shown.length} reports have no printed increment; the last one is of ${dayWords(one.day[having(one, kind).pop()])}.`);
  const light = rows.filter((row) => one.evidence[row] === "single").length;
  if (rows.length && light === rows.length) found.push("Only one record gives these figures.");
  else if (light) found.push("Lighter: only one record gives the figure.");
  if (one.raw.policy === "restated") found.push("The reporter revises its list, so the total may fall.");
  if (one.raw.until) found.push(`This category ended: the last report that counts it is of ${one.raw.until}.`);
  if (kind === "increment" && rows.some((row) => one.readIn[row] === "address"))
    found.push("Since August 2025 some increments are read from the address of the report’s page, because no text of the report gives them.");
  return found;
};

export const range = (first, last) => Array.from({ length: Math.max(last - first + 1, 0) }, (_, at) => first + at);
