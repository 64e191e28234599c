// How fast the page of `tongsa serve` answers: each key of some names in the server, and what a person sees in Chromium.
//
// node benches/page.mjs --tongsa target/release/tongsa --names names.txt --queries queries.tsv [--concepts 100000]
//
// `--names` has a name a line, of which the first `--concepts` are imported; `--queries` has a misspelt name and the right one in
// its first two columns. The packages of tests/page (`npm ci` there) drive the browser.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({
  options: {
    tongsa: { type: "string", default: "target/release/tongsa" },
    names: { type: "string" },
    queries: { type: "string" },
    concepts: { type: "string", default: "100000" },
    rounds: { type: "string", default: "15" },
  },
});
const rounds = Number(options.rounds);
const { chromium } = createRequire(resolve("tests/page/package.json"))("playwright-core");
const folder = mkdtempSync(join(tmpdir(), "tongsa-page-"));
const store = join(folder, "store.db");

function quantile(times, share) {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
const shown = (times) => [0.5, 0.95, 0.99, 1].map((share) => quantile(times, share).toFixed(2)).join(" | ");

function fill() {
  const names = readFileSync(options.names, "utf8").split("\n").filter(Boolean).slice(0, Number(options.concepts));
  const rows = names.map((name) => `"${name.replaceAll('"', '""')}"`).join("\n");
  const glossary = join(folder, "names.csv");
  writeFileSync(glossary, `en\n${rows}\n`);
  try {
    execFileSync(options.tongsa, ["--store", store, "import", glossary], { stdio: "ignore" });
  } catch (error) {
    // Exit code 1: some rows were rejected, and the others are there.
    if (error.status !== 1) throw error;
  }
}

function serve() {
  const server = spawn(options.tongsa, ["--store", store, "serve", "--listen", "127.0.0.1:0"]);
  return new Promise((done) => server.stdout.once("data", (line) => done([server, String(line).trim().replace(/\/$/, "")])));
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
function ask(address) {
  return new Promise((done, fail) => {
    const started = performance.now();
    const sent = request(address, { agent, headers: { "HX-Request": "true" } }, (response) => {
      response.on("data", () => {});
      response.on("end", () => done(performance.now() - started));
    });
    sent.on("error", fail).end();
  });
}

/** Asks what the box asks for at each key of a name. */
async function keys(base, names) {
  const times = [];
  for (const name of names) {
    const letters = [...name];
    for (let typed = 1; typed <= letters.length; typed += 1) {
      times.push(await ask(`${base}/?q=${encodeURIComponent(letters.slice(0, typed).join(""))}`));
    }
  }
  return times;
}

async function firstPaint(page, address) {
  await page.goto(address);
  await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
  return page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime);
}

async function seen(base) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  const [plain, painted, typed] = [[], [], []];
  let transfer;
  for (let round = 0; round < rounds; round += 1) {
    const bare = await (await browser.newContext()).newPage();
    plain.push(await firstPaint(bare, `${base}/healthz`));
    await bare.context().close();
    const page = await (await browser.newContext()).newPage();
    painted.push(await firstPaint(page, `${base}/?q=${encodeURIComponent("조락제")}`));
    const told = await page.evaluate(() => ({
      cards: document.querySelectorAll(".card").length,
      bytes: [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
        .reduce((sum, entry) => sum + entry.transferSize, 0),
    }));
    if (told.cards === 0) throw new Error("there is no answer on the page");
    transfer = told.bytes;
    typed.push(...await page.evaluate(async () => {
      const box = document.querySelector("#q");
      const times = [];
      for (const text of ["시", "시진", "시진핑", "Zhao", "Zhao L", "Zhao Le"]) {
        const started = performance.now();
        const swapped = new Promise((done) => document.addEventListener("htmx:afterSwap", done, { once: true }));
        box.value = text;
        box.dispatchEvent(new Event("input", { bubbles: true }));
        await swapped;
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        times.push(performance.now() - started);
      }
      return times;
    }));
    await page.context().close();
  }
  await browser.close();
  return { plain, painted, typed, transfer };
}

fill();
const [server, base] = await serve();
try {
  const rows = readFileSync(options.queries, "utf8").split("\n").filter(Boolean).slice(1, 151).map((row) => row.split("\t"));
  await keys(base, ["warming up"]);
  console.log("| | median ms | p95 | p99 | most |\n|---|---:|---:|---:|---:|");
  console.log(`| a key of a misspelt name, in the server | ${shown(await keys(base, rows.map(([query]) => query)))} |`);
  console.log(`| a key of the right name, in the server | ${shown(await keys(base, rows.map(([, name]) => name)))} |`);
  console.log(`| a key of a shipped name, in the server | ${shown(await keys(base, ["시진핑", "赵乐际", "조락제", "NPC Standing Committee", "Diaoyutai"]))} |`);
  const { plain, painted, typed, transfer } = await seen(base);
  console.log(`| a line of plain text opened, to its paint: the browser's own share | ${shown(plain)} |`);
  console.log(`| the page opened, to the answer painted | ${shown(painted)} |`);
  console.log(`| a key in the browser, to the answer painted | ${shown(typed)} |`);
  console.log(`\n${transfer} bytes transferred to open the page`);
} finally {
  agent.destroy();
  server.kill();
  rmSync(folder, { recursive: true });
}
