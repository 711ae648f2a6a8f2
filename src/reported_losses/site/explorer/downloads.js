// Files of what is shown: CSV, SVG, PNG. They are made on the page; nothing is fetched.

import { svg } from "./dom.js";

const save = (name, blob) => {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
};

/** A cell as CSV; a text that a spreadsheet would run as a formula gets an apostrophe. */
export const cell = (value) => {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export const csvText = ({ columns, rows }) =>
  [columns, ...rows].map((row) => `${row.map(cell).join(",")}\n`).join("");

export const saveCsv = (name, table) => save(`${name}.csv`, new Blob([csvText(table)], { type: "text/csv" }));

const LOOKS = [
  ...["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin"],
  ...["opacity", "font-family", "font-size", "font-weight", "paint-order", "visibility", "display"],
];
const MARGIN = 16;

/** A copy of a drawing that needs no style sheet. */
const plain = (drawing) => {
  const copy = drawing.cloneNode(true);
  const made = copy.querySelectorAll("*");
  drawing.querySelectorAll("*").forEach((one, place) => {
    const look = getComputedStyle(one);
    for (const name of LOOKS) if (look.getPropertyValue(name)) made[place].setAttribute(name, look.getPropertyValue(name));
    made[place].removeAttribute("class");
  });
  for (const name of ["role", "class", "aria-hidden"]) copy.removeAttribute(name);
  return copy;
};

/** The drawings of a host as one picture that stands alone: with title, words, legend and source. */
export const picture = (host, legend, { title, says, source }) => {
  const drawings = [...host.querySelectorAll("svg.plot")];
  const style = getComputedStyle(document.body);
  const width = Math.max(...drawings.map((one) => Number(one.getAttribute("width")))) + 2 * MARGIN;
  const whole = svg("svg", { xmlns: "http://www.w3.org/2000/svg", width, "font-family": "Arial, Helvetica, sans-serif" });
  const back = svg("rect", { width: "100%", fill: style.backgroundColor });
  whole.append(back, svg("title", null, title));
  let height = MARGIN;
  const write = (text, size, weight, strength) => {
    for (const line of wrapped(text, (width - 2 * MARGIN) / (size * 0.53))) {
      height += size * 1.3;
      whole.append(svg("text", { x: MARGIN, y: height, "font-size": size, "font-weight": weight, fill: style.color, opacity: strength }, line));
    }
    height += 4;
  };
  write(title, 18, "bold", 1);
  write(says.join(" "), 12, "normal", 0.8);
  let across = MARGIN;
  for (const entry of legend) {
    const [sign, words] = [entry.querySelector("svg"), entry.textContent];
    const [wide, tall] = ["width", "height"].map((name) => Number(sign.getAttribute(name)));
    const room = wide + 22 + 6.6 * words.length;
    if (across === MARGIN || across + room > width - MARGIN) [across, height] = [MARGIN, height + 20];
    const copy = plain(sign);
    copy.setAttribute("x", across);
    copy.setAttribute("y", height - 4 - tall / 2);
    whole.append(copy, svg("text", { x: across + wide + 6, y: height, "font-size": 12, fill: style.color }, words));
    across += room;
  }
  height += 10;
  for (const drawing of drawings) {
    const heading = drawing.parentElement.dataset.heading;
    if (heading) write(heading, 14, "bold", 1);
    const copy = plain(drawing);
    copy.setAttribute("x", MARGIN);
    copy.setAttribute("y", height);
    whole.append(copy);
    height += Number(drawing.getAttribute("height")) + 8;
  }
  write(source, 11, "normal", 0.8);
  height += MARGIN / 2;
  whole.setAttribute("height", height);
  whole.setAttribute("viewBox", `0 0 ${width} ${height}`);
  back.setAttribute("height", height);
  return { text: new XMLSerializer().serializeToString(whole), width, height };
};

export const saveSvg = (name, made) => save(`${name}.svg`, new Blob([made.text], { type: "image/svg+xml" }));

export const savePng = async (name, made) => {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(made.text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * made.width;
  canvas.height = 2 * made.height;
  const context = canvas.getContext("2d");
  context.scale(2, 2);
  context.drawImage(image, 0, 0);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  save(`${name}.png`, blob);
};

const wrapped = (text, letters) => {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = `${lines[lines.length - 1]} ${word}`.trim();
    if (line.length > letters && lines[lines.length - 1]) lines.push(word);
    else lines[lines.length - 1] = line;
  }
  return lines;
};
