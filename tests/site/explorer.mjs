// Drives the explorer in Chromium: `node explorer.mjs MODULES SITE CHROMIUM OUT`.
// SITE is a folder with index.html and views/, and hostile/index.html, whose texts are hostile. OUT
// gets results.json: for each check below null, or what was wrong; and what was measured.

import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, site, executablePath, out] = process.argv.slice(2).map((name) => resolve(name));
const from = createRequire(join(modules, "x.js"));
const { chromium } = from("playwright-core");
const axe = readFileSync(from.resolve("axe-core/axe.min.js"), "utf8");
const HOME = pathToFileURL(join(site, "index.html")).href;
const TANKS = "#reporter=ua-general-staff&subject=russia&category=tanks&measure=total";
const checks = {};
const measured = {};
const check = (name, run, options) => (checks[name] = { run, options });

/** A page with what went wrong in it. */
const open = async (browser, hash, { home = HOME, ...options } = {}) => {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (one) => ["error", "warning"].includes(one.type()) && wrong.push(one.text()));
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("request", (one) => one.url().split("#")[0] !== home && !/^(data|blob):/.test(one.url()) && wrong.push(`request: ${one.url()}`));
  await page.goto(home + hash);
  page.wrong = wrong;
  return page;
};
const text = (page, selector) => page.textContent(selector);
const hash = (page) => page.evaluate(() => new URLSearchParams(location.hash.slice(1)).toString());
const asked = async (page, name) => new URLSearchParams(await hash(page)).get(name);
const download = async (page, selector) => {
  const [file] = await Promise.all([page.waitForEvent("download"), page.click(selector)]);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
};
const lines = (page) => page.locator("#chart svg.plot .line").count();

check("first view", async (page) => {
  assert.match(await text(page, "#chart-title"), /Personnel/);
  assert.ok((await lines(page)) > 1);
  measured.first_chart_ms = await page.evaluate(() => performance.getEntriesByName("first-chart")[0].startTime);
  measured.page_bytes = statSync(join(site, "index.html")).size;
}, { hash: "" });

check("reporter", async (page) => {
  await page.selectOption("#reporter", "oryx");
  assert.match(await text(page, "#chart-title"), /reported by Oryx/);
  assert.equal(await asked(page, "reporter"), "oryx");
});

check("subject", async (page) => {
  await page.selectOption("#reporter", "oryx");
  await page.selectOption("#subject", "ukraine");
  assert.match(await text(page, "#chart-title"), /losses of Ukraine reported by Oryx/);
});

check("category", async (page) => {
  await page.selectOption("#category", "mlrs");
  assert.equal(await asked(page, "category"), "mlrs");
  assert.match(await text(page, "#chart-title"), /Multiple launch rocket/);
});

for (const measure of ["total", "change", "mean", "increment"])
  check(`measure ${measure}`, async (page) => {
    await page.check(`#measure-${measure}`, { force: true });
    assert.equal(await asked(page, "measure"), measure);
    assert.ok((await lines(page)) > 0);
    const bars = await page.locator("#chart .bar").count();
    assert.equal(bars > 100, measure === "change" || measure === "increment");
  });

check("period", async (page) => {
  await page.fill("#from", "2023-02-01");
  await page.fill("#to", "2023-02-28");
  assert.equal(await asked(page, "from"), "2023-02-01");
  await page.click("#data-table summary");
  await page.waitForSelector("#data-rows tbody tr");
  assert.equal(await page.locator("#data-rows tbody tr").count(), 28);
  await page.fill("#to", "2022-12-31");
  assert.equal(await asked(page, "from"), null);
  for (const [name, rows] of [["quarter", 90], ["year", 365]]) {
    await page.click(`#preset-${name}`);
    assert.ok((await page.locator("#data-rows tbody tr").count()) <= rows);
  }
  await page.click("#preset-all");
  assert.equal(await asked(page, "to"), null);
});

check("a re-basing cuts the line and is labelled", async (page) => {
  await page.selectOption("#category", "personnel");
  const labels = await page.locator("#chart .jump-label").allTextContents();
  assert.ok(labels.some((one) => /^re-based [+−]/.test(one)));
  assert.equal(await page.locator("#chart .jump").count(), labels.length);
});

check("marks say their reason and source on hover and focus", async (page) => {
  const mark = page.locator("#chart .mark[data-day='2023-05-28']");
  await mark.hover();
  assert.match(await text(page, "#mark-tip"), /restated, −5.*Source: /s);
  assert.ok(await page.isVisible("#mark-tip"));
  await page.mouse.move(0, 0);
  assert.ok(!(await page.isVisible("#mark-tip")));
  await page.locator("#chart .pad").focus();
  await page.keyboard.press("Tab");
  assert.ok(await page.isVisible("#mark-tip"));
  const first = await page.evaluate(() => document.activeElement.dataset.day);
  await page.keyboard.press("ArrowRight");
  assert.notEqual(await page.evaluate(() => document.activeElement.dataset.day), first);
  assert.ok(await page.isVisible("#mark-tip"));
  await page.keyboard.press("Escape");
  assert.ok(!(await page.isVisible("#mark-tip")));
});

