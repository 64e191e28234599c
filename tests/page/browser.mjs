// What a person does with the page, in Chromium. Run by tests/it/browser.rs with the address of a server:
// node browser.mjs http://127.0.0.1:PORT [folder for screenshots]
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [base, shots] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const draft = "President Lee Jae-myung met Premier Li Qiang in Peking.\n\nHe left Peking on Monday, "
  + "and spoke of One Belt One Road.\n";
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});

/** Opens a page that complains about every error, and about a request to anybody else. */
async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, locale: "en", ...options });
  if (options.javaScriptEnabled !== false) await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: base });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on("pageerror", (error) => { throw error; });
  page.on("request", (request) => assert.ok(/^(data|blob):/.test(request.url()) || request.url().startsWith(base), request.url()));
  page.on("console", (message) => {
    // htmx reports what it has given up for a newer question, and the browser each status that is no success.
    const expected = /htmx:(sendAbort|afterRequest)|status of 4(09|22|04)|Status Error Code 422/.test(message.text());
    assert.ok(message.type() !== "error" || expected, message.text());
  });
  return page;
}

const focused = (page, selector) => page.waitForFunction((selector) => document.activeElement.matches(selector), selector);
const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());
const shot = async (page, name) => { if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true }); };

async function axeFinds(page, what) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run());
  const grave = found.violations.filter((one) => one.impact === "serious" || one.impact === "critical");
  const told = grave.map((one) => `${one.id}: ${one.nodes.map((node) => node.html + node.failureSummary).slice(0, 3).join("\n")}`);
  assert.deepEqual(told, [], what);
}

