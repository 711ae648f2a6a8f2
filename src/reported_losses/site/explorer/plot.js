// One drawing of lines, bars, ranges and marks over days, with its axes.

import { scaleLinear, scaleUtc } from "d3-scale";
import {
  curveStepAfter,
  line,
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
  symbolWye,
} from "d3-shape";
import { compact, el, number, svg } from "./dom.js";
import { dayDate, dayText, nearest, SHORT_MONTHS } from "./unpack.js";

const SHAPES = {
  "re-based": [symbolDiamond, 0],
  restated: [symbolTriangle, 0],
  "misprinted-increment": [symbolCross, 0],
  "misprinted-total": [symbolSquare, 0],
  unexplained: [symbolTriangle, 180],
  several: [symbolTriangle, 90],
  disputed: [symbolCircle, 0],
};
export const shape = (kind, size = 64) => {
  const [type, turn] = SHAPES[kind] ?? SHAPES.disputed;
  return svg("path", { d: symbol(type, size)(), class: `shape ${kind}`, transform: turn ? `rotate(${turn})` : null });
};

/** Shapes of what others count, so that no measure is told by its colour alone. */
const MEASURES = {
  killed: symbolCircle,
  "killed-or-missing": symbolStar,
  irrecoverable: symbolDiamond,
  "killed-or-wounded": symbolSquare,
  personnel: symbolWye,
  "casualties-all-causes": symbolTriangle,
};
export const sign = (measure, x = 0, y = 0) =>
  svg("path", { d: symbol(MEASURES[measure] ?? symbolCircle, 46)(), class: `end m-${measure}`, transform: `translate(${x},${y})` });

const TOP = 18;
const BELOW = 26;
/** From 0, unless what is shown is a flat piece high above it. */
const FLAT = 0.5;
const BAR = 2.2;
/** An axis that reaches so far is labelled in thousands or millions. */
const LARGE = 1e5;
const WIDEST_BAR = 40;

export const heights = (values, fromZero) => {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value === null || value === undefined) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return [0, 1];
  if (fromZero || low === high || low <= FLAT * high) low = Math.min(low, 0);
  else low -= (high - low || high) * 0.08;
  return low === high ? [low, low + 1] : [low - (low < 0 ? (high - low) * 0.04 : 0), high + (high - low) * 0.04];
};

/** Draw into a host element; return the svg element and the scales. */
export const plot = (host, spec) => {
  const width = Math.max(host.clientWidth, 280);
  const height = spec.height ?? Math.round(Math.min(Math.max(width * 0.46, 260), 460));
  const y = scaleLinear(spec.y, [height - BELOW, TOP]);
  const ticks = y.ticks(height > 350 ? 5 : 4);
  const large = ticks.some((tick) => Math.abs(tick) >= LARGE) && new Set(ticks.map(compact)).size === ticks.length;
  const shown = ticks.filter((tick) => !spec.whole || Number.isInteger(tick));
  const texts = shown.map(large ? compact : number);
  const left = Math.max(14 + 7.2 * Math.max(...texts.map((text) => text.length)), spec.left ?? 0);
  const right = spec.right && width > 560 ? spec.right : 14;
  // A day alone stands in the middle; bars have room for their halves at both ends.
  const room = spec.x[0] === spec.x[1] ? 1 : spec.bars ? 0.6 : 0;
  const x = scaleUtc([dayDate(spec.x[0] - room), dayDate(spec.x[1] + room)], [left, width - right]);
  const at = (day) => x(dayDate(day));
  const drawn = svg("svg", {
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: "img",
    "aria-label": spec.label,
    class: "plot",
  });
  const frame = svg("g", { class: "axis" });
  shown.forEach((tick, place) => {
    const h = y(tick);
    frame.append(
      svg("line", { x1: left, x2: width - right, y1: h, y2: h, class: tick === 0 ? "zero" : "grid" }),
      svg("text", { x: left - 8, y: h, dy: "0.32em", "text-anchor": "end" }, texts[place]),
    );
  });
  let taken = -Infinity;
  for (const [day, text] of dayTicks(x, spec.x, width)) {
    const across = x(day);
    frame.append(svg("line", { x1: across, x2: across, y1: height - BELOW, y2: height - BELOW + 5, class: "tick" }));
    const half = 3.7 * text.length;
    const middle = Math.min(Math.max(across, half), width - half);
    if (middle - half < taken + 6) continue;
    taken = middle + half;
    frame.append(svg("text", { x: middle, y: height - 7, "text-anchor": "middle" }, text));
  }
  drawn.append(frame);
  const scales = { x, y, at, left, right, width, height, top: TOP, bottom: height - BELOW, wide: right > 14 };
  for (const layer of spec.layers) layer(drawn, scales);
  host.replaceChildren(drawn);
  return { drawn, ...scales };
};

