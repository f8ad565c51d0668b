// Opens web reports in a real browser and looks at them as people do who cannot see them, who use no
// mouse, whose screen is narrow, who print, or who set their own colours.
//
// Comes in: the program (GOLDTHREAD, or target/debug/goldthread). Goes out: exit code 0, or 1 with
// every fault named. Arguments: names of pages, to look at those alone. Needs a Chromium: CHROMIUM names one, otherwise the usual places are tried.
import { chromium } from "playwright-core";
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const program = process.env.GOLDTHREAD ?? join(root, "target/debug/goldthread");
const browsers = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const browserPath = browsers.find((path) => path && existsSync(path));
if (!browserPath) throw new Error("no Chromium: install one, or name it in CHROMIUM");
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const faults = [];
const fault = (where, what) => faults.push(`${where}: ${what}`);

// Pages: one document, a dozen, so many that each is shown in short, and so many that passages are left out. What a
// page costs to look at is its size, so where number alone makes a page of its kind the plans are a few lines long and
// are asked two packs of one point each.
const folder = mkdtempSync(join(tmpdir(), "goldthread-browser-"));
for (const id of ["first", "second"]) {
  mkdirSync(join(folder, "rules", id), { recursive: true });
  writeFileSync(
    join(folder, "rules", id, "pack.toml"),
    `id = "${id}"\ntitle = "The ${id} pack"\nversion = "1"\nsource = "none"\nsummary = "Debt is eased."\n`,
  );
  writeFileSync(
    join(folder, "rules", id, "debt.toml"),
    `id = "${id}-1"
title = "Debt"
summary = "Debt is eased."
source = "none"
[[facet]]
id = "${id}-1.advice"
title = "Advice on debt"
counts = "Pays for advice."
not_enough = "Names debt."
why = "Debt makes ill."
question = "Who pays for it?"
[[facet.rule]]
id = "advice"
says = "gives advice on debt"
strength = "sure"
all = ["debt advice"]
matches = ["We will fund debt advice."]
ignores = ["Debt is high."]
`,
  );
}
const SMALL = ["--rules", join(folder, "rules"), "--only-own"];
const plans = (name, count) => {
  mkdirSync(join(folder, name));
  for (let n = 1; n <= count; n += 1) {
    const text = n % 7 ? "We will fund debt advice in every surgery by June.\n" : "Nothing of note was said.\n";
    const file = join(folder, name, `plan-${String(n).padStart(3, "0")}.md`);
    writeFileSync(file, `# Plan ${n} <b>&\n\n## Foreword\n\n${text}`);
  }
  return join(folder, name);
};
const [dozen, short, many] = [plans("dozen", 10), plans("short", 31), plans("many", 203)];
const run = (args) => {
  const made = spawnSync(program, args, { stdio: ["ignore", "ignore", "inherit"] });
  // 3: some document could not be judged, as is meant here.
  if (made.status !== 0 && made.status !== 3) throw new Error(`${args.join(" ")} ended with ${made.status ?? made.error}`);
};
const corpus = join(root, "corpus");
for (const name of ["village-plan.md", "scanned-minutes.pdf"]) copyFileSync(join(corpus, name), join(dozen, name));
// Two drafts, and two folders of drafts of which each has a plan that the other has not.
const draft = readFileSync(join(corpus, "village-plan.md"), "utf8");
const weaker = draft.replaceAll(" will ", " may consider whether to ").replace(/^.*£.*$/gm, "");
const drafts = (name, text, own) => {
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, "village.md"), text);
  copyFileSync(join(dozen, "scanned-minutes.pdf"), join(folder, name, "minutes.pdf"));
  copyFileSync(join(dozen, "plan-001.md"), join(folder, name, own));
  return join(folder, name);
};
const [before, after] = [drafts("before", draft, "gone.md"), drafts("after", weaker, "new.md")];
const [older, newer] = [join(before, "village.md"), join(after, "village.md")];
// What foreign text may try: it must do nothing, stay readable, and make no page wider.
const hostile = join(folder, "hostile.md");
const tries = `<script>window.hit = 1</script> <img src=x onerror="window.hit = 1"> =cmd|'/c calc'!A1 \u001b[31mred \u202eleft`;
const inside = `${"x".repeat(10_000)} ${tries.replaceAll("<", "\\<")}`;
writeFileSync(hostile, `# Plan ${inside}\n\n## Debt ${inside}\n\nWe will fund debt advice in every surgery by June ${inside}.\n`);
// An officer who rejects the first point and settles the others, then looks at the draft that came after.
const review = join(folder, "review.toml");
run(["check", older, "-q", "-o", join(folder, "older.json")]);
run(["review", join(folder, "older.json"), "-o", review]);
let judged = 0;
const filledIn = readFileSync(review, "utf8")
  .replace('name = ""', 'name = "A. <b>Officer</b>"')
  .replace('date = ""', 'date = "2026-11-20"')
  .replace(/^word = ""$/gm, () => ((judged += 1) % 3 === 1 ? 'word = "does not hold"' : 'word = "holds"'))
  .replace(/^reason = ""$/gm, 'reason = "Read & settled."');
