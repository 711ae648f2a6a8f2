// The explorer: reads the data of the page and the link, draws, and answers to the controls.

import { beside, capital, MEASURED, nameOf } from "./explorer/beside.js";
import { counts } from "./explorer/counts.js";
import { byId, el, signed, svg, table } from "./explorer/dom.js";
import { picture, saveCsv, savePng, saveSvg } from "./explorer/downloads.js";
import { evidence } from "./explorer/evidence.js";
import { shape, sign } from "./explorer/plot.js";
import { categories, MEASURES, read, write } from "./explorer/state.js";
import { prepare, statements } from "./explorer/statements.js";
import { dayNumber, dayText, days, isDay, unpack } from "./explorer/unpack.js";

/** What the columns of the table are called; the files keep the names of the dataset. */
const TITLES = {
  report_date: "Report",
  total: "Total",
  change: "Change",
  change_mean_7: "Mean of 7 days",
  increment: "Printed increment",
  increment_mean_7: "Printed, mean of 7 days",
  evidence: "Evidence",
  period_end: "Counted up to",
  speaker: "Speaker",
  organisation: "Body",
  measure: "What is counted",
  basis: "Rests on",
  qualifier: "Wording",
  low: "Low",
  high: "High",
  low_ratio: "Ratio, low",
  high_ratio: "Ratio, high",
  correction: "Correction",
  correction_kind: "Kind of correction",
  correction_reason: "Reason",
};
const data = JSON.parse(byId("data").textContent);
const all = prepare(data);
const unpacked = new Map();
let { state, notes } = read(location.hash, data);
let shown = {};
let started = false;

const seriesOf = (reporter, subject, category) => {
  const name = [reporter, subject, category].join("/");
  if (!unpacked.has(name)) {
    const raw = data.series.find((one) => one.key.join("/") === name);
    unpacked.set(name, unpack(raw, data));
  }
  return unpacked.get(name);
};

/** Show something else. A change of place is a step that the browser's Back undoes; typing is none. */
const go = (changes, { typed = false } = {}) => {
  const next = { ...state, ...changes };
  for (const name of Object.keys(next)) if (next[name] === "" || next[name] === null) delete next[name];
  ({ state, notes } = read(write(next), data));
  const address = write(state);
  if (typed || address === location.hash) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  render();
};

const options = (select, values, chosen) => {
  select.replaceChildren(...values.map(([value, text]) => el("option", { value, selected: value === chosen }, text)));
};