check("kinds of corrections are explained where they are listed", async (page) => {
  await page.click("#marked summary");
  assert.match(await text(page, "#marked-kinds"), /restated: the reporter announced or marked a correction\./);
  const labels = await page.locator("#chart .mark").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
  assert.ok(labels.every((one) => !one.includes("..")), labels);
});

check("disputed figures are marked", async (page) => {
  await page.selectOption("#category", "personnel");
  assert.ok((await page.locator("#chart .shape.disputed").count()) > 0);
});

check("a single record is lighter", async (page) => {
  assert.ok((await page.locator("#chart .line.light").count()) > 0);
  assert.match(await text(page, "#chart-says"), /Lighter: only one record/);
});

check("bars stay in the plot", async (page) => {
  for (const to of ["2023-05-01", "2023-05-02", "2023-05-07", "2023-06-20"]) {
    await page.fill("#to", to);
    const wrong = await page.evaluate(() => {
      const line = document.querySelector("#chart .grid, #chart .zero");
      const [left, right] = [line.x1.baseVal.value, line.x2.baseVal.value];
      const bars = [...document.querySelectorAll("#chart rect.bar")].map((one) => [one.x.baseVal.value, one.width.baseVal.value]);
      return bars.length ? bars.filter(([x, width]) => x < left || x + width > right || width > 40) : ["no bars"];
    });
    assert.deepEqual(wrong, [], to);
  }
}, { hash: "#category=vehicles&measure=change&from=2023-05-01" });

check("every day axis tells its year once, and no label twice", async (page) => {
  for (const [from, to] of [["2024-06-01", "2024-08-31"], ["2024-04-01", "2024-08-31"], ["2025-12-20", "2026-01-10"], ["2023-05-01", "2024-11-01"], ["2022-02-24", "2026-06-01"]]) {
    await page.evaluate((to) => (location.hash = to), `#category=artillery&measure=change&from=${from}&to=${to}`);
    await page.waitForFunction((to) => document.querySelector("#to").value === to, to);
    const labels = await page.locator("#chart .axis text[text-anchor=middle]").allTextContents();
    let year = "";
    const whole = labels.map((one) => ((year = one.match(/\d{4}/)?.[0] ?? year), `${one.replace(year, "").trim()} ${year}`));
    assert.equal(new Set(whole).size, labels.length, labels);
    for (const year of new Set([from.slice(0, 4), to.slice(0, 4)]))
      if (labels.length > 2) assert.ok(labels.filter((one) => one.includes(year)).length <= 2, labels);
    assert.ok(labels.some((one) => /\d{4}/.test(one)), labels);
  }
});

check("a picture names its period, and looks the same from every screen", async (page) => {
  const svg = await download(page, "#svg");
  assert.equal(svg.name, "ua-general-staff_russia_artillery_change_from-2024-06-01_to-2024-08-31.svg");
  const drawn = svg.bytes.toString();
  for (const words of ["1 June 2024 to 31 August 2024.", "change each day", "General Staff of the Armed Forces of Ukraine, via reported-losses", "data to 20"]) assert.ok(drawn.includes(words), words);
  assert.match(drawn, /^<svg [^>]*width="1232"/);
  assert.match(drawn, /<rect [^>]*fill="rgb\(255, 255, 255\)"/);
  assert.equal((await download(page, "#png")).bytes.readUInt32BE(16), 2464);
  assert.equal(await page.locator(".offstage").count(), 0);
}, { hash: "#category=artillery&measure=change&from=2024-06-01&to=2024-08-31", colorScheme: "dark", viewport: { width: 360, height: 800 } });

check("the picture of a ratio has its heading", async (page) => {
  const drawn = (await download(page, "#svg")).bytes.toString();
  assert.match(drawn, />Ratio of General Staff to Oryx, counted after 2023-06-01: [\d.]+ on 2025-07-19</);
}, { hash: "#view=beside&category=tanks&since=2023-06-01" });

