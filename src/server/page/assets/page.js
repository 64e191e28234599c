// What a form cannot do: keys, copying, dropping files, undoing. The answers are all made by the server.
"use strict";
(() => {
  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const texts = document.body.dataset;
  document.documentElement.classList.add("js");

  // Saying: one region for those who listen; what was done or has failed is shown as well.
  let quiet;
  function say(text, shown = true) {
    const said = find("#said");
    said.textContent = text;
    said.classList.toggle("shown", shown);
    clearTimeout(quiet);
    quiet = setTimeout(() => said.classList.remove("shown"), 4000);
  }
  let counting;
  function sayCount(target) {
    const element = find("[data-said]", target);
    clearTimeout(counting);
    // While somebody types, only the last answer is said.
    if (element) counting = setTimeout(() => say(element.dataset.said, false), 400);
  }

  // Copying. Without TLS a browser has no clipboard for scripts; then the older way is taken.
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = document.createElement("textarea");
      const focused = document.activeElement;
      field.value = text;
      (find("dialog[open]") ?? document.body).append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      focused?.focus();
    }
    say(texts.copied.replace("{}", text.length > 60 ? text.slice(0, 60) + "…" : text));
  }

  // Search: the box, the cards below it.
  const box = () => find("#q");
  const cards = () => all(".card");
  const currentCard = () => document.activeElement.closest(".card") ?? find(".card");
  let wantsCard = false;
  function toBox() {
    if (!box()) { location.assign("/"); return; }
    box().focus();
    box().select();
  }
  function moveCard(step) {
    const list = cards();
    const at = list.indexOf(document.activeElement.closest(".card")) + step;
    if (at < 0) { if (box()) toBox(); return; }
    list[Math.min(at, list.length - 1)]?.focus();
  }
  function copyRendering(key) {
    find(`[data-key="${key}"]`, currentCard() ?? document.body)?.click();
  }

  // Check: the findings, the marks in the text, the fixes that were taken.
  const desk = () => find("#desk");
  const isReading = () => desk()?.dataset.mode === "read";
  const findings = () => all(".finding");
  const currentFinding = () => document.activeElement.closest(".finding") ?? find(".finding.current");
  let taken = [];
  function moveFinding(step) {
    const list = findings();
    const at = list.indexOf(currentFinding());
    list[at < 0 ? 0 : Math.max(0, Math.min(at + step, list.length - 1))]?.focus();
  }
  function mark(finding) {
    all(".current").forEach((element) => element.classList.remove("current"));
    finding.classList.add("current");
    const place = document.getElementById(finding.dataset.mark);
    place?.classList.add("current");
    place?.scrollIntoView({ block: "nearest" });
  }
  function press(selector, within = desk()) {
    if (within) find(selector, within)?.click();
  }
  const leftOf = (form) => all("input[name=left]", form).map((input) => input.value);
  function undo() {
    const before = taken.pop();
    if (!before) return;
    find("#draft").value = before.draft;
    all("input[name=left]", desk()).forEach((input) => input.remove());
    for (const value of before.left) {
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name: "left", value });
      desk().append(input);
    }
    press("[data-check]");
  }
  function edit() {
    const at = Number(currentFinding()?.dataset.at ?? 0);
    desk().dataset.mode = "edit";
    const draft = find("#draft");
    draft.focus();
    draft.setSelectionRange(at, at);
  }
  function download(name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([find("#draft").value], { type: "text/plain;charset=utf-8" }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  // A draft outlives a look at a card, in this tab alone.
  const KEPT = "tongsa-draft";
  function keep() {
    if (!desk()) return;
    const [draft, source] = [find("#draft").value, find("#source").value];
    const kept = { draft, source, mode: desk().dataset.mode, left: leftOf(desk()),
      name: desk().elements.name.value, format: desk().elements.format.value, lang: desk().elements.lang.value };
    // A draft that is longer than the browser keeps is not kept.
    try { sessionStorage.setItem(KEPT, JSON.stringify(kept)); } catch { sessionStorage.removeItem(KEPT); }
  }
  function restore() {
    const kept = desk() && !find("#draft").value && JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    if (!kept?.draft) return;
    for (const name of ["draft", "source", "name", "format", "lang"]) desk().elements[name].value = kept[name];
    if (kept.source) find("details.source").open = true;
    if (kept.mode === "read") { taken = [{ draft: kept.draft, left: kept.left }]; undo(); }
  }

  // Keys. Letters are told by their place on the keyboard where an input method has others on them.
  let went = 0;
  const letter = (event) => /^[\x21-\x7e]$/.test(event.key) || event.key.length > 1
    ? event.key : (/^(?:Key|Digit)(.)$/.exec(event.code)?.[1].toLowerCase() ?? event.key);
  const everywhere = { "/": toBox, "?": () => find("#keys").showModal(), g: () => { went = Date.now(); } };
  const views = { s: "/", c: "/check", g: "/glossary" };
  const onCards = {
    ArrowDown: () => moveCard(1), n: () => moveCard(1), ArrowUp: () => moveCard(-1), p: () => moveCard(-1),
    1: () => copyRendering(1), 2: () => copyRendering(2), 3: () => copyRendering(3), 4: () => copyRendering(4),
    e: () => copyRendering(1), k: () => copyRendering(2), s: () => copyRendering(3), t: () => copyRendering(4),
    Escape: toBox,
  };
  const onFindings = {
    ArrowDown: () => moveFinding(1), n: () => moveFinding(1), ArrowUp: () => moveFinding(-1), p: () => moveFinding(-1),
    f: () => press("[data-take]", currentFinding()), i: () => press("[data-leave]", currentFinding()), z: undo, e: edit,
  };
  function boxKey(event) {
    if (event.key === "Enter" || event.key === "ArrowDown") {
      event.preventDefault();
      // The cards of an answer that is still on its way are waited for.
      if (box().classList.contains("htmx-request")) wantsCard = true; else moveCard(1);
    } else if (event.altKey && /^Digit[1-4]$/.test(event.code)) {
      event.preventDefault();
      copyRendering(event.code.at(-1));
    }
  }
  document.addEventListener("keydown", (event) => {
    // The Enter that ends the composing of a syllable or a character is none of ours.
    if (event.isComposing || event.keyCode === 229 || find("dialog[open]")) return;
    const target = event.target;
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && desk()) {
      event.preventDefault();
      press("[data-check]");
      return;
    }
    if (target === box()) { boxKey(event); return; }
    if (target.matches("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") {
      if (target.matches(".finding")) { event.preventDefault(); onFindings.f(); }
      return;
    }
    const key = letter(event);
    if (views[key] && Date.now() - went < 1500) { location.assign(views[key]); return; }
    const scrolls = target.matches(".text") && key.startsWith("Arrow");
    const job = everywhere[key] ?? (isReading() && !scrolls ? onFindings[key] : undefined)
      ?? (find(".card") ? onCards[key] : undefined);
    if (job) { event.preventDefault(); job(); }
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button, a");
    if (!button) return;
    const data = button.dataset;
    if (data.copy !== undefined) copy(data.copy);
    else if (data.copyDraft !== undefined) copy(find("#draft").value);
    else if (data.download !== undefined) download(data.download);
    else if (data.print !== undefined) print();
    else if (data.undo !== undefined) undo();
    else if (data.edit !== undefined) edit();
    else if (data.keys !== undefined) find("#keys").showModal();
    else if (button.matches("mark a, a.place")) {
      event.preventDefault();
      document.getElementById(button.hash.replace("#m", "f").replace("#", ""))?.focus();
    }
  });
  document.addEventListener("focusin", (event) => {
    const finding = event.target.closest(".finding");
    if (finding) mark(finding);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("form.search")) event.preventDefault();
    const name = event.submitter?.name;
    if (form === desk() && /^(take|take_safe|leave|bring_back)$/.test(name)) {
      taken = [...taken.slice(-99), { draft: find("#draft").value, left: leftOf(form) }];
    }
  }, true);
  document.addEventListener("input", (event) => {
    if (event.target.id === "draft") taken = [];
  });
  addEventListener("pagehide", keep);

  // Files: chosen or dropped, they are read at once.
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (input.type !== "file" || !input.files.length) return;
    press("button:not([name])", input.form);
  });
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const zone = event.target.closest?.(".drop");
      if (!event.dataTransfer?.types.includes("Files")) return;
      // A file that misses its place must not take the place of the page.
      event.preventDefault();
      zone?.classList.toggle("over", kind === "dragover");
      const input = kind === "drop" && zone && find("input[type=file]", zone);
      if (input) {
        input.files = event.dataTransfer.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
  }

  // After an answer has come.
  document.addEventListener("htmx:afterSwap", (event) => {
    const target = event.target;
    sayCount(target.id === "desk" ? desk() : target);
    if (target.id === "answer") {
      if (wantsCard) moveCard(1);
      wantsCard = false;
    }
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "desk") return;
    const button = find("[data-undo]");
    if (button) button.disabled = taken.length === 0;
    keep();
    (find("[data-next]") ?? find("#findings-head") ?? find("#draft")).focus();
  });

  // What has no answer: the sentence stands above the view, which stays as it is, until something else is asked for.
  function complain(sentence) {
    const problem = find("#problem");
    problem.hidden = false;
    problem.textContent = sentence;
    problem.scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("htmx:beforeRequest", () => { find("#problem").hidden = true; });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const kind = event.detail.xhr.getResponseHeader("Content-Type") ?? "";
    if (!kind.startsWith("application/problem+json")) return;
    event.detail.shouldSwap = false;
    event.detail.isError = true;
  });
  document.addEventListener("htmx:responseError", (event) => {
    const { responseText: text, status } = event.detail.xhr;
    let reason = text;
    try { reason = JSON.parse(text).detail ?? text; } catch { /* A sentence, as it is. */ }
    complain(texts.refused.replace("{}", () => reason.slice(0, 300)));
    // A file that is too long would be sent again with the text beside it.
    if (status === 413) all("input[type=file]", event.detail.elt.closest("form") ?? document).forEach((input) => { input.value = ""; });
  });
  for (const kind of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(kind, () => complain(texts.failed));
  restore();
})();
