// What the page shows, as a link: read from the address, checked, and written back.

import { dayNumber, isDay } from "./unpack.js";

export const VIEWS = ["counts", "beside", "statements"];
export const MEASURES = ["total", "change", "mean", "increment"];
const FREE = ["q", "speaker", "counted"];
const DAYS = ["from", "to", "since", "day"];
export const DEFAULTS = {
  view: "counts",
  reporter: "ua-general-staff",
  subject: "russia",
  category: "personnel",
  measure: "total",
};
/** What is shown where a link asks for nothing, or for what is not here: the first that is. */
const PREFERRED = [...Object.values(DEFAULTS), "tanks", "tanks-and-armoured-vehicles", "ukraine"];
const ORDER = ["view", "reporter", "subject", "category", "measure", ...DAYS, ...FREE];
const LONGEST = 200;

/** Return the state that an address asks for, and what could not be shown, in words. */
export const read = (hash, data) => {
  const asked = parse(hash);
  const notes = [];
  const state = {};
  const choose = (name, known) => {
    const wanted = asked[name];
    if (wanted === undefined || known.includes(wanted)) {
      state[name] = wanted ?? PREFERRED.find((one) => known.includes(one)) ?? known[0];
      return;
    }
    state[name] = PREFERRED.find((one) => known.includes(one)) ?? known[0];
    notes.push(`${missing(name, wanted, state, data)}; this shows “${called(name, state[name], data)}”.`);
  };
  choose("view", VIEWS);
  choose("measure", MEASURES);
  const series = data.series.map((one) => one.key);
  choose("reporter", unique(series.map((key) => key[0])));
  const own = series.filter((key) => state.view !== "counts" || key[0] === state.reporter);
  choose("subject", unique(own.map((key) => key[1])));
  choose("category", categories(data, state));
  for (const name of DAYS) {
    if (asked[name] === undefined) continue;
    if (isDay(asked[name])) state[name] = asked[name];
    else notes.push(`The link has “${asked[name]}” for ${name}, which is not a day; it is left out.`);
  }
  if (state.from && state.to && dayNumber(state.from) > dayNumber(state.to)) {
    notes.push("The link asks for a period that ends before it begins; all days are shown.");
    delete state.from;
    delete state.to;
  }
  for (const name of FREE) if (asked[name]) state[name] = asked[name];
  if (state.counted && !data.claims.some((row) => row[3] === state.counted)) {
    notes.push(`Nobody counts “${state.counted}”; everything that is counted is shown.`);
    delete state.counted;
  }
  if (hash.length > 1 && !Object.keys(asked).length) notes.push("The link asks for nothing that this page knows; this is the first view.");
  return { state, notes };
};

/** What people call a reporter, a category or anything else of a link. */
const called = (name, value, data) => {
  const rows = { reporter: data.organisations, category: data.categories }[name];
  return rows?.find((row) => row[0] === value)?.[1] ?? value;
};

const missing = (name, wanted, state, data) =>
  name === "category" && data.categories.some((row) => row[0] === wanted)
    ? `${state.view === "beside" ? "Fewer than two reporters count" : `${called("reporter", state.reporter, data)} does not count`} “${called("category", wanted, data)}” as a category`
    : `There is no ${name} “${wanted}” here`;

/** The categories that a view has for a reporter and a subject. */
export const categories = (data, state) => {
  if (state.view !== "beside")
    return data.series
      .map((one) => one.key)
      .filter((key) => key[0] === state.reporter && key[1] === state.subject)
      .map((key) => key[2]);
  const found = data.compare.filter((one) => one.subject === state.subject).map((one) => one.category);
  const people = data.ranges.some((one) => one[0] === state.subject) ? ["personnel"] : [];
  return [...people, ...found];
};

export const write = (state) =>
  "#" +
  ORDER.filter((name) => state[name] && !(name === "view" && state.view === DEFAULTS.view))
    .map((name) => `${name}=${encodeURIComponent(state[name])}`)
    .join("&");

const parse = (hash) => {
  const found = {};
  for (const [name, value] of new URLSearchParams(hash.replace(/^#/, "")))
    if (ORDER.includes(name)) found[name] = value.slice(0, LONGEST);
  return found;
};

const unique = (values) => [...new Set(values)];
