// The view of one reporter's count of one category.

import { link, number, signed } from "./dom.js";
import { barLayer, cursor, dayLayer, hasBars, heights, jumpLayer, lineLayer, marks, plot } from "./plot.js";
import { dayNumber, dayText, nearest, rowFrom } from "./unpack.js";

const VALUE = { total: "total", change: "change", mean: "mean", increment: "increment" };
const LINE = { total: "total", change: "mean", mean: "mean", increment: "incrementMean" };
const PIECES = { total: "total", change: "change", mean: "change", increment: "increment" };
export const NAMES = {
  total: "total",
  change: "change of the day",
  mean: "mean of 7 days",
  increment: "printed increment",
};
const COLUMNS = [
  ...["report_date", "total", "change", "change_mean_7", "increment", "increment_mean_7"],
  ...["evidence", "correction", "correction_kind", "correction_reason"],
];

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
  const title = one.raw.title;
  const found = {
    title,
    says: [],
    note: [data.categories.find(([name]) => name === one.category)?.[3], one.raw.note].filter(Boolean).join(" "),
    table: () => ({ columns: COLUMNS, rows: shown.map((row) => cells(one, row)) }),
    file: `${one.reporter}_${one.subject}_${one.category}_${kind}`,
    marks: [],
    empty: drawn.length === 0,
  };
  found.says.push(...notes(one, shown, kind));
  if (!drawn.length) {
    found.says.push(`There is no ${NAMES[kind]} on these days.`);
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
    for (const [row, fix] of one.fixes)
      if (row > first && row <= last && data.words.cutting.includes(fix.kind))
        layers.push(jumpLayer(one.day[row], one.total[row - 1], one.total[row], `${fix.kind} ${signed(fix.amount)}`));
  const picture = plot(host, {
    x: [one.day[drawn[0]], one.day[drawn[drawn.length - 1]]],
    y: ends,
    whole: kind !== "mean",
    layers,
    label: `${title}. ${NAMES[kind]}, ${dayText(one.day[drawn[0]])} to ${dayText(one.day[drawn[drawn.length - 1]])}. The data are in the table below.`,
  });
  found.says.unshift(data.words.says[bars && !hasBars(picture) ? `${kind}-dots` : kind]);
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

/** What is marked: corrections, and figures that records dispute. */
const marked = (one, rows, data) =>
  rows.flatMap((row) => {
    const day = one.day[row];
    const fix = one.fixes.get(row);
    const found = [];
    if (fix) {
      const source = data.sources.find(([name]) => name === fix.source);
      const words = [`${dayText(day)}: ${fix.kind}, ${signed(fix.amount)}`, fix.reason];
      if (source) words.push(`Source: ${source[2] ? `${source[2]}, ` : ""}${source[1]}`);
      found.push({ row, day, ...fix, lines: words, page: source && link(source[3], source[2] || source[1]) });
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

const notes = (one, rows, kind) => {
  const found = [];
  const light = rows.filter((row) => one.evidence[row] === "single").length;
  if (rows.length && light === rows.length) found.push("One record alone has these figures.");
  else if (light) found.push("Lighter: one record alone has the figure.");
  if (one.raw.policy === "restated") found.push("The reporter revises its list, so the total may fall.");
  if (one.raw.until) found.push(`This category ended: the last report that counts it is of ${one.raw.until}.`);
  if (kind === "increment" && rows.some((row) => one.readIn[row] === "address"))
    found.push("Since August 2025 some increments are read in the addresses of pages, not in print.");
  return found;
};

export const range = (first, last) => Array.from({ length: Math.max(last - first + 1, 0) }, (_, at) => first + at);
