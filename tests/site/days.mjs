// Opens day pages in Chromium: `node days.mjs MODULES SITE CHROMIUM OUT`.
// SITE is a folder with days/, and hostile/days/ of hostile texts. OUT gets days.json: for each page
// and screen what was wrong.

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, site, executablePath, out] = process.argv.slice(2).map((name) => resolve(name));
const from = createRequire(join(modules, "x.js"));
const { chromium } = from("playwright-core");
const axe = readFileSync(from.resolve("axe-core/axe.min.js"), "utf8");
const SCREENS = [
  { width: 1200, colorScheme: "light" },
  { width: 360, colorScheme: "light" },
  { width: 1200, colorScheme: "dark" },
  { width: 360, colorScheme: "dark" },
];
const found = {};

/** Open a page and give what went wrong in it from then on. */
const open = async (context, file) => {
  const page = await context.newPage();
  const wrong = [];
  const home = pathToFileURL(file).href;
  page.on("console", (one) => wrong.push(`console: ${one.text()}`));
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("dialog", (one) => { wrong.push("a dialog"); one.dismiss(); });
  page.on("request", (one) => one.url() !== home && wrong.push(`request: ${one.url()}`));
  await page.goto(home);
  return { page, wrong };
};

/** What axe finds to be serious, and whether the page is wider than the screen. */
const judge = async (page, wrong) => {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) wrong.push(`${wide} pixels too wide`);
  // Through the debugger, which the policy of the page does not bind.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  for (const one of violations.filter((each) => ["serious", "critical"].includes(each.impact)))
    wrong.push(`${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.html).join(" ")}`);
};

/** Whether the keyboard alone leads past the head of the page, and to the next day. */
const byKeyboard = async (page, wrong) => {
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => document.activeElement.className);
  if (first !== "skip") wrong.push(`the first stop is ${first}`);
  await page.keyboard.press("Enter");
  const at = await page.evaluate(() => document.activeElement.id);
  if (at !== "main") wrong.push(`the skip link leads to ${at}`);
  for (let step = 0; step < 9; step += 1) {
    await page.keyboard.press("Tab");
    const shown = await page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
      return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    });
    if (!shown) wrong.push(`stop ${step} has no mark`);
  }
};

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
for (const [number, { width, colorScheme }] of SCREENS.entries()) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  for (const folder of number === 0 ? ["days", "hostile/days"] : ["days"])
    for (const name of readdirSync(join(site, folder)).filter((one) => one.endsWith(".html"))) {
      const { page, wrong } = await open(context, join(site, folder, name));
      await judge(page, wrong);
      if (number === 0 && folder === "days") await byKeyboard(page, wrong);
      if (await page.evaluate(() => "hacked" in window)) wrong.push("a text of the data ran");
      found[`${folder}/${name} ${width} ${colorScheme}`] = wrong;
      await page.close();
    }
  await context.close();
}
await browser.close();
writeFileSync(join(out, "days.json"), JSON.stringify(found));
