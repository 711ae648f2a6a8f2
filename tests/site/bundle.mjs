// Bundle the explorer's script: `node bundle.mjs MODULES SITE OUT`.
// MODULES is a folder into which npm has installed package-lock.json, SITE the folder of
// explorer.js, OUT the folder to write explorer.bundle.js and licences.txt into.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [modules, site, out] = process.argv.slice(2).map((name) => resolve(name));
const { build } = createRequire(join(modules, "x.js"))("esbuild");

const made = await build({
  absWorkingDir: site,
  entryPoints: ["explorer.js"],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  nodePaths: [join(modules, "node_modules")],
  metafile: true,
  write: false,
});
writeFileSync(join(out, "explorer.bundle.js"), made.outputFiles[0].contents);

const packages = new Set();
for (const [output] of Object.values(made.metafile.outputs).map((one) => [one.inputs]))
  for (const [name, part] of Object.entries(output)) {
    const found = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(name);
    if (found && part.bytesInOutput > 0) packages.add(found[1]);
  }
const texts = [...packages].sort().map((name) => {
  const folder = join(modules, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return `${name} ${version}, ${license}\n\n${readFileSync(join(folder, "LICENSE"), "utf8").trim()}\n`;
});
const head = "The explorer's script contains parts of these packages.\n";
writeFileSync(join(out, "licences.txt"), [head, ...texts].join(`\n${"-".repeat(72)}\n\n`));
