// Elements without markup: every text is set as text, so nothing in the data can become a tag.

const SVG = "http://www.w3.org/2000/svg";

const fill = (made, attributes, children) => {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") made.addEventListener(name, value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...there(children));
  return made;
};

/** Children that are there. */
export const there = (children) =>
  children.flat(2).filter((child) => child !== null && child !== undefined && child !== false && child !== "");

export const el = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
export const svg = (tag, attributes, ...children) =>
  fill(document.createElementNS(SVG, tag), attributes, children);
export const byId = (id) => document.getElementById(id);

/** A link to a web page, or plain text where the address is none. */
export const link = (address, ...children) =>
  /^https?:\/\//.test(address ?? "")
    ? el("a", { href: address, rel: "noopener noreferrer" }, ...children)
    : el("span", null, ...children);

/** A table with a caption; numbers are given as numbers and stand right. */
export const table = (caption, columns, rows) =>
  el(
    "table",
    null,
    el("caption", null, caption),
    el("thead", null, el("tr", null, columns.map((name, place) => el("th", { scope: "col", class: place && isNumber(rows, place) ? "number" : null }, name)))),
    el(
      "tbody",
      null,
      rows.map((row) =>
        el(
          "tr",
          null,
          row.map((cell, place) =>
            place === 0
              ? el("th", { scope: "row" }, cell ?? "")
              : el("td", { class: typeof cell === "number" ? "number" : null }, show(cell)),
          ),
        ),
      ),
    ),
  );

const isNumber = (rows, place) => typeof rows.find((row) => row[place] !== null && row[place] !== "")?.[place] === "number";
const show = (cell) => (typeof cell === "number" ? number(cell) : (cell ?? ""));

const plain = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });
const minus = (text) => text.replace("-", "−");
export const number = (value) => minus(plain.format(value));
export const signed = (value) => (value > 0 ? "+" : "") + number(value);
const short = new Intl.NumberFormat("en-GB", { notation: "compact", maximumFractionDigits: 2 });
export const compact = (value) => minus(short.format(value));

/** A sentence with long numbers in groups and minus signs, as `readable` in page_words.py. */
export const readable = (sentence) =>
  sentence.replace(/(?<![\w.,:/-])(?!20[23]\d\b)\d{4,}(?![\w/:-]|[.,]\d)|(?<=[+-])\d{4,}(?!-)/g, (found) => number(Number(found))).replace(/(?<=\s)-(?=\d)/g, "−");