/** Days to label, with their texts. The first one, and each that begins another year, tells the year. */
const dayTicks = (x, [first, last], width) => {
  const span = last - first;
  const most = span > 365 * 2.2 ? Math.min(Math.floor(width / 90), 6) : Math.max(Math.floor(width / 90), 2);
  const found = x
    .ticks(most)
    .filter((day) => day.getUTCHours() === 0 && day.getUTCMinutes() === 0)
    .filter((day) => day >= dayDate(first) && day <= dayDate(last));
  const monthly = found.every((day) => day.getUTCDate() === 1);
  let told;
  return found.map((day) => {
    const year = day.getUTCFullYear();
    if (monthly && span > 365 * 2.2 && found.every((one) => one.getUTCMonth() === 0)) return [day, String(year)];
    const text = monthly ? SHORT_MONTHS[day.getUTCMonth()] : `${day.getUTCDate()} ${SHORT_MONTHS[day.getUTCMonth()]}`;
    const tells = told !== year;
    told = year;
    return [day, tells ? `${text} ${year}` : text];
  });
};

/** Whether days are wide enough for bars; else they are dots. */
export const hasBars = ({ at }) => at(1) - at(0) >= BAR;

/** A line at the day whose evidence is shown. */
export const dayLayer = (day) => (drawn, { at, top, bottom, left, right, width }) => {
  const across = at(day);
  if (across >= left - 1 && across <= width - right + 1)
    drawn.append(svg("line", { x1: across, x2: across, y1: top, y2: bottom, class: "chosen" }));
};

/** Layers: each draws itself. */
export const lineLayer = (points, style, step) => (drawn, { at, y }) => {
  if (!points.length) return;
  if (points.length === 1) {
    drawn.append(svg("circle", { cx: at(points[0][0]), cy: y(points[0][1]), r: 2.6, class: `dot ${style}` }));
    return;
  }
  const path = line((p) => at(p[0]), (p) => y(p[1]));
  if (step) path.curve(curveStepAfter);
  const dense = style.includes("mean") && at(1) - at(0) < 0.45;
  drawn.append(svg("path", { d: path(points), class: `line ${style}${dense ? " dense" : ""}` }));
};

export const barLayer = (rows) => (drawn, { at, y }) => {
  const group = svg("g", null);
  const step = at(1) - at(0);
  const wide = Math.min(step * 0.84, WIDEST_BAR);
  for (const [day, value, light] of rows) {
    const style = light ? "bar light" : "bar";
    if (step >= BAR) {
      const [top, bottom] = [Math.min(y(value), y(0)), Math.max(y(value), y(0))];
      group.append(
        svg("rect", { x: at(day) - wide / 2, width: wide, y: top, height: bottom - top, class: style }),
      );
    } else group.append(svg("circle", { cx: at(day), cy: y(value), r: light ? 1.8 : 1.5, class: style }));
  }
  drawn.append(group);
};

/** On a narrow drawing there is no room for the texts of jumps; the list below has them. */
const ROOM = 560;
const LETTER = 7;
const LINE = 15;

/**
 * Jumps of a count: each from what the count would be without the correction, to what it is. The
 * greatest get their text first; a text that would cover another one is left to the list below.
 */
