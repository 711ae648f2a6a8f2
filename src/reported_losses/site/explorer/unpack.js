// Reads what packed.py wrote. Nothing is computed here that Python did not decide.

const DAY = 864e5;
export const dayText = (day) => new Date(day * DAY).toISOString().slice(0, 10);
export const dayNumber = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / DAY);
export const dayDate = (day) => new Date(day * DAY);
export const WEEK = 7;

export const isDay = (text) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(dayNumber(text)) && dayText(dayNumber(text)) === text;

/** Running sums. */
export const sums = (steps) => {
  let total = 0;
  return steps.map((step) => (total += step));
};

/** Values from pairs of a value and how often it stands. */
export const fromRuns = (runs) => {
  const found = [];
  for (let at = 0; at < runs.length; at += 2)
    for (let left = runs[at + 1]; left > 0; left--) found.push(runs[at]);
  return found;
};

/** The usual values, but for triples of first row, number of rows, value. */
export const fromExceptions = (exceptions, usual) => {
  const found = [...usual];
  for (let at = 0; at < exceptions.length; at += 3)
    found.fill(exceptions[at + 2], exceptions[at], exceptions[at] + exceptions[at + 1]);
  return found;
};

export const days = ([first, ...runs]) => (first === undefined ? [] : sums([first, ...fromRuns(runs)]));

const pairs = (ends) =>
  Array.from({ length: ends.length / 2 }, (_, at) => [ends[2 * at], ends[2 * at + 1]]);

const week = (values) => values.map((value) => (value === null ? null : value / WEEK));

/** One series with its columns as arrays, all of one length. */
export const unpack = (raw, data) => {
  const total = sums(raw.total);
  const usual = [null, ...raw.total.slice(1)];
  const change = fromExceptions(raw.change, usual);
  const without = fromRuns(raw.no_mean);
  const mean = sums(raw.mean).map((value, row) => (without[row] ? null : value));
  const [reporter, subject, category] = raw.key;
  return {
    reporter,
    subject,
    category,
    raw,
    day: days(raw.day),
    total,
    change,
    mean: week(mean),
    increment: fromExceptions(raw.increment, change),
    incrementMean: week(fromExceptions(raw.increment_mean, mean)),
    evidence: fromRuns(raw.evidence).map((code) => data.evidence[code] ?? ""),
    readIn: fromRuns(raw.read_in).map((code) => data.read_in[code] ?? ""),
    fixes: new Map(raw.fix.map(([row, amount, kind, reason, source]) => [row, { amount, kind, reason, source }])),
    pieces: Object.fromEntries(
      Object.entries(raw.pieces).map(([kind, [all, firm]]) => [kind, { all: pairs(all), firm: pairs(firm) }]),
    ),
  };
};

const MONTHS = [
  ...["January", "February", "March", "April", "May", "June", "July"],
  ...["August", "September", "October", "November", "December"],
];
/** Names of months on an axis. */
export const SHORT_MONTHS = MONTHS.map((name) => name.slice(0, 3));
/** A day as people write it: 2 June 2024. */
export const dayWords = (day) => {
  const date = dayDate(day);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
};

/** The first row on or after a day. */
export const rowFrom = (values, day) => {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < day) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The row that is nearest to a day. */
export const nearest = (values, day) => {
  const after = rowFrom(values, day);
  if (after === 0) return 0;
  if (after === values.length) return after - 1;
  return day - values[after - 1] <= values[after] - day ? after - 1 : after;
};