for (const width of [360, 640, 1200])
  check(`labels of jumps do not cover each other, ${width} px`, async (page) => {
    for (const category of ["artillery", "vehicles", "missiles", "uavs"]) {
      await page.selectOption("#category", category);
      const boxes = await page.locator("#chart .jump-label").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()));
      assert.equal(boxes.length > 2, width > 600, category);
      for (const [place, one] of boxes.entries())
        for (const other of boxes.slice(place + 1))
          assert.ok(one.right <= other.left || other.right <= one.left || one.bottom <= other.top + 3 || other.bottom <= one.top + 3, category);
    }
  }, { viewport: { width, height: 800 } });

check("a correction says how the total moved", async (page) => {
  await page.locator("#chart .mark[data-day='2025-12-31']").hover();
  assert.match(await text(page, "#mark-tip"), /total \+237 = change \+127, re-based \+110/);
}, { hash: "#category=vehicles&measure=total&from=2025-12-20&to=2026-01-10" });

check("the period says how far the total went", async (page) => {
  assert.equal(await text(page, "#chart-gain"), "From 31 May 2024 to 31 August 2024 the total went from 13,140 to 17,614: +4,474.");
}, { hash: "#category=artillery&measure=change&from=2024-06-01&to=2024-08-31" });

check("corrections within a period are part of how far the total went", async (page) => {
  assert.match(await text(page, "#chart-gain"), /: \+[\d,]+, of which re-based \+110\.$/);
}, { hash: "#category=vehicles&measure=total&from=2025-12-20&to=2026-01-10" });

check("a card leads to its chart, and back leads from it", async (page) => {
  const before = await hash(page);
  await page.click(".cards a >> nth=5");
  assert.equal(await page.evaluate(() => document.activeElement.id), "chart-title");
  await page.waitForFunction(() => document.querySelector("#chart-title").getBoundingClientRect().top < innerHeight - 40);
  const category = await asked(page, "category");
  assert.notEqual(category, "missiles");
  await page.selectOption("#category", "missiles");
  await page.goBack();
  await page.waitForFunction((due) => document.querySelector("#category").value === due, category);
  await page.goBack();
  await page.waitForFunction((due) => new URLSearchParams(location.hash.slice(1)).toString() === due, before);
}, { hash: "#reporter=ua-general-staff&subject=russia&category=tanks&measure=mean", viewport: { width: 360, height: 700 } });

check("what a reporter does not print cannot be chosen", async (page) => {
  assert.ok(!(await page.isDisabled("#measure-increment")));
  assert.match(await text(page, "#chart-note"), /Tanks reported lost/);
  await page.selectOption("#reporter", "oryx");
  assert.ok(await page.isDisabled("#measure-increment"));
  assert.ok(await page.isVisible("#prints-none"));
  assert.ok(!/Nothing is said of how damaged/.test(await text(page, "#chart-note")));
});

check("a finger sees a day first, and opens it then", async (page) => {
  const pad = await page.locator("#chart .pad").boundingBox();
  const tap = () => page.touchscreen.tap(pad.x + pad.width / 2, pad.y + pad.height / 2);
  await page.locator("#chart .pad").scrollIntoViewIfNeeded();
  const seen = await page.locator("#chart .pad").boundingBox();
  Object.assign(pad, seen);
  await tap();
  assert.ok(await page.isVisible("#chart .tip"));
  assert.equal(await asked(page, "day"), null);
  await tap();
  assert.ok(await asked(page, "day"));
}, { hasTouch: true, viewport: { width: 390, height: 800 } });

check("print is light and the chart alone", async (page) => {
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
  for (const name of ["#latest", "#controls", "#actions", "header"]) assert.ok(!(await page.isVisible(name)), name);
  assert.ok(await page.isVisible("#chart svg"));
}, { colorScheme: "dark" });

check("forced colours tell what is chosen", async (page) => {
  const back = (selector) => page.evaluate((one) => getComputedStyle(document.querySelector(one)).backgroundColor, selector);
  assert.notEqual(await back("#views a[aria-current]"), await back("#views a:not([aria-current])"));
  assert.notEqual(await back("#measure-total + label"), await back("#measure-mean + label"));
}, { forcedColors: "active" });

check("links that ask for what is not there say so in words", async (page) => {
  const cases = {
    "#view=statements&counted=zzz": /Nobody counts “zzz”/,
    "#reporter=oryx&category=artillery": /Oryx does not count “Artillery systems” as a category; this shows “Tanks”/,
    "#nothing=of-this": /asks for nothing that this page knows/,
  };
  for (const [to, due] of Object.entries(cases)) {
    await page.evaluate((one) => (location.hash = one), to);
    await page.waitForFunction(() => !document.querySelector("#notice").hidden);
    assert.match(await text(page, "#notice"), due);
    await page.evaluate(() => (location.hash = "#category=tanks"));
    await page.waitForFunction(() => document.querySelector("#notice").hidden);
  }
});