export const jumpLayer = (jumps) => (drawn, { at, y, left, right, top, bottom, width }) => {
  const taken = [];
  const free = (box) =>
    box.x >= left - 4 && box.x + box.width <= width - right + 4 && box.y >= top - 14 && box.y <= bottom - LINE &&
    taken.every((one) => box.x > one.x + one.width + 10 || box.x + box.width + 10 < one.x || box.y > one.y + LINE || box.y + LINE < one.y);
  for (const { day, value, amount, bare } of jumps)
    if (!bare) drawn.append(svg("line", { x1: at(day), x2: at(day), y1: y(value - amount), y2: y(value), class: "jump" }));
  if (width < ROOM) return;
  for (const { day, value, text } of [...jumps].sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount))) {
    const [across, height] = [at(day), y(value)];
    const wide = LETTER * text.length;
    // Counts rise: above the line there is room on the left, below it on the right.
    const boxes = [
      { x: across - 10 - wide, y: height - 18, width: wide, end: true },
      { x: across + 10, y: height + 6, width: wide, end: false },
    ];
    const box = boxes.find(free);
    if (!box) continue;
    taken.push(box);
    drawn.append(svg("text", { x: box.end ? box.x + wide : box.x, y: box.y + 11, "text-anchor": box.end ? "end" : "start", class: "jump-label" }, text));
  }
};

/** Ranges; an end that was not given is an arrow. */
export const rangeLayer = (rows) => (drawn, { at, y }) => {
  for (const { day, low, high, measure } of rows) {
    const across = at(day);
    const style = `m-${measure}`;
    const [up, down] = [high === null ? y(low) - 13 : y(high), low === null ? y(high) + 13 : y(low)];
    drawn.append(svg("line", { x1: across, x2: across, y1: up, y2: down, class: `range ${style}` }));
    if (high === null || low === null) {
      const [tip, by] = high === null ? [up, 5] : [down, -5];
      drawn.append(svg("path", { d: `M${across - 3.5},${tip + by}L${across},${tip}L${across + 3.5},${tip + by}`, class: `range arrow ${style}` }));
    }
    for (const one of [low, high])
      if (one !== null) drawn.append(sign(measure, across, y(one)));
  }
};

export const nameLayer = (names) => (drawn, { at, y, wide }) => {
  if (!wide) return;
  const placed = [];
  for (const { day, value, text, style } of [...names].sort((a, b) => b.value - a.value)) {
    let height = y(value);
    for (const other of placed) if (Math.abs(other - height) < 16) height = other + 16;
    placed.push(height);
    drawn.append(svg("text", { x: at(day) + 8, y: height, dy: "0.32em", class: `name ${style}` }, text));
  }
};

/**
 * Put a reader's cursor over a drawing: the pointer or the arrow keys move it, Enter chooses a day.
 * `rows` has for each day its number, its height or null, and the lines of its text.
 */
