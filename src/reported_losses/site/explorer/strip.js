// How many statements were made when: a bar for each month, or for each day of a short period.

import { scaleLinear } from "d3-scale";
import { el, svg } from "./dom.js";
import { dayNumber, dayText, SHORT_MONTHS } from "./unpack.js";

const HEIGHT = 96;
const BASE = HEIGHT - 20;
/** Longer periods have a bar for each month. */
const DAYS = 62;
const YEARS = 24;

/** The bars of the chosen period, reached by pointer and by arrow keys; each shows its time alone. */
export const strip = (host, { shown, all, state, go }) => {
  const ends = all.map((one) => one.day).sort();
  const [first, last] = [state.from ?? ends[0], state.to ?? ends[ends.length - 1]];
  const daily = dayNumber(last) - dayNumber(first) < DAYS;
  const bars = (daily ? days : months)(first, last).map((one) => ({ ...one, count: 0 }));
  const of = new Map(bars.map((one) => [one.key, one]));
  for (const one of shown) {
    const bar = of.get(daily ? one.day : one.day.slice(0, 7));
    if (bar) bar.count += 1;
  }
  const choose = (bar) => {
    go({ from: bar.from, to: bar.to });
    host.querySelector(".pick")?.focus({ preventScroll: true });
  };
  const unit = daily ? "day" : "month";
  return el(
    "div",
    null,
    el("p", { class: "strip-title" }, `Statements by ${unit}. Choose a bar to see that ${unit} alone; the arrow keys go from bar to bar.`),
    draw(bars, { wide: Math.max(host.clientWidth, 280), unit, choose }),
  );
};

const draw = (bars, { wide, unit, choose }) => {
  const most = Math.max(...bars.map((one) => one.count), 1);
  const y = scaleLinear([0, most], [BASE, 14]);
  const step = (wide - 2) / bars.length;
  const drawn = svg("svg", { width: wide, height: HEIGHT, viewBox: `0 0 ${wide} ${HEIGHT}`, role: "group", class: "plot", "aria-label": `Number of statements by ${unit}; the list below has each of them.` });
  let labelled = false;
  let taken = -Infinity;
  bars.forEach((bar, place) => {
    const x = 1 + place * step;
    const middle = Math.min(Math.max(x + step / 2, 8), wide - 8);
    if (bar.count) {
      drawn.append(svg("rect", { x: x + step * 0.1, width: step * 0.8, y: y(bar.count), height: BASE - y(bar.count), class: "bar", "aria-hidden": "true" }));
      if (bar.count === most && !labelled) drawn.append(svg("text", { x: middle, y: y(bar.count) - 3, "text-anchor": "middle", class: "axis-text" }, String(bar.count)));
      labelled ||= bar.count === most;
      drawn.append(pick(bar, { x, step, choose }));
    }
    const text = bar.label(bars.length, place);
    if (text && x > taken) {
      drawn.append(svg("text", { x, y: HEIGHT - 5, class: "axis-text" }, text));
      taken = x + 7 * text.length + 6;
    }
  });
  drawn.append(svg("line", { x1: 0, x2: wide, y1: BASE, y2: BASE, class: "zero-line" }));
  const picks = [...drawn.querySelectorAll(".pick")];
  picks.forEach((one, place) => {
    one.setAttribute("tabindex", place === picks.length - 1 ? "0" : "-1");
    one.addEventListener("keydown", (event) => move(event, picks, place));
  });
  return drawn;
};

/** As high as the drawing, so that a low bar can be hit. */
const pick = (bar, { x, step, choose }) => {
  const said = `${bar.name}: ${bar.count} ${bar.count === 1 ? "statement" : "statements"}`;
  const made = svg("rect", { x, width: step, y: 0, height: BASE, class: "pick", role: "button", "aria-label": said, fill: "transparent" }, svg("title", null, said));
  made.addEventListener("click", () => choose(bar));
  made.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    choose(bar);
  });
  return made;
};

const move = (event, picks, place) => {
  const to = { ArrowLeft: place - 1, ArrowRight: place + 1, Home: 0, End: picks.length - 1 }[event.key];
  if (to === undefined || !picks[to]) return;
  event.preventDefault();
  for (const one of picks) one.setAttribute("tabindex", "-1");
  picks[to].setAttribute("tabindex", "0");
  picks[to].focus();
};

const months = (first, last) => {
  const found = [];
  let [year, month] = first.split("-").map(Number);
  for (;;) {
    const key = `${year}-${String(month).padStart(2, "0")}`;
    if (key > last.slice(0, 7)) return found;
    const [name, of] = [SHORT_MONTHS[month - 1], year];
    found.push({
      key,
      name: `${name} ${of}`,
      from: `${key}-01`,
      to: dayText(Math.round(Date.UTC(year, month, 1) / 864e5) - 1),
      label: (many, place) => (name === "Jan" ? String(of) : many > YEARS ? "" : place === 0 ? `${name} ${of}` : name),
    });
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
};

const days = (first, last) =>
  Array.from({ length: dayNumber(last) - dayNumber(first) + 1 }, (_, at) => {
    const day = dayText(dayNumber(first) + at);
    const name = `${Number(day.slice(8))} ${SHORT_MONTHS[Number(day.slice(5, 7)) - 1]}`;
    return { key: day, name: `${name} ${day.slice(0, 4)}`, from: day, to: day, label: (_many, place) => (place % 7 === 0 ? name : "") };
  });