const renderControls = () => {
  const series = data.series.map((one) => one.key);
  const unique = (values) => [...new Set(values)];
  options(byId("reporter"), unique(series.map((key) => key[0])).map((name) => [name, nameOf(data, name)]), state.reporter);
  const own = series.filter((key) => state.view !== "counts" || key[0] === state.reporter);
  options(byId("subject"), unique(own.map((key) => key[1])).map((name) => [name, capital(name)]), state.subject);
  const names = new Map(data.categories.map((row) => [row[0], row[1]]));
  const kinds = categories(data, state).map((name) => [name, ended(name) ? `${names.get(name)} (ended)` : names.get(name)]);
  options(byId("category"), kinds.sort((a, b) => a[1].localeCompare(b[1])), state.category);
  const prints = state.view !== "counts" || seriesOf(state.reporter, state.subject, state.category).increment.some((one) => one !== null);
  for (const name of MEASURES) byId(`measure-${name}`).checked = state.measure === name;
  byId("measure-increment").disabled = !prints;
  byId("prints-none").hidden = prints;
  byId("period").querySelector("summary").textContent = state.view === "beside" ? "Period and ratio since" : "Period";
  for (const name of ["from", "to", "since", "q", "speaker"]) byId(name).value = state[name] ?? "";
  const people = state.view === "beside" && state.category === "personnel";
  const measured = state.view === "statements" ? unique(data.claims.map((row) => row[3])).sort() : Object.keys(MEASURED);
  options(byId("counted"), [["", "anything"], ...measured.map((name) => [name, MEASURED[name] ?? name.replaceAll("-", " ")])], state.counted ?? "");
  const visible = {
    reporter: state.view === "counts",
    category: state.view !== "statements",
    measure: state.view === "counts",
    since: state.view === "beside" && !people,
    counted: state.view === "statements" || people,
    q: state.view === "statements",
    speaker: state.view === "statements",
  };
  for (const [name, is] of Object.entries(visible)) byId(`for-${name}`).hidden = !is;
  for (const link of document.querySelectorAll("#views a")) {
    const current = link.dataset.view === state.view;
    if (current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
    link.href = write({ ...state, view: link.dataset.view, day: "" });
  }
};

const ended = (category) =>
  state.view === "counts" &&
  data.series.find((one) => one.key.join("/") === [state.reporter, state.subject, category].join("/"))?.until;

/** Draw the chosen view into an element; return what is said about it. */
const view = (host) => {
  const context = { data, state, all, go, seriesOf, choose: (day) => go({ day }), open };
  if (state.view === "statements") return statements(host, context);
  if (state.view === "beside") return beside(host, context);
  return counts(host, { ...context, series: seriesOf(state.reporter, state.subject, state.category) });
};

const renderChart = () => {
  shown = view(byId("chart"));
  byId("chart-title").textContent = shown.title;
  byId("chart-says").textContent = shown.says.join(" ");
  document.title = `${shown.title} · Reported losses`;
  renderGain();
  renderNote();
  renderLegend();
  renderMarks();
  renderTable();
  for (const name of ["png", "svg"]) byId(name).disabled = Boolean(shown.empty);
  renderWhole();
};

const renderGain = () => {
  byId("chart-gain").textContent = shown.gain ?? "";
};

/** The first sentence says what is counted; the exceptions can be opened. */
const renderNote = () => {
  const [, first, rest] = /^(.*?[.;])(?: (?=\p{Lu})(.*))?$/su.exec(shown.note ?? "") ?? [null, shown.note ?? "", ""];
  byId("chart-note").textContent = first;
  byId("more-note").hidden = !rest;
  byId("more-note-text").textContent = rest ?? "";
};

const renderLegend = () => {
  const kinds = [...new Set((shown.marks ?? []).map((mark) => mark.kind))];
  byId("legend").replaceChildren(
    ...(shown.legend ?? []).map((one) => el("li", null, one.measure ? svg("svg", { width: 14, height: 14, viewBox: "-7 -7 14 14", "aria-hidden": "true" }, sign(one.measure)) : svg("svg", { width: 26, height: 12, "aria-hidden": "true" }, svg("line", { x1: 1, x2: 25, y1: 6, y2: 6, class: `line ${one.style}` })), one.text)),
    ...kinds.map((kind) => el("li", { title: data.kinds[kind] }, svg("svg", { width: 16, height: 16, viewBox: "-8 -8 16 16", "aria-hidden": "true" }, shape(kind, 50)), kind)),
  );
};

const renderMarks = () => {
  const found = shown.marks ?? [];
  const list = byId("marked");
  list.hidden = !found.length;
  if (!found.length) return;
  byId("marked-summary").textContent = `${found.length} marked: ${state.view === "counts" ? "corrections and disputed figures" : "corrections"}`;
  const kinds = [...new Set(found.map((mark) => mark.kind))].filter((kind) => data.kinds[kind]);
  byId("marked-kinds").textContent = kinds.map((kind) => `${kind}: ${data.kinds[kind]}.`).join(" ");
  byId("marked-list").replaceChildren(
    ...found.map((mark) =>
      el(
        "li",
        null,
        mark.choose === null
          ? dayText(mark.day)
          : el("button", { type: "button", class: "plain", click: mark.choose ?? (() => go({ day: dayText(mark.day) })) }, dayText(mark.day)),
        ` ${mark.kind}${mark.amount === undefined ? "" : ` ${signed(mark.amount)}`}: ${mark.reason}`,
        mark.page ? [" ", mark.page] : "",
      ),
    ),
  );
};

/** Columns of reporters, and of the ratio of two, are called after them. */
const titleOf = (column) => TITLES[column] ?? column.replace(/^[a-z-]+(?:\/[a-z-]+)?/, (names) => names.split("/").map((name) => nameOf(data, name)).join(" / "));

const renderTable = () => {
  const details = byId("data-table");
  const fill = () => {
    if (!details.open) return;
    const { columns, rows } = shown.table();
    const newest = columns[0] === "report_date" ? [...rows].reverse() : rows;
    const titled = columns.map(titleOf);
    byId("data-rows").replaceChildren(table(`${shown.title}: ${rows.length} rows`, titled, newest));
  };
  details.ontoggle = fill;
  fill();
};

const renderWhole = () => {
  const file =
    state.view === "statements"
      ? "statements"
      : state.view === "beside"
        ? `beside_${state.subject}_${state.category}`
        : `${state.reporter}_${state.subject}_${state.category}`;
  for (const kind of ["csv", "json"]) byId(`whole-${kind}`).href = `views/${file}.${kind}`;
};

const renderEvidence = () => {
  const host = byId("evidence");
  const is = state.view === "counts" && Boolean(state.day);
  const was = !host.hidden && host.dataset.day;
  host.hidden = !is;
  host.dataset.day = state.day ?? "";
  if (!is) return;
  evidence(host, {
    data,
    state,
    series: seriesOf(state.reporter, state.subject, state.category),
    close: () => {
      go({ day: "" });
      byId("chart").querySelector(".pad")?.focus();
    },
    move: (day) => go({ day }),
  });
  if (was !== state.day && started) byId("evidence-title").focus({ preventScroll: false });
};

/** A card leads to its chart, which may be below what is seen. */
const openCard = (event) => {
  const card = event.target.closest("#latest a[href^='#']");
  if (!card) return;
  event.preventDefault();
  ({ state, notes } = read(card.hash, data));
  go({});
  byId("chart-title").scrollIntoView();
  byId("chart-title").focus({ preventScroll: true });
};

const open = (row) => {
  go({ view: "statements", q: "", speaker: row[3], counted: "", from: row[1], to: row[1] });
  byId("chart-title").focus();
};

const renderNotes = () => {
  const host = byId("notice");
  host.hidden = !notes.length;
  host.replaceChildren(...notes.map((text) => el("p", null, text)));
};

const render = () => {
  renderNotes();
  renderControls();
  renderChart();
  renderEvidence();
};

const SPANS = { year: 365, quarter: 90, week: 7 };
const preset = (name) => {
  if (name === "all") return go({ from: "", to: "" });
  const own =
    state.view === "counts"
      ? seriesOf(state.reporter, state.subject, state.category).day
      : days((state.view === "beside" && pairOf() ? pairOf() : data.series[0]).day);
  const last = own[own.length - 1];
  return go({ from: dayText(last - SPANS[name] + 1), to: dayText(last) });
};

const listen = () => {
  for (const name of ["reporter", "subject", "category", "counted"])
    byId(name).addEventListener("change", (event) => go({ [name]: event.target.value, day: "" }));
  for (const name of MEASURES) byId(`measure-${name}`).addEventListener("change", () => go({ measure: name }));
  for (const name of ["from", "to", "since"])
    byId(name).addEventListener("change", (event) => {
      const value = event.target.value;
      if (value === "" || isDay(value)) period(name, value);
    });
  for (const name of ["q", "speaker"]) byId(name).addEventListener("input", (event) => search(name, event.target.value));
  for (const name of ["all", ...Object.keys(SPANS)]) byId(`preset-${name}`).addEventListener("click", () => preset(name));
  byId("latest").addEventListener("click", openCard);
  byId("controls").addEventListener("submit", (event) => event.preventDefault());
  byId("csv").addEventListener("click", () => saveCsv(shown.file, shown.table()));
  byId("svg").addEventListener("click", () => saveSvg(shown.file, drawn()));
  byId("png").addEventListener("click", () => savePng(shown.file, drawn()));
  byId("link").addEventListener("click", copy);
  addEventListener("hashchange", () => {
    if (location.hash && !location.hash.includes("=")) return jump(location.hash.slice(1));
    ({ state, notes } = read(location.hash, data));
    return render();
  });
  let width = byId("chart").clientWidth;
  new ResizeObserver(() => {
    if (byId("chart").clientWidth === width) return;
    width = byId("chart").clientWidth;
    renderChart();
  }).observe(byId("chart"));
};

/** A link to a place on the page, such as "skip to the chart", is no view. */
const jump = (id) => {
  history.replaceState(null, "", write(state));
  byId(id)?.focus();
};

/** A period that would end before it begins is moved, not refused. */
const period = (name, value) => {
  const other = name === "from" ? "to" : "from";
  const crossed = name !== "since" && value && state[other] && (name === "from" ? value > state.to : value < state.from);
  go(crossed ? { [name]: value, [other]: "" } : { [name]: value });
};

let waiting;
const search = (name, value) => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    state = { ...state };
    const at = byId(name).selectionStart;
    go({ [name]: value }, { typed: true });
    byId(name).setSelectionRange?.(at, at);
  }, 120);
};

