// The view of reporters side by side, their ratio, and the ranges that others gave.

import { el, number, readable, signed } from "./dom.js";
import { cursor, heights, jumpLayer, lineLayer, marks, nameLayer, plot, rangeLayer } from "./plot.js";
import { LABELLED, period, range, rowsOf } from "./counts.js";
import { dayNumber, dayText, dayWords, days, rowFrom, sums } from "./unpack.js";

/** Where both drawings begin, so that their days stand one below the other. */
const LEFT = 62;
/** Each reporter has its colour in every comparison. */
const STYLE = { "ua-general-staff": "first", oryx: "second", "ru-mod": "third" };
const RATIOS = ["ratio", "ratio other"];
export const MEASURED = {
  killed: "killed",
  "killed-or-missing": "killed or missing",
  irrecoverable: "irrecoverable",
  "killed-or-wounded": "killed or wounded",
  personnel: "personnel",
  "casualties-all-causes": "casualties of all causes",
};

export const beside = (host, context) =>
  context.state.category === "personnel" ? people(host, context) : equipment(host, context);

const label = (data, category) => data.categories.find((one) => one[0] === category)?.[1] ?? category;
export const nameOf = (data, organisation) =>
  data.organisations.find((one) => one[0] === organisation)?.[1] ?? organisation ?? "";
const SHORT = { "ua-general-staff": "General Staff", "ru-mod": "Russian MoD", oryx: "Oryx" };
const short = (data, reporter) => SHORT[reporter] ?? nameOf(data, reporter);

/** Pieces of rows: a line ends before a day without totals, and before each row that is a cut. */
const pieces = (rows, day, cuts) => {
  const found = [];
  for (const row of rows) {
    const last = found[found.length - 1];
    if (last && day[row] === day[row - 1] + 1 && !cuts.has(row)) last.push(row);
    else found.push([row]);
  }
  return found;
};

const hasSeries = (data, reporter, state) => data.series.some((one) => one.key.join("/") === [reporter, state.subject, state.category].join("/"));