export const cursor = (host, drawn, { days, height, lines, name, choose, start, enter = "Enter shows its evidence" }) => {
  if (!days.length) return;
  const { at, y, left, right, width, bottom, top } = drawn;
  const rule = svg("line", { y1: top, y2: bottom, class: "cursor" });
  const point = svg("circle", { r: 4, class: "cursor-point" });
  const marker = svg("g", { class: "hidden" }, rule, point);
  drawn.drawn.append(marker);
  const tip = el("div", { class: "tip", hidden: true, "aria-hidden": "true" });
  const pad = el("div", {
    class: "pad",
    role: "slider",
    tabindex: "0",
    "aria-label": `${name}: choose a day with the arrow keys${enter && `; ${enter}`}`,
    "aria-valuemin": days[0],
    "aria-valuemax": days[days.length - 1],
  });
  pad.style.left = `${left}px`;
  pad.style.width = `${width - left - right}px`;
  pad.style.height = `${bottom}px`;
  let row = start ?? days.length - 1;
  const say = () => {
    pad.setAttribute("aria-valuenow", days[row]);
    pad.setAttribute("aria-valuetext", lines(row).join(", "));
  };
  const go = (to) => {
    row = Math.min(Math.max(to, 0), days.length - 1);
    say();
    const across = at(days[row]);
    const value = height(row);
    rule.setAttribute("x1", across);
    rule.setAttribute("x2", across);
    point.setAttribute("class", value === null ? "hidden" : "cursor-point");
    if (value !== null) {
      point.setAttribute("cx", across);
      point.setAttribute("cy", y(value));
    }
    marker.setAttribute("class", "");
    showTip(tip, lines(row), across, value === null ? top : y(value), width);
  };
  const leave = () => {
    marker.setAttribute("class", "hidden");
    tip.hidden = true;
  };
  say();
  const dayAt = (event) => {
    const box = drawn.drawn.getBoundingClientRect();
    return nearest(days, drawn.x.invert(event.clientX - box.left).getTime() / 864e5);
  };
  pad.addEventListener("pointermove", (event) => go(dayAt(event)));
  pad.addEventListener("pointerleave", leave);
  pad.addEventListener("blur", leave);
  pad.addEventListener("focus", () => pad.matches(":focus-visible") && go(row));
  // A finger has no hover: its first touch of a day tells of it, the second one opens it.
  let touched = -1;
  pad.addEventListener("click", (event) => {
    const chosen = dayAt(event);
    if (event.pointerType === "touch" && touched !== chosen) {
      touched = chosen;
      return go(chosen);
    }
    return choose(chosen);
  });
  pad.addEventListener("keydown", (event) => {
    const moves = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 30, PageDown: -30, Home: -1e6, End: 1e6 };
    if (event.key in moves) go(row + moves[event.key]);
    else if (event.key === "Enter" || event.key === " ") choose(row);
    else if (event.key === "Escape") leave();
    else return;
    event.preventDefault();
  });
  host.append(pad, tip);
};

export const showTip = (tip, lines, across, height, width) => {
  tip.replaceChildren(...lines.map((text, place) => el(place ? "span" : "strong", null, text)));
  tip.hidden = false;
  const wide = Math.min(tip.offsetWidth, width);
  tip.style.left = `${Math.min(Math.max(across - wide / 2, 0), width - wide)}px`;
  const above = height - tip.offsetHeight - 14;
  tip.style.top = `${above < -40 ? height + 18 : above}px`;
};

/**
 * Put marks over a drawing, as buttons: one stop for the Tab key, arrow keys between them. A
 * mark's words are shown on hover and on focus.
 */
export const marks = (host, drawn, found, choose) => {
  if (!found.length) return;
  const { at, y, top, width, bottom } = drawn;
  const tip = el("div", { class: "tip wide", hidden: true, id: "mark-tip", role: "tooltip" });
  const group = el("div", { role: "group", "aria-label": "Corrections and disputed figures in the chart; arrow keys move between them" });
  const buttons = found.map((mark, place) => {
    const across = at(mark.day);
    const up = mark.value === null ? top : Math.min(Math.max(y(mark.value), top), bottom);
    if (mark.value === null || mark.rule)
      drawn.drawn.append(svg("line", { x1: across, x2: across, y1: top, y2: bottom, class: "mark-rule" }));
    const sign = shape(mark.kind);
    drawn.drawn.append(svg("g", { transform: `translate(${across},${up})` }, sign));
    const button = el("button", {
      type: "button",
      class: "mark",
      tabindex: place ? "-1" : "0",
      "aria-label": mark.lines.map((one) => one.replace(/\.$/, "")).join(". "),
      "data-day": dayText(mark.day),
    });
    button.style.left = `${across - 12}px`;
    button.style.top = `${up - 12}px`;
    const open = () => showTip(tip, mark.lines, across, up, width);
    button.addEventListener("pointerenter", open);
    button.addEventListener("focus", open);
    button.addEventListener("pointerleave", () => (tip.hidden = true));
    button.addEventListener("blur", () => (tip.hidden = true));
    button.addEventListener("click", () => choose(mark));
    button.addEventListener("keydown", (event) => {
      const moves = { ArrowRight: place + 1, ArrowDown: place + 1, ArrowLeft: place - 1, ArrowUp: place - 1, Home: 0, End: found.length - 1 };
      if (event.key === "Escape") tip.hidden = true;
      const next = buttons[moves[event.key]];
      if (!next) return;
      for (const one of buttons) one.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
      event.preventDefault();
    });
    return button;
  });
  group.append(...buttons);
  host.append(group, tip);
};
