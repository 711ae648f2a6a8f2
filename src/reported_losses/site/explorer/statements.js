// The view of statements: who said what, when; searched by speaker, by what is counted, by text.

import { scaleLinear } from "d3-scale";
import { el, link, svg } from "./dom.js";
import { capital, limits, nameOf } from "./beside.js";
import { dayNumber, dayText } from "./unpack.js";

const FIRST = 15;

/** Every statement with its claims, ready to be searched. */
export const prepare = (data) => {
  const claims = new Map();
  for (const row of data.claims) claims.set(row[0], [...(claims.get(row[0]) ?? []), row]);
  const more = new Map();
  for (const [place, source] of data.pages) more.set(place, [...(more.get(place) ?? []), source]);
  return data.statements.map((row, place) => {
    const own = claims.get(place) ?? [];
    const body = nameOf(data, row[6]);
    return {
      row,
      place,
      day: row[1],
      claims: own,
      body,
      sources: [row[9], ...(more.get(place) ?? [])],
      speaker: `${row[3]} ${body}`.toLowerCase(),
      text: [row[3], row[4], row[5], body, row[8], row[10], ...own.flatMap((one) => [one[3], one[9], one[10], one[14]])].join(" ").toLowerCase(),
    };
  });
};

export const found = (all, state) => {
  const words = (state.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const speaker = (state.speaker ?? "").toLowerCase();
  return all.filter(
    (one) =>
      words.every((word) => one.text.includes(word)) &&
      one.speaker.includes(speaker) &&
      (!state.counted || one.claims.some((row) => row[3] === state.counted)) &&
      one.claims.some((row) => row[2] === state.subject) &&
      (!state.from || dayNumber(one.day) >= dayNumber(state.from)) &&
      (!state.to || dayNumber(one.day) <= dayNumber(state.to)),
  );
};

export const statements = (host, { data, state, all, go }) => {
  const shown = found(all, state);
  const months = countMonths(shown, all);
  const list = el("ol", { class: "statements", id: "statement-list" });
  const sources = new Map(data.sources.map((row) => [row[0], row]));
  let next = 0;
  const more = el("button", { type: "button", class: "more", click: () => add(true) });
  const add = (focus) => {
    const items = [...shown].reverse().slice(next, next + FIRST).map((one) => item(one, data, sources));
    list.append(...items);
    if (focus) items[0]?.focus();
    next += FIRST;
    more.hidden = next >= shown.length;
    more.textContent = `Show ${Math.min(FIRST, shown.length - next)} earlier ones`;
  };
  add(false);
  host.replaceChildren(...(shown.length ? [strip(months, host.clientWidth, go)] : []), list, more);
  return {
    title: `Statements about losses of ${capital(state.subject)}`,
    says: [
      `${shown.length} of ${all.length} statements. Who said what, when, in the words of this dataset; a statement is a claim, and no more is said of it here.`,
    ],
    empty: !shown.length,
    file: `statements_${state.subject}`,
    table: () => ({
      columns: ["stated_on", "speaker", "organisation", "subject", "measure", "low", "high", "qualifier", "basis", "summary", "url"],
      rows: shown.flatMap((one) =>
        one.claims
          .filter((row) => row[2] === state.subject && (!state.counted || row[3] === state.counted))
          .map((row) => [one.day, one.row[3], one.row[6], row[2], row[3], row[4] ?? null, row[5] ?? null, row[6], row[7], one.row[8], sources.get(one.row[9])?.[3] ?? null]),
      ),
    }),
  };
};

const item = (one, data, sources) => {
  const [, day, precision, speaker, role, via] = one.row;
  const about = precision === "day" ? "" : precision === "month" ? " (the month)" : " (day inferred)";
  return el(
    "li",
    { tabindex: "-1", id: `s-${one.row[0]}` },
    el("p", { class: "who" }, el("time", { datetime: day }, precision === "month" ? day.slice(0, 7) : day), about, " · ", el("strong", null, speaker), [role, one.body !== speaker && one.body, via && `by way of ${via}`].filter(Boolean).map((text) => `, ${text}`).join("")),
    el("p", null, one.row[8]),
    el(
      "ul",
      { class: "claims" },
      one.claims.map((row) =>
        el("li", null, el("b", null, limits({ low: row[4] ?? null, high: row[5] ?? null })), ` ${row[3].replaceAll("-", " ")} of ${capital(row[2])}`, row[9] ? `, ${row[9]}` : "", row[10] ? `, ${row[10]}` : "", row[8] !== "total" ? `, ${row[8]}` : "", ` (${row[7]}, ${row[6]})`),
      ),
    ),
    el(
      "p",
      { class: "source" },
      one.sources.map((name, place) => {
        const source = sources.get(name);
        return source ? [place ? "; " : "Source: ", link(source[3], source[2] || source[1])] : [];
      }),
      one.row[10] ? ` · ${one.row[10]}` : "",
    ),
  );
};

const countMonths = (shown, all) => {
  const days = all.map((one) => one.day).sort();
  const found = new Map();
  let month = days[0].slice(0, 7);
  const last = days[days.length - 1].slice(0, 7);
  while (month <= last) {
    found.set(month, 0);
    const [year, number] = month.split("-").map(Number);
    month = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
  }
  for (const one of shown) found.set(one.day.slice(0, 7), found.get(one.day.slice(0, 7)) + 1);
  return [...found];
};

const strip = (months, wide, go) => {
  const width = Math.max(wide, 280);
  const height = 96;
  const most = Math.max(...months.map((one) => one[1]), 1);
  const y = scaleLinear([0, most], [height - 20, 14]);
  const step = (width - 2) / months.length;
  const drawn = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", class: "plot", "aria-label": "Number of statements by month; the list below has each of them." });
  months.forEach(([month, count], place) => {
    const x = 1 + place * step;
    if (count) {
      const bar = svg("rect", { x: x + step * 0.1, width: step * 0.8, y: y(count), height: height - 20 - y(count), class: "bar pick" }, svg("title", null, `${month}: ${count}`));
      bar.addEventListener("click", () => go({ from: `${month}-01`, to: lastDay(month) }));
      drawn.append(bar);
      if (count === most) drawn.append(svg("text", { x: x + step / 2, y: y(count) - 3, "text-anchor": place < 2 ? "start" : "middle", class: "axis-text" }, String(count)));
    }
    if (month.endsWith("-01")) drawn.append(svg("text", { x, y: height - 5, class: "axis-text" }, month.slice(0, 4)));
  });
  drawn.append(svg("line", { x1: 0, x2: width, y1: height - 20, y2: height - 20, class: "zero-line" }));
  return drawn;
};

const lastDay = (month) => {
  const [year, number] = month.split("-").map(Number);
  return dayText(Math.round(Date.UTC(year, number, 1) / 864e5) - 1);
};