const equipment = (host, { data, state, go, seriesOf }) => {
  const pair = data.compare.find((one) => one.subject === state.subject && one.category === state.category);
  const day = days(pair.day);
  const totals = pair.totals.map(sums);
  const [first, last] = rowsOf(day, state);
  const names = pair.reporters.map((name) => short(data, name));
  const styles = pair.reporters.map((name) => STYLE[name] ?? "first");
  const asked = state.since && dayNumber(state.since);
  const title = `${label(data, state.category)}: losses of ${capital(state.subject)}, ${names.join(" beside ")}`;
  // Of sums of several categories there is no series to look in.
  const own = pair.reporters.map((reporter) => (hasSeries(data, reporter, state) ? seriesOf(reporter, state.subject, state.category) : null));
  const irregular = names.filter((_, place) => data.series.some((one) => one.key[0] === pair.reporters[place] && one.steps));
  const since = state.since ? rowFrom(day, asked + 1) - 1 : -1;
  const based = since >= 0;
  const found = {
    title,
    says: [
      "Reported, not confirmed. Running totals on the days on which every reporter has one; the lines stop where one has none.",
      ...(state.since && !based ? [`There is no ratio since ${state.since}: the first common total is of ${dayText(day[0])}.`] : []),
      ...(based && day[since] !== asked ? [`There is no common total on ${state.since}; the ratio counts from ${dayText(day[since])}.`] : []),
      ...(irregular.length ? [`${irregular.join(" and ")} publish${irregular.length > 1 ? "" : "es"} irregularly: a total holds until the next one.`] : []),
      "They count differently, so a ratio of 1 is not expected; neither its size nor its change shows which count is wrong.",
      ...counted(data, names, pair, state.category),
    ],
    legend: names.map((name, place) => ({ text: name, style: styles[place] })),
    file: ["beside", state.subject, state.category, ...(based ? [`since-${dayText(day[since])}`] : []), ...period(state)].join("_"),
    table: () => ({
      columns: ["report_date", ...pair.reporters, ...pair.reporters.slice(1).map((name) => `${pair.reporters[0]}/${name}${based ? ` since ${dayText(day[since])}` : ""}`)],
      rows: rows.map((row) => [dayText(day[row]), ...totals.map((column) => column[row]), ...ratios(row)]),
    }),
  };
  const rows = range(first, last);
  const from = based ? totals.map((column) => column[since]) : totals.map(() => 0);
  const ratios = (row) =>
    totals.slice(1).map((column, place) => {
      const [above, below] = [totals[0][row] - from[0], column[row] - from[place + 1]];
      return (based && row <= since) || below <= 0 ? null : Math.round((100 * above) / below) / 100;
    });
  if (!rows.length) {
    found.says.push(`There is no day in this period on which all of them have a total; such days are from ${dayWords(day[0])} to ${dayWords(day[day.length - 1])}.`);
    host.replaceChildren();
    return { ...found, empty: true };
  }
  const cuts = pair.fixes.map((ones) => new Set(ones.filter(([, , , kind]) => data.words.cutting.includes(kind)).map(([, row]) => row)));
  const fixes = pair.fixes.flatMap((ones, place) =>
    ones
      .filter(([on, row]) => on > day[rows[0]] && row <= rows[rows.length - 1])
      .map(([on, row, amount, kind, reason]) => ({ on, row, amount, kind, reason: readable(reason), column: totals[place], place })),
  );
  found.marks = fixes.map(({ on, row, amount, kind, reason, column, place }) => ({
    day: on,
    amount,
    kind,
    reason,
    value: column[row],
    lines: [
      `${dayText(on)}: ${names[place]}, ${kind}, ${signed(amount)}`,
      ...(on === day[row] ? [] : [`No common total on this day; the next is of ${dayText(day[row])}.`]),
      reason,
    ],
    choose: own[place] ? () => go({ view: "counts", reporter: pair.reporters[place], day: dayText(on) }) : null,
  }));
  const jumps = fixes
    .filter(({ kind }) => LABELLED(data).includes(kind))
    .map(({ on, row, column, kind, amount }) => ({ day: on, value: column[row], amount, text: `${kind} ${signed(amount)}`, bare: on !== day[row] }));
  const top = el("div", { class: "panel" });
  const ends = rows[rows.length - 1];
  found.says.unshift(`${dayWords(day[rows[0]])} to ${dayWords(day[ends])}.`);
  const lines = totals.slice(1).map((_, place) => rows.map((row) => [day[row], ratios(row)[place]]).filter((one) => one[1] !== null));
  const lasts = lines.map((points) => points[points.length - 1]);
  const heading = [
    ratioTitle(names, based && dayText(day[since])),
    lasts.length === 1 && lasts[0] ? `: ${number(lasts[0][1])} on ${dayText(lasts[0][0])}` : "",
  ].join("");
  const below = el("div", { class: "panel", "data-heading": heading });
  host.replaceChildren(top, el("h3", { class: "ratio-title" }, heading), below);
  /** A total that holds from an earlier day says so. */
  const held = (place, row) => {
    const of = own[place] && own[place].day[rowFrom(own[place].day, day[row] + 1) - 1];
    return of && of !== day[row] ? ` (of ${dayText(of)})` : "";
  };
  const text = (row) => [
    dayText(day[row]),
    ...totals.map((column, place) => `${names[place]} ${number(column[row])}${held(place, row)}`),
    ...ratios(row).map((ratio, place) => {
      if (ratio === null) return "no ratio";
      const of = based ? ` (${[0, place + 1].map((one) => signed(totals[one][row] - from[one])).join(" to ")})` : "";
      return `ratio ${number(ratio)}${of}`;
    }),
  ];
  const x = [day[rows[0]], day[ends]];
  const picture = plot(top, {
    x,
    y: heights(rows.flatMap((row) => totals.map((column) => column[row])), true),
    whole: true,
    right: 165,
    left: LEFT,
    height: 300,
    label: `${title}. The data are in the table below.`,
    layers: [
      ...totals.flatMap((column, place) =>
        pieces(rows, day, cuts[place]).map((piece) => lineLayer(piece.map((row) => [day[row], column[row]]), styles[place], irregular.includes(names[place]))),
      ),
      jumpLayer(jumps),
      nameLayer(totals.map((column, place) => ({ day: day[ends], value: column[ends], text: `${names[place]} ${number(column[ends])}`, style: styles[place] }))),
    ],
  });
  cursor(top, picture, {
    days: rows.map((row) => day[row]),
    height: (place) => totals[0][rows[place]],
    lines: (place) => text(rows[place]),
    name: title,
    enter: own[0] ? `Enter shows the evidence of ${names[0]}` : "",
    choose: (place) => own[0] && go({ view: "counts", reporter: pair.reporters[0], day: dayText(day[rows[place]]) }),
  });
  marks(top, picture, found.marks, (mark) => mark.choose?.());
  const cut = new Set(cuts.flatMap((ones) => [...ones]));
  if (lines.every((points) => !points.length)) below.append(el("p", null, "There is no ratio on these days."));
  else
    plot(below, {
      x,
      y: heights([1, ...lines.flatMap((points) => points.map((one) => one[1]))], true),
      right: 165,
      left: LEFT,
      height: 180,
      label: `${heading}. The data are in the table below.`,
      layers: [
        ...lines.flatMap((_, place) =>
          pieces(rows.filter((row) => ratios(row)[place] !== null), day, cut).map((piece) =>
            lineLayer(piece.map((row) => [day[row], ratios(row)[place]]), RATIOS[place]),
          ),
        ),
        nameLayer(lines.filter((points) => points.length).map((points, place) => ({ day: points[points.length - 1][0], value: points[points.length - 1][1], text: `${number(points[points.length - 1][1])}${lines.length > 1 ? ` to ${names[place + 1]}` : ""}`, style: RATIOS[place] }))),
      ],
    });
  return found;
};