if (judged === 0) throw new Error("the review has no point to judge");
writeFileSync(review, filledIn);
const store = join(folder, "results.sqlite");
run(["check", dozen, "-q", "--store", store]);
run(["check", dozen, older, "-q", "--store", store]);
const reports = {
  one: ["check", join(corpus, "joint-strategy-draft.docx")],
  paged: ["check", join(corpus, "homelessness-strategy.pdf")],
  hostile: ["check", hostile],
  unread: ["check", join(corpus, "scanned-minutes.pdf")],
  "a dozen": ["check", dozen],
  "in short": ["check", short, ...SMALL],
  many: ["check", many, ...SMALL],
  reviewed: ["check", older, "--review", review],
  "reviewed, several": ["check", older, newer, join(dozen, "scanned-minutes.pdf"), "--review", review],
  compared: ["compare", older, newer],
  "folders compared": ["compare", before, after],
  history: ["history", "--store", store],
};
// Names of pages as arguments: those alone.
const only = process.argv.slice(2);
for (const name of Object.keys(reports)) if (only.length && !only.includes(name)) delete reports[name];
for (const [name, args] of Object.entries(reports)) run([...args, "-o", join(folder, `${name}.html`)]);

const settings = [
  { name: "320 px", viewport: { width: 320, height: 640 } },
  { name: "1280 px", viewport: { width: 1280, height: 900 } },
  { name: "print", viewport: { width: 794, height: 1123 }, media: { media: "print" } },
  { name: "forced colours", viewport: { width: 1280, height: 900 }, media: { forcedColors: "active" }, skip: ["color-contrast"] },
];

const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox", "--disable-gpu"] });
try {
  for (const name of Object.keys(reports)) await look(name);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
for (const line of faults.sort()) console.error(line);
console.log(`${Object.keys(reports).length} pages, ${settings.length} settings each: ${faults.length || "no"} faults`);
process.exitCode = faults.length ? 1 : 0;

// One page in every setting, by keyboard, and printed.
async function look(name) {
  const page = await browser.newPage();
  // A busy machine is no fault of the page.
  page.setDefaultTimeout(300_000);
  page.on("request", (request) => request.url().startsWith("file:") || fault(name, `asks for ${request.url()}`));
  page.on("pageerror", (error) => fault(name, `error: ${error.message}`));
  page.on("console", (line) => line.type() === "error" && fault(name, `console: ${line.text()}`));
  for (const setting of settings) {
    await page.setViewportSize(setting.viewport);
    await page.emulateMedia({ media: "screen", forcedColors: "none", ...setting.media });
    await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
    await open(page);
    await axe(page, `${name}, ${setting.name}`, setting.skip ?? []);
    await fits(page, `${name}, ${setting.name}`, setting.viewport.width);
    if (name === "hostile") await harmless(page, `${name}, ${setting.name}`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ media: "screen", forcedColors: "none" });
  await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
  await keyboard(page, name);
  await prints(page, name);
  await page.close();
}

// Everything folded is unfolded, so that it is looked at too.
async function open(page) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
}

async function axe(page, where, skip) {
  await page.evaluate(axeSource);
  const rules = Object.fromEntries(skip.map((rule) => [rule, { enabled: false }]));
  const found = await page.evaluate(
    ([tags, rules]) => window.axe.run(document, { runOnly: tags, rules, resultTypes: ["violations"] }),
    [RULES, rules],
  );
  for (const v of found.violations) {
    const first = v.nodes.slice(0, 3).map((n) => `${n.target.join(" ")} ${n.html.slice(0, 160)}`);
    fault(where, `${v.id} (${v.help}), ${v.nodes.length} times: ${first.join(" | ")}`);
  }
}

// Nothing sticks out sideways, save what scrolls by itself.
async function fits(page, where, width) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (wide > width) fault(where, `is ${wide} px wide`);
}

// Foreign text is seen and does nothing.
async function harmless(page, where) {
  const [hit, text] = await page.evaluate(() => [window.hit, document.body.textContent]);
  if (hit) fault(where, "foreign text ran");
  if (!text.includes("<script>window.hit = 1</script>")) fault(where, "foreign text cannot be read");
  if (/[\u001b\u202a-\u202e]/.test(text)) fault(where, "foreign text holds signs that nobody sees");
}

// The Tab key alone: the skip link comes first and works, focus is seen and goes down the page, and
// what is folded opens by Enter.
async function keyboard(page, where) {
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => document.activeElement?.getAttribute("href"));
  if (first !== "#main") fault(where, `the first stop is ${first}, not the skip link`);
  await page.keyboard.press("Enter");
  let before = -1;
  for (let stop = 0; stop < 60; stop += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const e = document.activeElement;
      if (!e || e === document.body) return null;
      const style = getComputedStyle(e);
      const order = [...document.querySelectorAll("*")].indexOf(e);
      const box = e.getBoundingClientRect();
      return { tag: e.tagName, text: e.textContent.slice(0, 40), order, outline: style.outlineStyle, height: box.height, inMain: !!e.closest("main") };
    });
    if (!at) break;
    if (!at.inMain) fault(where, `focus stands outside the findings after the skip link: ${at.text}`);
    if (at.outline === "none") fault(where, `focus is not seen on ${at.tag} ${at.text}`);
    if (at.order <= before) fault(where, `focus goes back at ${at.tag} ${at.text}`);
    before = at.order;
  }
  const folded = page.locator("details:not([open]) > summary").first();
  if (await folded.count()) {
    await folded.focus();
    await page.keyboard.press("Enter");
    const isOpen = await page.evaluate(() => document.activeElement?.parentElement?.open);
    if (!isOpen) fault(where, "Enter does not open what is folded");
  }
}

// Paper holds the folded passages too and is as many pages as a printer would take.
async function prints(page, where) {
  const pdf = await page.pdf({ format: "A4" });
  if (pdf.length < 10_000) fault(where, `prints as ${pdf.length} bytes`);
}