const PICTURE = 1200;
/** The picture of a view looks the same from every screen: it is drawn anew, wide and light. */
const drawn = () => {
  const root = document.documentElement;
  const host = el("div", { class: "offstage", "aria-hidden": "true" });
  host.style.width = `${PICTURE}px`;
  document.body.append(host);
  root.classList.add("light");
  const made = picture(host, byId("legend").children, { ...view(host), source: source() });
  root.classList.remove("light");
  host.remove();
  return made;
};

const source = () => {
  const reporters = state.view === "counts" ? [state.reporter] : state.view === "beside" && pairOf()?.reporters;
  const names = (reporters || []).map((name) => nameOf(data, name)).join(", ");
  const last = data.series.map((one) => one.last[0]).sort().pop();
  const cited = names ? data.words.source.replace(/^Source: /, `Source: ${names}, via `) : data.words.source;
  return `${cited}, data to ${last}, ${data.address}${write(state)}`;
};

const pairOf = () => data.compare.find((one) => one.subject === state.subject && one.category === state.category);

const copy = async () => {
  const say = byId("copied");
  try {
    await navigator.clipboard.writeText(location.href);
    say.textContent = "The link is copied.";
  } catch {
    say.textContent = "Copying is not allowed here: the link is in the address bar.";
  }
};

const renderAges = () => {
  const today = Math.floor(Date.now() / 864e5);
  for (const one of document.querySelectorAll("[data-last]")) {
    const age = today - dayNumber(one.dataset.last);
    if (age >= 0) one.textContent = age === 0 ? ", today" : age === 1 ? ", yesterday" : `, ${age} days ago`;
  }
};

document.documentElement.classList.add("scripted");
// A phone has no room for what is seldom changed.
if (matchMedia("(max-width: 34rem)").matches && !state.from && !state.to && !state.since) byId("period").open = false;
listen();
history.replaceState(null, "", location.hash || write(state));
renderAges();
render();
started = true;
performance.mark("first-chart");