/** What each total adds up, where it is not the category alone. */
const counted = (data, names, { parts }, category) =>
  parts.every((one) => one.length === 1 && one[0] === category)
    ? []
    : [`Added up: ${names.map((name, place) => `${name}: ${parts[place].map((one) => label(data, one)).join(" + ")}`).join(". ")}.`];

const ratioTitle = (names, since) =>
  `Ratio of ${names[0]} to ${names.slice(1).join(", and to ")}${since ? `, counted after ${since}` : ""}`;

const HEDGES = { about: "about ", nearly: "nearly " };

const people = (host, { data, state, seriesOf, open }) => {
  const one = seriesOf("ua-general-staff", "russia", "personnel");
  const [first, last] = rowsOf(one.day, state);
  const title = "Personnel: losses of Russia, General Staff beside the ranges of others";
  const statement = new Map(data.statements.map((row, place) => [row[0], place]));
  const all = data.ranges
    .map(([, name, claim, day, total, low, high]) => {
      const place = statement.get(name);
      const figure = data.claims.find((row) => row[0] === place && row[1] === claim);
      return { day, total, ratios: [low, high], measure: figure[3], low: figure[4] ?? null, high: figure[5] ?? null, basis: figure[7], said: data.statements[place], qualifier: figure[6] };
    })
    .filter((row) => (!state.from || row.day >= dayNumber(state.from)) && (!state.to || row.day <= dayNumber(state.to)));
  const measures = Object.keys(MEASURED).filter((name) => all.some((row) => row.measure === name));
  const counted = measures.includes(state.counted) ? state.counted : null;
  const shown = all.filter((row) => !counted || row.measure === counted).sort((a, b) => a.day - b.day);
  const rows = range(first, last);
  const found = {
    title,
    says: [
      "Reported and estimated, not confirmed. They do not count the same: counts of killed cover less than the General Staff’s personnel, counts of killed and wounded may cover more; lists of names are lower bounds. An arrow is an end that the speaker left open: more than, or up to.",
    ],
    legend: [
      { text: "General Staff", style: "first" },
      ...measures.filter((name) => !counted || name === counted).map((name) => ({ text: MEASURED[name], measure: name })),
    ],
    measures,
    file: ["beside_russia_personnel", counted, ...period(state)].filter(Boolean).join("_"),
    table: () => ({
      columns: ["period_end", "speaker", "organisation", "measure", "basis", "qualifier", "low", "high", "ua-general-staff", "low_ratio", "high_ratio"],
      rows: shown.map((row) => [dayText(row.day), row.said[3], row.said[6], row.measure, row.basis, row.qualifier, row.low, row.high, row.total, ...row.ratios]),
    }),
  };
  if (!rows.length) {
    host.replaceChildren();
    found.says.push("There is no report in this period.");
    return { ...found, empty: true };
  }
  found.says.unshift(`${dayWords(one.day[rows[0]])} to ${dayWords(one.day[rows[rows.length - 1]])}.`);
  const values = [...rows.map((row) => one.total[row]), ...shown.flatMap((row) => [row.low, row.high])];
  const picture = plot(host, {
    x: [one.day[rows[0]], one.day[rows[rows.length - 1]]],
    y: heights(values, true),
    whole: true,
    label: `${title}. The data are in the table below.`,
    layers: [
      lineLayer(rows.map((row) => [one.day[row], one.total[row]]), "first"),
      rangeLayer(shown),
    ],
  });
  cursor(host, picture, {
    days: shown.map((row) => row.day),
    height: (place) => shown[place].high ?? shown[place].low,
    lines: (place) => {
      const row = shown[place];
      return [
        `${dayText(row.day)}: ${row.said[3]}`,
        `${MEASURED[row.measure]}: ${HEDGES[row.qualifier] ?? ""}${limits(row)}`,
        row.total === null ? "General Staff: no total" : `General Staff: personnel ${number(row.total)}`,
        row.basis.replaceAll("-", " "),
      ];
    },
    name: title,
    enter: "Enter shows the statement",
    choose: (place) => open(shown[place].said),
  });
  return found;
};

export const limits = ({ low, high }) => {
  if (low === high) return number(low);
  if (low === null) return `up to ${number(high)}`;
  return high === null ? `${number(low)} or more` : `${number(low)} to ${number(high)}`;
};

export const capital = (text) => text[0].toUpperCase() + text.slice(1);