const steps = {
  async "the answer comes while one types, and the box stays as it is"() {
    const page = await open();
    await page.goto(base);
    await focused(page, "#q");
    await page.keyboard.type("조락제");
    await page.waitForSelector('.card[data-concept="npc.zhao-leji"]');
    assert.equal(await page.inputValue("#q"), "조락제");
    assert.equal(page.url(), `${base}/?q=${encodeURIComponent("조락제")}`);
    await page.waitForFunction(() => document.querySelector("#said").textContent === "1 result");
    await focused(page, "#q");
    await page.fill("#q", "Zhao L");
    await page.waitForSelector("text=begins so");
    await page.fill("#q", "박길동");
    await page.waitForSelector("text=Nothing recorded for “박길동”");
    assert.ok((await page.locator(".unverified").count()) > 0);
    await page.reload();
    assert.equal(await page.inputValue("#q"), "박길동");
    await page.context().close();
  },

  async "an old answer never takes the place of a newer one"() {
    const page = await open();
    await page.goto(base);
    await page.route(/q=Pek(&|$)/, async (route) => {
      await new Promise((done) => setTimeout(done, 400));
      await route.continue().catch(() => {});
    });
    await page.fill("#q", "Pek");
    await page.fill("#q", "시진핑");
    await page.waitForSelector('.card[data-concept="prc.xi-jinping"]');
    await page.waitForTimeout(600);
    assert.equal(await page.locator('.card[data-concept="prc.xi-jinping"]').count(), 1);
    assert.equal(page.url(), `${base}/?q=${encodeURIComponent("시진핑")}`);
    await page.context().close();
  },

  async "a syllable that is being composed is answered and left alone"() {
    const page = await open();
    await page.goto(base);
    const keyboard = await page.context().newCDPSession(page);
    const compose = (text) =>
      keyboard.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    for (const text of ["ㅅ", "시", "싲"]) await compose(text);
    await keyboard.send("Input.insertText", { text: "시" });
    for (const text of ["ㅈ", "지", "진"]) await compose(text);
    await keyboard.send("Input.insertText", { text: "진" });
    await compose("ㅍ");
    await page.waitForSelector('.card[data-concept="prc.xi-jinping"]');
    await compose("핑");
    await page.waitForSelector(".card .score:has-text('exact')");
    assert.equal(await page.inputValue("#q"), "시진핑");
    // The Enter that ends the composing selects nothing and sends nothing.
    const sent = await page.evaluate(() => {
      const enter = { key: "Enter", isComposing: true, keyCode: 229, bubbles: true, cancelable: true };
      document.querySelector("#q").dispatchEvent(new KeyboardEvent("keydown", enter));
      return document.activeElement.id;
    });
    assert.equal(sent, "q");
    await keyboard.send("Input.insertText", { text: "핑" });
    assert.equal(await page.inputValue("#q"), "시진핑");
    await page.fill("#q", "");
    for (const text of ["x", "xi", "xi j"]) await compose(text);
    await keyboard.send("Input.insertText", { text: "习近平" });
    await page.waitForSelector('.card[data-concept="prc.xi-jinping"]');
    await page.keyboard.press("Enter");
    await focused(page, ".card");
    await page.context().close();
  },

  async "a rendering is copied by one key, or by a button"() {
    const page = await open();
    await page.goto(`${base}/?q=Zhao+L`);
    await page.keyboard.press("Enter");
    await focused(page, '.card[data-concept="npc.zhao-leji"]');
    for (const [key, text] of [["1", "Zhao Leji"], ["2", "자오러지"], ["3", "赵乐际"], ["4", "趙樂際"], ["k", "자오러지"]]) {
      await page.keyboard.press(key);
      await page.waitForFunction((text) => document.querySelector("#said").textContent === `Copied: ${text}`, text);
      assert.equal(await clipboard(page), text);
    }
    await page.keyboard.press("ArrowDown");
    await focused(page, '.card[data-concept="prc.zhao-lijian"]');
    await page.keyboard.press("p");
    await focused(page, '.card[data-concept="npc.zhao-leji"]');
    await page.click('.card[data-concept="prc.zhao-lijian"] [data-key="1"]');
    await page.waitForFunction(() => document.querySelector("#said").textContent === "Copied: Zhao Lijian");
    await page.keyboard.press("/");
    await focused(page, "#q");
    await page.keyboard.press("Alt+3");
    await page.waitForFunction(() => document.querySelector("#said").textContent === "Copied: 赵乐际");
    await page.click(".card summary");
    await page.waitForSelector(".places .quiet, .places li");
    await page.context().close();
  },

  async "a draft is checked, and fixed by keys and by clicks"() {
    const page = await open();
    await page.goto(`${base}/check`);
    await page.fill("#draft", draft);
    await page.press("#draft", "Control+Enter");
    await focused(page, ".finding");
    assert.equal(await page.locator(".finding").count(), 3);
    assert.equal(await page.locator("mark.warning").count() + await page.locator("mark.error").count(), 3);
    await shot(page, "checked");
    await page.keyboard.press("n");
    await focused(page, "#f2");
    assert.ok(await page.locator("#m2.current").isVisible());
    await page.keyboard.press("p");
    await page.keyboard.press("f");
    await page.waitForFunction(() => document.querySelectorAll(".finding").length === 2);
    assert.equal(await page.inputValue("#draft"), draft.replace("Peking", "Beijing"));
    await focused(page, "#f1");
    await page.keyboard.press("z");
    await page.waitForFunction(() => document.querySelectorAll(".finding").length === 3);
    assert.equal(await page.inputValue("#draft"), draft);
    await focused(page, ".finding");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelectorAll(".finding").length === 2);
    await page.keyboard.press("i");
    await page.waitForSelector("text=Left as they are");
    assert.equal(await page.locator(".finding").count(), 1);
    await page.click("[name=bring_back]");
    await page.waitForFunction(() => document.querySelectorAll(".finding").length === 2);
    await page.click("mark.error a");
    await focused(page, ".finding:has(strong.error)");
    await page.click(".finding:has(strong.error) [data-take]");
    await page.waitForFunction(() => document.querySelectorAll(".finding").length === 1);
    assert.match(await page.inputValue("#draft"), /Belt and Road Initiative/);
    await page.click("[name=take_safe]");
    await page.waitForSelector("text=Nothing to report.");
    assert.doesNotMatch(await page.inputValue("#draft"), /Peking/);
    await page.click("[data-copy-draft]");
    await page.waitForFunction(() => document.querySelector("#said").textContent.startsWith("Copied"));
    assert.equal(await clipboard(page), await page.inputValue("#draft"));
    const download = page.waitForEvent("download");
    await page.click("[data-download]");
    assert.equal((await download).suggestedFilename(), "draft.txt");
    await page.context().close();
  },

  async "the text is edited where the finding is, and outlives a look at a card"() {
    const page = await open();
    await page.goto(`${base}/check`);
    const file = { name: "visit.md", mimeType: "text/markdown", buffer: Buffer.from(draft) };
    await page.setInputFiles("[name=draft_file]", file);
    await focused(page, "#f1");
    await page.keyboard.press("e");
    await focused(page, "#draft");
    assert.equal(await page.evaluate(() => document.activeElement.selectionStart), draft.indexOf("Peking"));
    await page.keyboard.press("Control+Enter");
    await focused(page, "#f1");
    await page.click("#f1 a[href^='/concept']");
    await page.waitForSelector('.card[data-concept="place.beijing"]');
    await page.goBack();
    await page.waitForSelector("#f1");
    assert.equal(await page.inputValue("#draft"), draft);
    await page.click("[data-edit]");
    await page.click("details.source summary");
    await page.fill("#source", "이재명 대통령이 리창 총리를 베이징에서 만났다.\n\n그는 월요일 베이징을 떠났다.\n");
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector(".source-text");
    await shot(page, "beside");
    await page.context().close();
  },

  async "a file that is dropped is read"() {
    const page = await open();
    await page.goto(`${base}/check`);
    const files = await page.evaluateHandle(() => {
      const files = new DataTransfer();
      files.items.add(new File(["<p>He left <i>Peking</i>.</p>"], "draft.html", { type: "text/html" }));
      return files;
    });
    await page.dispatchEvent(".editors .drop", "drop", { dataTransfer: files });
    await page.waitForSelector(".finding");
    assert.equal((await page.inputValue("#draft")).trim(), "He left Peking.");
    await page.context().close();
  },

  async "what is refused is said, and takes nothing away"() {
    const page = await open();
    const pdf = { name: "story.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 \0\x01\x02") };
    await page.goto(`${base}/check`);
    await page.fill("#draft", draft);
    await page.setInputFiles("[name=draft_file]", pdf);
    await page.waitForSelector("#desk [role=alert]:has-text('story.pdf')");
    assert.equal(await page.inputValue("#draft"), draft);
    await page.click("details.source summary");
    await page.setInputFiles("[name=source_file]", pdf);
    await page.waitForSelector("#desk [role=alert]:has-text('story.pdf')");
    assert.equal(await page.inputValue("#draft"), draft);
    // The file that was refused is not sent again with the text.
    await page.press("#draft", "Control+Enter");
    await focused(page, "#f1");
    // A server that is busy, or a proxy before it.
    const problem = { status: 422, contentType: "application/problem+json", body: '{"detail":"it cannot be done now"}' };
    await page.route("**/check", (route) => route.fulfill(problem));
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector("#problem[role=alert]:has-text('it cannot be done now')");
    assert.equal(await page.inputValue("#draft"), draft);
    assert.equal(await page.locator(".finding").count(), 3);
    await page.unroute("**/check");
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector("#problem", { state: "hidden" });
    await page.goto(`${base}/glossary`);
    await page.setInputFiles("#file", pdf);
    await page.waitForSelector("#report [role=alert]:has-text('story.pdf')");
    assert.equal(await page.locator("[name=keep]").count(), 0);
    await page.context().close();
  },

  async "an import is kept after its report was seen"() {
    const page = await open();
    await page.goto(`${base}/glossary`);
    await page.fill("[name=text]", "Boseong");
    await page.waitForSelector("text=No concept is like that.");
    const rows = "\uFEFFid;en;ko\ndesk.tea;Boseong tea;보성 차\nbad id;Name;이름\n";
    await page.setInputFiles("#file", { name: "desk.csv", mimeType: "text/csv", buffer: Buffer.from(rows) });
    await page.waitForSelector("text=Nothing has been kept yet.");
    assert.match(await page.textContent("#report"), /semicolon; columns id, en, ko/);
    await shot(page, "import");
    await page.click("[name=keep]");
    await page.waitForSelector("text=/Kept as import \\d+/");
    // What stands beside it knows of it at once, and the filter is what it was.
    await page.waitForSelector("#imports li:has-text('desk.csv') button");
    await page.waitForSelector("#concepts tbody :text('Boseong tea')");
    assert.equal(await page.locator("#concepts tbody tr").count(), 1);
    assert.match(await page.textContent("#report"), /Kept as import/);
    await page.goto(`${base}/?q=Boseong+tea`);
    await page.waitForSelector(".badge");
    await page.goto(`${base}/glossary`);
    await page.fill("[name=text]", "보성");
    await page.waitForFunction(() => document.querySelectorAll("#concepts tbody tr").length === 1);
    await page.click("#concepts tbody a");
    await page.click("text=Change");
    await page.fill("[name='en:deprecated']", "Bosung tea");
    await page.click("text=Save");
    await page.waitForSelector("text=Saved.");
    assert.match(await page.textContent(".history"), /en:deprecated: Bosung tea/);
    await shot(page, "concept");
    for (const left of [1, 0]) {
      await page.goto(`${base}/glossary`);
      await page.click(".imports li:first-child button");
      await page.waitForSelector("text=/was taken back/");
      assert.equal(await page.locator(".imports li").count(), left);
    }
    await page.context().close();
  },

  async "the keyboard alone is enough"() {
    const page = await open();
    await page.goto(`${base}/check`);
    await page.keyboard.press("Tab");
    await focused(page, ".skip");
    await page.keyboard.press("Enter");
    await focused(page, "#content");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await focused(page, "#draft");
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.equal(outline, "solid");
    await page.keyboard.type("He left Peking.");
    await page.keyboard.press("Control+Enter");
    await focused(page, "#f1");
    await page.keyboard.press("Enter");
    await focused(page, "#findings-head");
    assert.equal(await page.inputValue("#draft"), "He left Beijing.");
    await page.keyboard.press("?");
    await page.waitForSelector("dialog[open]");
    await page.keyboard.press("Escape");
    await page.keyboard.press("g");
    await page.keyboard.press("s");
    await page.waitForSelector("#q");
    await focused(page, "#q");
    await page.context().close();
  },

  async "every language, both themes, narrow and wide, and axe finds nothing grave"() {
    const views = ["/", "/?q=%ED%95%9C%EB%B0%98%EB%8F%84", "/?q=%EB%B0%95%EA%B8%B8%EB%8F%99", "/glossary", "/concept?id=npc.zhao-leji",
      "/concept/edit?id=npc.zhao-leji", "/sign-in", "/check"];
    const looks = [["en-GB", "light", 1600], ["ko-KR", "dark", 360], ["zh-CN", "light", 360], ["zh-TW", "dark", 1600]];
    const judged = ["en-GB", "ko-KR"];
    const tags = { "en-GB": "en", "ko-KR": "ko", "zh-CN": "zh-Hans", "zh-TW": "zh-Hant" };
    for (const [locale, colorScheme, width] of looks) {
      const page = await open({ locale, colorScheme, viewport: { width, height: 800 } });
      for (const view of views) {
        await page.goto(base + view);
        if (view === "/check") {
          await page.fill("#draft", draft);
          await page.press("#draft", "Control+Enter");
          await focused(page, "#f1");
        }
        const what = `${view} ${locale} ${colorScheme} ${width}`;
        assert.equal(await page.getAttribute("html", "lang"), tags[locale], what);
        assert.ok(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), `${what} is too wide`);
        const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        assert.equal(Number(ground.match(/\d+/)[0]) < 128, colorScheme === "dark", what);
        if (judged.includes(locale)) await axeFinds(page, what);
        await shot(page, `${locale}-${width}-${views.indexOf(view)}`);
      }
      await page.context().close();
    }
    const page = await open();
    await page.goto(`${base}/check`);
    await page.click("footer >> text=한국어");
    await page.click("footer >> text=어둡게");
    assert.equal(page.url(), `${base}/check`);
    assert.equal(await page.getAttribute("html", "data-theme"), "dark");
    assert.equal(await page.textContent("[aria-current=page]"), "교열");
    await page.context().close();
  },

  async "without a script the forms do the work"() {
    const page = await open({ javaScriptEnabled: false });
    await page.goto(base);
    await page.fill("#q", "조락제");
    await page.press("#q", "Enter");
    await page.waitForSelector('.card[data-concept="npc.zhao-leji"]');
    await page.goto(`${base}/check`);
    await page.fill("#draft", draft);
    await page.click("[data-check]");
    await page.click(".finding:first-child .take");
    assert.equal(await page.inputValue("#draft"), draft.replace("Peking", "Beijing"));
    await page.context().close();
  },
};

let failed = 0;
for (const [name, step] of Object.entries(steps)) {
  const started = performance.now();
  try {
    await step();
    console.log(`ok      ${name} (${Math.round(performance.now() - started)} ms)`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack}`);
  }
}
await browser.close();
process.exitCode = failed ? 1 : 0;