check("the table has words, and the newest report first", async (page) => {
  await page.click("#data-table summary");
  await page.waitForSelector("#data-rows tbody tr");
  assert.match(await text(page, "#data-rows thead"), /Report.*Mean of 7 days/s);
  assert.equal(await text(page, "#data-rows tbody th >> nth=0"), "2023-02-28");
}, { hash: "#category=tanks&from=2023-02-01&to=2023-02-28" });

check("evidence", async (page) => {
  await page.click("#chart .pad");
  assert.ok(await page.isVisible("#evidence"));
  assert.ok((await page.locator("#evidence tbody tr").count()) > 1);
  const day = await asked(page, "day");
  assert.match(await text(page, "#evidence-title"), new RegExp(day));
  assert.equal(await page.getAttribute("#evidence .near a", "href"), `days/${day}.html`);
  await page.click("#evidence >> text=Later figure");
  assert.notEqual(await asked(page, "day"), day);
  await page.click("#evidence >> text=Close");
  assert.ok(!(await page.isVisible("#evidence")));
});

check("evidence of a corrected slip", async (page) => {
  const rows = await page.locator("#evidence tbody tr").allTextContents();
  assert.ok(rows.some((one) => one.includes("7,409") && one.includes("differs")));
  assert.match(await text(page, "#evidence"), /majority: .*independent records/);
}, { hash: "#category=vehicles&measure=total&day=2023-08-29" });

check("side by side", async (page) => {
  await page.click("#views >> text=Side by side");
  assert.match(await text(page, "#chart-title"), /General Staff beside Oryx/);
  assert.equal(await page.locator("#chart svg.plot").count(), 2);
  const before = await page.locator("#chart svg.plot >> nth=1").textContent();
  await page.fill("#since", "2023-06-01");
  assert.match(await text(page, ".ratio-title"), /2023-06-01/);
  assert.notEqual(await page.locator("#chart svg.plot >> nth=1").textContent(), before);
});

check("a ratio since a day", async (page) => {
  writeFileSync(join(out, "since.csv"), (await download(page, "#csv")).bytes);
}, { hash: "#view=beside&subject=russia&category=tanks&since=2023-06-01" });

check("side by side is cut and marked where a count moved", async (page) => {
  assert.match(await text(page, "#chart svg.plot >> nth=0"), /restated −5/);
  await page.locator("#chart .mark >> nth=0").hover();
  assert.match(await text(page, "#chart .tip:not([hidden])"), /2023-05-28: General Staff, restated/);
  const before = await lines(page);
  await page.fill("#from", "2023-05-20");
  await page.fill("#to", "2023-06-10");
  assert.ok((await lines(page)) < before);
  // Two pieces of the General Staff's line and one of Oryx's; two of the ratio.
  assert.equal(await lines(page), 5);
  await page.click("#marked summary");
  await page.click("#marked-list button");
  assert.equal(await asked(page, "view"), null);
  assert.equal(await asked(page, "day"), "2023-05-28");
}, { hash: "#view=beside&subject=russia&category=tanks" });

check("side by side keeps the day of a correction, and names what is added up", async (page) => {
  const days = await page.locator("#chart .mark").evaluateAll((all) => all.map((one) => one.dataset.day));
  assert.deepEqual(days, ["2025-04-22", "2025-05-04"]);
  await page.locator("#chart .mark >> nth=0").focus();
  assert.match(await text(page, "#mark-tip"), /2025-04-22: General Staff, re-based, \+4No common total on this day; the next is of 2025-05-12/);
  assert.match(await text(page, "#chart-says"), /General Staff: Artillery systems\. Oryx: .*Towed artillery/);
  await page.locator("#chart .pad").focus();
  await page.keyboard.press("Enter");
  assert.equal(await asked(page, "reporter"), "ua-general-staff");
  assert.ok(await asked(page, "day"));
}, { hash: "#view=beside&subject=russia&category=artillery&from=2025-04-01&to=2025-06-30" });

check("an unexplained jump is marked side by side", async (page) => {
  assert.match(await text(page, "#chart svg.plot >> nth=0"), /unexplained \+29/);
}, { hash: "#view=beside&subject=russia&category=planes-and-helicopters&from=2025-05-15&to=2025-06-20" });

check("a period of side by side ends with the last common total", async (page) => {
  await page.click("#preset-week");
  assert.equal(await asked(page, "to"), "2025-07-19");
  assert.ok((await lines(page)) > 0);
}, { hash: "#view=beside&subject=russia&category=tanks" });

check("a ratio since a day without a common total says so", async (page) => {
  assert.match(await text(page, "#chart-says"), /no common total on 2024-01-01; the ratio counts from 2023-12-18/);
}, { hash: "#view=beside&subject=russia&category=tanks&since=2024-01-01" });

