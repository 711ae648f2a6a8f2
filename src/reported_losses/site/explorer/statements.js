// The view of statements: who said what, when; searched by speaker, by what is counted, by text.

import { byId, el, link } from "./dom.js";
import { capital, nameOf } from "./beside.js";
import { period } from "./counts.js";
import { fold, matcher } from "./search.js";
import { strip } from "./strip.js";
import { dayNumber } from "./unpack.js";

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
    const numbers = own.flatMap((one) => [one[4], one[5]]).filter((one) => typeof one === "number");
    const texts = own.flatMap((one) => [one[3], one[9], one[10], one[14], one[20]]);
    return {
      row,
      place,
      day: row[1],
      claims: own,
      body,
      sources: [row[9], ...(more.get(place) ?? [])],
      speaker: fold([row[3], row[5], row[6], body].join(" ")),
      text: fold([row[3], row[4], row[5], body, row[8], row[10], ...texts].join(" · ")) + ` ${numbers.join(" ")}`,
    };
  });
};

/** The filters beside the subject, with the words for what a reader has asked by them. */
const FILTERS = {
  q: (state) => `the text “${state.q}”`,
  speaker: (state) => `the speaker “${state.speaker}”`,
  counted: (state) => `counts of ${state.counted.replaceAll("-", " ")}`,
  period: (state) => (state.from && state.to ? `the period ${state.from} to ${state.to}` : state.from ? `the time since ${state.from}` : `the time until ${state.to}`),
};
const PARTS = { period: ["from", "to"] };
const keys = (name) => PARTS[name] ?? [name];
const without = (state, names) => ({ ...state, ...Object.fromEntries(names.flatMap(keys).map((name) => [name, ""])) });

/** A statement without a figure is about whom it says. */
const isAbout = (one, subject) =>
  one.claims.length ? one.claims.some((row) => row[2] === subject) : one.row[7] === subject || one.row[7] === "both";

export const found = (all, state) => {
  const [text, speaker] = [matcher(state.q ?? ""), matcher(state.speaker ?? "")];
  return all.filter(
    (one) =>
      text(one.text) &&
      speaker(one.speaker) &&
      (!state.counted || one.claims.some((row) => row[3] === state.counted)) &&
      isAbout(one, state.subject) &&
      (!state.from || dayNumber(one.day) >= dayNumber(state.from)) &&
      (!state.to || dayNumber(one.day) <= dayNumber(state.to)),
  );
};

export const statements = (host, { data, state, all, go }) => {
  const shown = found(all, state);
  const list = el("ol", { class: "statements", id: "statement-list" });
  const sources = new Map(data.sources.map((row) => [row[0], row]));
  suggest(all);
  let next = 0;
  const more = el("button", { type: "button", class: "more", click: () => add(true) });
  const add = (focus) => {
    const items = [...shown].reverse().slice(next, next + FIRST).map((one) => item(one, sources));
    list.append(...items);
    if (focus) items[0]?.focus();
    next += FIRST;
    more.hidden = next >= shown.length;
    more.textContent = `Show ${Math.min(FIRST, shown.length - next)} earlier ones`;
  };
  add(false);
  host.replaceChildren(shown.length ? strip(host, { shown, all, state, go }) : nothing(all, state, go), list, more);
  return {
    title: `Statements about losses of ${capital(state.subject)}`,
    says: [
      `${shown.length} of ${all.length} statements. Who said what, and when, in our words. A statement is a claim; nothing here says whether it is true.`,
    ],
    empty: !shown.length,
    file: ["statements", state.subject, ...period(state)].join("_"),
    table: () => table(shown, { data, state, sources }),
  };
};

/** The columns of `claims()`, in their order, of the claims that are asked for. */
const table = (shown, { data, state, sources }) => {
  const sides = new Map(data.organisations.map((row) => [row[0], row[2]]));
  const rows = shown.flatMap((one) =>
    one.claims
      .filter((row) => row[2] === state.subject && (!state.counted || row[3] === state.counted))
      .map((row) => cells(one, row, { sides, sources })),
  );
  return { columns: data.claim_columns, rows: rows.map((row) => data.claim_columns.map((name) => row[name] ?? null)) };
};