check("reports that have no change are counted", async (page) => {
  assert.match(await text(page, "#chart-says"), /\d+ of \d+ reports have no change/);
  assert.ok(!/mean of seven days/.test(await text(page, "#chart-says")));
}, { hash: "#reporter=oryx&subject=russia&category=tanks&measure=change&from=2023-12-01&to=2024-02-20" });

check("an empty chart of increments names the last one", async (page) => {
  assert.match(await text(page, "#chart-says"), /no printed increment on these days: the first is of .*, the last of 12 April 2026/);
  await page.evaluate(() => (location.hash = "#reporter=oryx&category=tanks&measure=increment"));
  await page.waitForFunction(() => document.querySelector("#reporter").value === "oryx");
  assert.match(await text(page, "#chart-says"), /This reporter prints no increments/);
  assert.ok(!/Only one record/.test(await text(page, "#chart-says")));
}, { hash: "#category=personnel&measure=increment&from=2031-01-01" });

check("beside the ranges of others", async (page) => {
  assert.ok((await page.locator("#chart .end").count()) > 50);
  await page.selectOption("#counted", "killed");
  assert.equal(await page.locator("#chart .end:not(.m-killed)").count(), 0);
  await page.locator("#chart .pad").focus();
  await page.keyboard.press("Enter");
  assert.equal(await asked(page, "view"), "statements");
}, { hash: "#view=beside&subject=russia&category=personnel" });

check("statements", async (page) => {
  const all = await text(page, "#chart-says");
  await page.fill("#speaker", "zelensky");
  await page.waitForFunction(() => location.hash.includes("speaker=zelensky"));
  const items = await page.locator(".statements > li .who").allTextContents();
  assert.ok(items.length && items.every((one) => /zelensky/i.test(one)));
  await page.fill("#q", "killed wounded");
  await page.waitForFunction(() => location.hash.includes("q="));
  await page.selectOption("#counted", "killed");
  assert.notEqual(await text(page, "#chart-says"), all);
  assert.ok((await page.locator(".statements > li").count()) > 0);
  await page.fill("#q", "no-such-word-anywhere");
  await page.waitForFunction(() => !document.querySelector(".statements > li"));
  assert.match(await text(page, "#chart-says"), /^0 of/);
}, { hash: "#view=statements&subject=ukraine" });

const STATEMENTS = "#view=statements&subject=ukraine";
const says = (page) => text(page, "#chart-says");
const counted = async (page) => Number((await says(page)).match(/^(\d+) of/)[1]);
const show = async (page, hash) => {
  await page.evaluate((to) => (location.hash = to), hash);
  await page.waitForFunction((to) => location.hash === to, hash);
};

check("a denied figure is no claim", async (page) => {
  const claims = page.locator(".claims li");
  assert.match(await claims.first().textContent(), /^rejected the figure of 80,000 Ukrainian killed/);
  assert.equal(await claims.first().locator("b").count(), 0);
  assert.match((await download(page, "#csv")).bytes.toString(), /,denied,/);
}, { hash: `${STATEMENTS}&speaker=zelensky&from=2024-09-20&to=2024-09-20` });

check("claims say their period, rate and part", async (page) => {
  assert.match(await text(page, ".claims"), /35,000 Russian killed; December 2025/);
  await show(page, "#view=statements&subject=russia&speaker=mediazona&from=2024-09-20&to=2024-09-20");
  await page.waitForFunction(() => document.querySelector(".claims")?.textContent.includes("4,104"));
  assert.match(await text(page, ".claims"), /4,104 Russian killed \(officers\)/);
  for (const code of ["confirmed-by-name", "exact", " of Russia"]) assert.ok(!(await text(page, ".claims")).includes(code));
}, { hash: "#view=statements&subject=russia&speaker=zelensky&from=2026-01-22&to=2026-01-22" });

check("the csv of statements has the columns and rows of claims()", async (page) => {
  const due = readFileSync(join(site, "views/statements.csv"), "utf8").split("\n");
  const found = (await download(page, "#csv")).bytes.toString().split("\n");
  assert.equal(found[0], due[0]);
  const known = new Set(due);
  assert.ok(found.length > 100);
  assert.deepEqual(found.filter((line) => !known.has(line)), []);
}, { hash: STATEMENTS });

check("search takes any spelling, order and way to write a number", async (page) => {
  const due = await counted(page);
  assert.ok(due > 1);
  for (const name of ["Zelenskyy", "Zelenskiy", "zelenskij", "Зеленський", "Зеленский", "ZELENSKY volodymyr"]) {
    await show(page, `${STATEMENTS}&speaker=${encodeURIComponent(name)}`);
    assert.equal(await counted(page), due, name);
  }
  for (const name of ["mediazona bbc", "BBC/Mediazona"]) {
    await show(page, `#view=statements&subject=russia&speaker=${encodeURIComponent(name)}`);
    assert.ok((await counted(page)) > 5, name);
  }
  await show(page, `${STATEMENTS}&q=${encodeURIComponent("31,000")}`);
  const thousands = await counted(page);
  assert.ok(thousands > 0);
  await show(page, `${STATEMENTS}&q=31000`);
  assert.equal(await counted(page), thousands);
  assert.ok((await page.locator("#speakers option").count()) > 50);
}, { hash: `${STATEMENTS}&speaker=Volodymyr%20Zelensky` });

check("nothing found says what excludes it", async (page) => {
  assert.match(await text(page, ".nothing"), /None about losses of Ukraine.*; \d+ about losses of Russia/);
  await page.click(".nothing >> text=about Russia");
  assert.equal(await asked(page, "subject"), "russia");
  assert.ok((await counted(page)) > 5);
  await show(page, `${STATEMENTS}&q=nosuchword&speaker=zelensky`);
  await page.click(".nothing >> text=Without the text");
  assert.equal(await asked(page, "q"), null);
  await show(page, `${STATEMENTS}&q=nosuchword`);
  await page.click(".nothing >> text=Remove all filters");
  assert.ok((await counted(page)) > 50);
}, { hash: `${STATEMENTS}&speaker=mediazona` });

check("the bars of statements are of the period and reached by keyboard", async (page) => {
  const first = page.locator("#chart .pick[tabindex='0']");
  assert.equal(await first.count(), 1);
  for (const label of await page.locator("#chart .pick").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label"))))
    assert.match(label, /^[A-Z][a-z]{2} 2024: \d+ statements?$/);
  assert.match(await text(page, "#chart .plot"), /Jan|2024/);
  await first.focus();
  await page.keyboard.press("ArrowLeft");
  const name = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  assert.notEqual(name, await page.locator("#chart .pick").last().getAttribute("aria-label"));
  await page.keyboard.press("Enter");
  assert.equal((await asked(page, "from")).slice(0, 7), (await asked(page, "to")).slice(0, 7));
  assert.equal(await counted(page), Number(name.match(/: (\d+)/)[1]));
  assert.match(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), /^\d+ [A-Z][a-z]{2} 2024: /);
}, { hash: `${STATEMENTS}&from=2024-01-01&to=2024-12-31` });