const cells = (one, row, { sides, sources }) => {
  const [statement, stated_on, stated_on_precision, speaker, speaker_role, via, organisation, , summary, source, common] = one.row;
  const [, claim, subject, measure, low, high, qualifier, basis, rate, subset, place, category, period_start, period_end, own] = row;
  const [reporter, derived_from, period_precision, confidence] = row.slice(15);
  const [, title, publisher, url] = sources.get(source) ?? [];
  const other_urls = one.sources.slice(1).map((name) => sources.get(name)?.[3]).filter(Boolean).join(" ") || null;
  const note = [own, common].filter(Boolean).join("; ") || null;
  return {
    ...{ stated_on, stated_on_precision, speaker, speaker_role, via, organisation, side: sides.get(organisation) },
    ...{ subject, measure, category, reporter, derived_from, rate, basis, subset, place, low, high, qualifier },
    ...{ period_start, period_end, period_precision, confidence, summary, title, publisher, url, other_urls, note },
    ...{ statement, claim },
  };
};

/** What excludes everything, and how to see more. */
const nothing = (all, state, go) => {
  const own = state.subject;
  const subjects = [...new Set(all.flatMap((one) => one.claims.map((row) => row[2])))].filter((name) => name !== own);
  const elsewhere = subjects.map((subject) => [subject, found(all, { ...state, subject }).length]).filter((one) => one[1]);
  const set = Object.keys(FILTERS).filter((name) => keys(name).some((key) => state[key]));
  const one = (name) => [name, found(all, without(state, [name])).length];
  const change = (text, changes) => el("button", { type: "button", click: () => go(changes) }, text);
  const less = set.length > 1 && !elsewhere.length ? set.map(one).filter((pair) => pair[1]) : [];
  return el(
    "div",
    { class: "nothing" },
    el("p", null, `None about losses of ${capital(own)} ${set.length ? `with ${set.map((name) => FILTERS[name](state)).join(", ")}` : ""}`.trim(), elsewhere.length ? `; ${elsewhere.map(([subject, count]) => `${count} about losses of ${capital(subject)}`).join(", ")}.` : "."),
    el(
      "p",
      { class: "presets" },
      elsewhere.map(([subject, count]) => change(`Show the ${count} about ${capital(subject)}`, { subject })),
      less.map(([name, count]) => change(`Without ${FILTERS[name](state)}: ${count}`, Object.fromEntries(keys(name).map((key) => [key, ""])))),
      set.length ? change("Remove all filters", { q: "", speaker: "", counted: "", from: "", to: "" }) : [],
    ),
  );
};

/** The speakers and bodies, offered while one is typed. */
const suggest = (all) => {
  const input = byId("speaker");
  if (!input || input.getAttribute("list")) return;
  const names = [...new Set(all.flatMap((one) => [one.row[3], one.body]))].filter(Boolean).sort((a, b) => a.localeCompare(b));
  input.after(el("datalist", { id: "speakers" }, names.map((value) => el("option", { value }))));
  input.setAttribute("list", "speakers");
};

const item = (one, sources) => {
  const [, day, precision, speaker, role, via] = one.row;
  const about = precision === "day" ? "" : precision === "month" ? " (the month)" : " (day inferred)";
  return el(
    "li",
    { tabindex: "-1", id: `s-${one.row[0]}` },
    el("p", { class: "who" }, el("time", { datetime: day }, precision === "month" ? day.slice(0, 7) : day), about, " · ", el("strong", null, speaker), [role, one.body !== speaker && one.body, via && `by way of ${via}`].filter(Boolean).map((text) => `, ${text}`).join("")),
    el("p", null, one.row[8]),
    one.claims.length ? el("ul", { class: "claims" }, one.claims.map(line)) : "",
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

/** A claim in the words of `claim_line.py`: what is stressed, and the rest; and its note. */
const line = (row) => el("li", null, row[19] ? [el("b", null, row[19]), " "] : "", row[20], row[14] ? el("span", { class: "soft" }, ` (${row[14]})`) : "");