check("evidence leads to the report and can be cited", async (page) => {
  const page_of = await page.getAttribute("#evidence >> text=own page of this report", "href");
  assert.match(page_of, /^https:\/\/www.mil.gov.ua\/news\/2023\/02\/22\//);
  await page.click("#evidence summary");
  const cited = await text(page, "#evidence .cite p");
  for (const due of ["General Staff", "2023-02-22", "day=2023-02-22", "https://"]) assert.ok(cited.includes(due), cited);
}, { hash: "#category=vehicles&measure=total&day=2023-02-22" });

check("escape closes the evidence and leads back to the mark", async (page) => {
  assert.match(await text(page, "#evidence"), /independent records give this figure; 1 gives another/);
  await page.focus("#chart .mark");
  const day = await page.evaluate(() => document.activeElement.dataset.day);
  await page.keyboard.press("Enter");
  assert.ok(await page.isVisible("#evidence"));
  await page.keyboard.press("Escape");
  assert.ok(!(await page.isVisible("#evidence")));
  assert.equal(await page.evaluate(() => document.activeElement.dataset.day), day);
}, { hash: "#category=vehicles&measure=total&day=2023-08-29" });

check("a disputed figure stands beside its rival", async (page) => {
  assert.match(await text(page, "#evidence .figure"), /4,500 in all \(4,300 or 4,500\)/);
  assert.match(await text(page, "#evidence"), /rule for ties/);
}, { hash: "#category=personnel&measure=total&day=2022-02-27" });

check("evidence on a phone is a list of cards", async (page) => {
  const wide = await page.evaluate(() => document.querySelector("#evidence table").scrollWidth - document.querySelector("#evidence .scroll").clientWidth);
  assert.ok(wide <= 0, `${wide} pixels too wide`);
  assert.ok(await page.locator("#evidence .differs").first().isVisible());
}, { hash: "#category=vehicles&measure=total&day=2023-08-29", viewport: { width: 360, height: 800 } });

check("more statements", async (page) => {
  const before = await page.locator(".statements > li").count();
  await page.click(".more");
  assert.ok((await page.locator(".statements > li").count()) > before);
}, { hash: "#view=statements" });

check("a link reproduces a view", async (page) => {
  const view = { reporter: "ua-general-staff", subject: "russia", category: "tanks", measure: "change", from: "2023-01-01", to: "2023-12-31" };
  for (const [name, value] of Object.entries(view)) assert.equal(await asked(page, name), value);
  assert.equal(await page.inputValue("#from"), "2023-01-01");
  assert.equal(await page.isChecked("#measure-change"), true);
  assert.equal(await page.isVisible("#notice"), false);
  const drawn = await page.locator("#chart").innerHTML();
  await page.selectOption("#category", "mlrs");
  await page.selectOption("#category", "tanks");
  assert.equal(await page.locator("#chart").innerHTML(), drawn);
}, { hash: "#reporter=ua-general-staff&subject=russia&category=tanks&measure=change&from=2023-01-01&to=2023-12-31" });

check("an unknown view falls back and says so", async (page) => {
  const said = await text(page, "#notice");
  for (const word of ["nope", "<img src=x onerror=alert(1)>", "2023-99-99"]) assert.ok(said.includes(word), said);
  assert.equal(await page.locator("#notice img").count(), 0);
  assert.ok((await lines(page)) > 0);
}, { hash: `#view=nope&category=${encodeURIComponent("<img src=x onerror=alert(1)>")}&from=2023-99-99` });

check("a period without reports", async (page) => {
  assert.match(await text(page, "#chart-says"), /There is no total on these days/);
  assert.ok(await page.isDisabled("#png"));
}, { hash: `${TANKS}&from=2031-01-01&to=2031-02-01` });

check("a category that ended", async (page) => {
  assert.match(await text(page, "#chart-says"), /This category ended.*2022-04-30/);
  assert.match(await text(page, "#category option:checked"), /\(ended\)/);
}, { hash: "#category=fuel-tanks" });

check("csv is the file of the view", async (page) => {
  const series = await page.evaluate(() => JSON.parse(document.getElementById("data").textContent).series.map((one) => one.key));
  for (const [reporter, subject, category] of series.filter((_, place) => place % 9 === 0)) {
    await page.evaluate((to) => (location.hash = to), `#reporter=${reporter}&subject=${subject}&category=${category}&measure=total`);
    await page.waitForFunction((to) => document.querySelector("#whole-csv").getAttribute("href") === to, `views/${reporter}_${subject}_${category}.csv`);
    const { name, bytes } = await download(page, "#csv");
    assert.equal(name, `${reporter}_${subject}_${category}_total.csv`);
    assert.equal(bytes.toString(), readFileSync(join(site, `views/${reporter}_${subject}_${category}.csv`), "utf8"));
  }
});

for (const view of ["counts", "beside", "statements"])
  check(`pictures of ${view}`, async (page) => {
    const svg = (await download(page, "#svg")).bytes.toString();
    assert.match(svg, /^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    assert.match(svg, /CC-BY-4.0/);
    assert.ok(!svg.includes("var(--"));
    for (const words of await page.locator("#legend li").allTextContents()) assert.ok(svg.includes(`>${words}</text>`));
    const png = (await download(page, "#png")).bytes;
    assert.equal(png.subarray(1, 4).toString(), "PNG");
    assert.ok(png.readUInt32BE(16) > 1000 && png.length > 10000);
  }, { hash: `${TANKS}&view=${view}` });

check("the link can be copied", async (page) => {
  await page.click("#link");
  await page.waitForFunction(() => document.getElementById("copied").textContent);
});

check("a table behind every chart", async (page) => {
  for (const view of ["counts", "beside", "statements"]) {
    await page.evaluate((to) => (location.hash = to), `${TANKS}&view=${view}`);
    await page.waitForFunction((to) => document.querySelector("#views a[aria-current]").dataset.view === to, view);
    if (!(await page.locator("#data-table[open]").count())) await page.click("#data-table summary");
    await page.waitForFunction(() => {
      const caption = document.querySelector("#data-rows caption")?.textContent ?? "";
      return caption.startsWith(document.getElementById("chart-title").textContent);
    });
    assert.ok((await page.locator("#data-rows tbody tr").count()) > 10);
    assert.ok((await page.locator("#data-rows th[scope=col]").count()) > 3);
  }
});

check("with the keyboard only", async (page) => {
  const at = () => page.evaluate(() => document.activeElement.id || document.activeElement.className || document.activeElement.tagName);
  const reached = new Set();
  for (let left = 60; left > 0; left--) {
    await page.keyboard.press("Tab");
    reached.add(await at());
  }
  for (const name of ["skip", "reporter", "subject", "category", "measure-total", "from", "to", "preset-all", "pad", "mark", "csv", "png", "svg", "link"])
    assert.ok(reached.has(name), `${name} is not reached: ${[...reached]}`);
  await page.focus("#measure-total");
  await page.keyboard.press("ArrowRight");
  assert.equal(await asked(page, "measure"), "change");
  await page.focus("#chart .pad");
  const said = await page.getAttribute("#chart .pad", "aria-valuetext");
  await page.keyboard.press("ArrowLeft");
  assert.notEqual(await page.getAttribute("#chart .pad", "aria-valuetext"), said);
  assert.ok(await page.isVisible("#chart .tip"));
  await page.keyboard.press("Home");
  assert.match(await page.getAttribute("#chart .pad", "aria-valuetext"), /^2022-02-2\d, total /);
  await page.keyboard.press("Enter");
  assert.equal(await at(), "evidence-title");
  await page.focus("#evidence .close");
  await page.keyboard.press("Enter");
  assert.equal(await at(), "pad");
});

check("skip to the chart", async (page) => {
  const before = await hash(page);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "chart-title");
  await page.waitForFunction((due) => new URLSearchParams(location.hash.slice(1)).toString() === due, before);
});

for (const scheme of ["light", "dark"])
  for (const width of [360, 1200])
    for (const view of ["counts", "beside", "people", "statements"])
      check(`accessible: ${view}, ${scheme}, ${width} px`, async (page) => {
        // The policy of the page forbids other scripts; this one runs beside it.
        const found = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ["violations"] })`);
        const serious = found.violations.filter((one) => ["serious", "critical"].includes(one.impact));
        assert.deepEqual(serious.map((one) => [one.id, one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160))]), []);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= width, `the page is ${wide} px wide`);
        const back = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        assert.equal(back === "rgb(255, 255, 255)", scheme === "light");
      }, {
        hash: view === "people" ? "#view=beside&category=personnel" : `${TANKS}&view=${view}&day=2023-05-28`,
        colorScheme: scheme,
        viewport: { width, height: 800 },
      });

check("small targets are large enough", async (page) => {
  const small = await page.evaluate(() =>
    [...document.querySelectorAll("button, select, #controls input")]
      .filter((one) => one.offsetParent)
      .map((one) => [one.id || one.className, one.getBoundingClientRect()])
      .filter(([, box]) => box.height < 23.5 || box.width < 23.5)
      .map(([name]) => name),
  );
  assert.deepEqual(small, []);
}, { hash: TANKS, viewport: { width: 360, height: 800 } });

check("without JavaScript", async (page) => {
  assert.ok(await page.isVisible("#latest"));
  assert.ok((await page.locator(".cards strong").count()) > 10);
  assert.ok(await page.isVisible("noscript a[href='views/latest.csv']"));
  assert.ok(!(await page.isVisible("#explorer")));
  await page.click("#every summary");
  assert.ok((await page.locator("#every tbody tr").count()) > 50);
}, { javaScriptEnabled: false });

check("hostile texts stay texts", async (page) => {
  for (const view of ["statements", "counts", "beside"]) {
    await page.evaluate((to) => (location.hash = to), `#view=${view}&subject=russia&category=personnel&measure=total`);
    await page.click("#data-table summary");
    assert.equal(await page.locator("img, iframe, object, embed, script[src], a[href^='javascript']").count(), 0);
  }
  await page.evaluate(() => (location.hash = "#view=statements&subject=russia"));
  await page.waitForSelector(".statements > li");
  assert.ok((await text(page, ".statements")).includes("<img src=x onerror="));
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  const csv = (await download(page, "#csv")).bytes.toString();
  assert.ok(csv.split(/[\n,]/).every((cell) => !/^"?=/.test(cell)), "a formula is in the CSV");
}, { home: pathToFileURL(join(site, "hostile/index.html")).href, hash: "#view=statements&subject=russia" });

check("the policy stops a script", async (page) => {
  const stopped = await page.evaluate(async () => {
    const script = document.createElement("script");
    const seen = new Promise((done) => document.addEventListener("securitypolicyviolation", () => done(true)));
    try {
      script.textContent = "window.hacked = true";
      document.body.append(script);
    } catch {
      return true;
    }
    return seen;
  });
  assert.ok(stopped);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  page.wrong.length = 0;
});

const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
const results = {};
for (const [name, { run, options = {} }] of Object.entries(checks)) {
  const { hash: start = TANKS, ...others } = options;
  const page = await open(browser, start, others);
  page.setDefaultTimeout(8000);
  try {
    await run(page);
    assert.deepEqual(page.wrong, [], "console errors, or requests that leave the page");
    results[name] = null;
  } catch (error) {
    results[name] = String(error.stack ?? error);
  }
  await page.context().close();
}
await browser.close();
writeFileSync(join(out, "results.json"), JSON.stringify({ results, measured }, null, 1));
