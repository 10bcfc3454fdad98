// The SPARQL page: what is typed is asked of this server, and nothing of anybody else.

import { Editor } from "./sparql-editor.js";
import { chart, columnsOf, element, irisOf, table } from "./sparql-results.js";

const at = (id) => document.getElementById(id);
const KEPT = "eugraph-queries"; // in the browser's storage
const MOST_KEPT = 30;
const MOST_LABELS = 500;
const FORMS = {
  rows: { csv: "CSV", tsv: "TSV", json: "JSON", xml: "XML" },
  boolean: { json: "JSON", xml: "XML" },
  graph: { ttl: "Turtle", nt: "N-Triples", jsonld: "JSON-LD", rdf: "RDF/XML" },
};
const ACCEPT = "application/sparql-results+json, text/turtle;q=0.9, application/problem+json;q=0.1";
const editor = new Editor(at("query"), at("colours"), at("words"), at("offered"));
let known = { base: "", prefixes: {}, terms: [], reports: [] };
let running = null;
let shown = null; // the answer, its labels

function ask(text, options = {}) {
  const body = new URLSearchParams({ query: text, ...(options.format ? { format: options.format } : {}) });
  const headers = { Accept: options.format ? "application/problem+json, */*;q=0.1" : ACCEPT };
  return fetch("sparql", { method: "POST", body, headers, signal: options.signal });
}

async function run() {
  editor.fillPrefixes();
  const text = editor.text;
  if (!text.trim()) return;
  running?.abort();
  const control = (running = new AbortController());
  busy(true);
  clear();
  remember(text);
  share(text);
  const begun = performance.now();
  try {
    const answer = await ask(text, { signal: control.signal });
    if (!answer.ok) return fault(await answer.text(), answer);
    const body = await answer.text();
    const seconds = ((performance.now() - begun) / 1000).toFixed(2);
    const cut = answer.headers.get("Eugraph-Truncated");
    const isJson = (answer.headers.get("Content-Type") || "").includes("json");
    await show(isJson ? JSON.parse(body) : body, text, seconds, cut && cut !== "no" ? cut : "");
  } catch (error) {
    if (error.name !== "AbortError") fault(`The server did not answer: ${error.message}`, null);
    else at("status").textContent = "Stopped.";
  } finally {
    if (running === control) busy(false);
  }
}

function busy(is) {
  at("stop").hidden = !is;
  at("answer").setAttribute("aria-busy", String(is));
  if (is) at("status").textContent = "Asking…";
}

function clear() {
  for (const id of ["fault", "result", "downloads", "drawing"]) at(id).replaceChildren();
  at("fault").hidden = at("charting").hidden = at("downloading").hidden = true;
}

async function show(answer, text, seconds, cut) {
  const kind = typeof answer === "string" ? "graph" : "boolean" in answer ? "boolean" : "rows";
  const count = kind === "rows" ? answer.results.bindings.length : 0;
  const words = kind === "rows" ? `${count} ${count === 1 ? "row" : "rows"}` : kind === "graph" ? "A graph" : answer.boolean ? "Yes" : "No";
  at("status").textContent = `${words} in ${seconds} s.${cut ? ` Cut at the limit of ${cut} of this server: there are more.` : ""}`;
  downloads(kind, text);
  if (kind === "graph") {
    at("result").append(element("pre", { class: "code", tabindex: "0", role: "group", "aria-label": "Graph in Turtle" }, element("code", {}, answer)));
  } else if (kind === "rows") {
    shown = { answer, labels: new Map() };
    at("result").append(...table(answer, shown.labels, known.base));
    offerChart();
    await name(shown);
  }
}

// Ask for the names of what the answer speaks of, and write them in place of addresses.
async function name(one) {
  const iris = irisOf(one.answer).filter((iri) => !/[\s<>"{}|\\^`]/.test(iri)).slice(0, MOST_LABELS);
  if (!iris.length) return;
  const answer = await ask(
    `PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
     SELECT ?thing (MIN(?text) AS ?name) { VALUES ?thing { ${iris.map((iri) => `<${iri}>`).join(" ")} }
       { ?thing skos:prefLabel ?text } UNION { ?thing rdfs:label ?text } FILTER(LANG(?text) IN ("en", "")) } GROUP BY ?thing`,
  );
  if (!answer.ok || shown !== one) return;
  for (const row of (await answer.json()).results.bindings) if (row.name) one.labels.set(row.thing.value, row.name.value);
  at("result").replaceChildren(...table(one.answer, one.labels, known.base));
  draw();
}

function downloads(kind, text) {
  at("downloading").hidden = false;
  at("downloads").replaceChildren(
    ...Object.entries(FORMS[kind]).map(([form, label]) => {
      const button = element("button", { type: "button", class: "button" }, label);
      button.addEventListener("click", async () => {
        const answer = await ask(text, { format: form });
        if (!answer.ok) return fault(await answer.text(), answer);
        const link = element("a", { href: URL.createObjectURL(await answer.blob()), download: `answer.${form}` });
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 10000);
      });
      return button;
    }),
  );
}

function fault(body, answer) {
  let words = body;
  try {
    words = JSON.parse(body).detail || body;
  } catch {
    // plain text
  }
  words = words.trim().slice(0, 2000);
  at("status").textContent = "";
  const note = at("fault");
  note.hidden = false;
  note.replaceChildren(element("p", {}, words));
  const place = answer && answer.status === 400 && /line (\d+)(?:, column (\d+))?/.exec(words);
  if (!place) return;
  const offset = editor.mark(Number(place[1]), Number(place[2] || 0));
  const button = element("button", { type: "button", class: "button" }, `Go to line ${place[1]}`);
  button.addEventListener("click", () => {
    editor.field.focus();
    editor.field.setSelectionRange(offset, offset);
  });
  note.append(button);
}

function offerChart() {
  const { numbers, all } = columnsOf(shown.answer);
  at("charting").hidden = !numbers.length || shown.answer.results.bindings.length < 2;
  at("chart").value = "";
  at("y").replaceChildren(...numbers.map((each) => element("option", {}, each)));
  at("x").replaceChildren(...all.map((each) => element("option", {}, each)));
  at("x").value = all.find((each) => !numbers.includes(each) && /name|label/i.test(each)) || all.find((each) => !numbers.includes(each)) || all[0];
}

function draw() {
  const kind = at("chart").value;
  at("drawing").replaceChildren(...(kind ? [chart(shown.answer, kind, at("x").value, at("y").value, shown.labels, known.base, at("drawing").clientWidth)] : []));
}

function share(text) {
  const link = new URL(location.pathname, location.href);
  link.hash = `query=${encodeURIComponent(text)}`;
  history.replaceState(null, "", link);
  at("link").value = link.href;
}

function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(KEPT) || "[]");
    return Array.isArray(found) ? found.filter((each) => typeof each === "string") : [];
  } catch {
    return []; // no storage, or not ours
  }
}

function remember(text) {
  try {
    localStorage.setItem(KEPT, JSON.stringify([text, ...kept().filter((each) => each !== text)].slice(0, MOST_KEPT)));
  } catch {
    // full, or refused: the page works without
  }
  listKept();
}

function listKept() {
  const items = kept().map((text) => {
    const first = text.split("\n").find((line) => line.trim() && !/^\s*(#|PREFIX|BASE)/i.test(line)) || text;
    const button = element("button", { type: "button", class: "past" }, first.trim().slice(0, 120));
    button.addEventListener("click", () => {
      editor.text = text;
      editor.field.focus();
    });
    return element("li", {}, button);
  });
  at("past").replaceChildren(...items);
  at("history").hidden = !items.length;
}

function choose(name) {
  const report = known.reports.find((each) => each.name === name);
  at("report").value = report ? name : "";
  const fields = (report?.parameters || []).map(({ name: id, required, example }) => {
    const input = element("input", { id: `p-${id}`, name: id, value: required ? example : "", placeholder: example, autocomplete: "off", spellcheck: "false" });
    input.addEventListener("change", () => load(report));
    return element("div", { class: "field" }, element("label", { for: `p-${id}` }, required ? id : `${id}, optional`), input);
  });
  at("parameters").replaceChildren(...fields);
  return report ? load(report) : undefined;
}

async function load(report) {
  const given = [...at("parameters").querySelectorAll("input")].map((input) => [input.name, input.value.trim()]);
  const asked = new URLSearchParams(given.filter(([, value]) => value));
  asked.set("format", "rq");
  const answer = await fetch(`query/${encodeURIComponent(report.name)}?${asked}`, { headers: { Accept: "application/problem+json" } });
  clear();
  if (!answer.ok) return fault(await answer.text(), null);
  editor.text = await answer.text();
  at("status").textContent = `${report.title}: the query is in the editor.`;
}

function fromAddress() {
  const said = new URLSearchParams(location.hash.slice(1));
  if (said.get("query")) editor.text = said.get("query");
  else if (said.get("report")) choose(said.get("report"));
  if (said.get("query")) at("link").value = location.href;
  else if (new URLSearchParams(location.search).get("query")) run(); // it stands in the editor already
}

async function start() {
  editor.paint();
  listKept();
  at("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  editor.field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      editor.close();
      run();
    }
  });
  at("stop").addEventListener("click", () => running?.abort());
  at("report").addEventListener("change", (event) => choose(event.target.value));
  for (const id of ["chart", "x", "y"]) at(id).addEventListener("change", draw);
  at("copy").addEventListener("click", async () => {
    share(editor.text);
    at("link").select();
    await navigator.clipboard?.writeText(at("link").value).catch(() => undefined);
    at("status").textContent = navigator.clipboard ? "The link is copied." : "The link is marked: copy it.";
  });
  at("forget").addEventListener("click", () => localStorage.removeItem(KEPT) || listKept());
  window.addEventListener("hashchange", fromAddress);
  const answer = await fetch("sparql-terms.json");
  if (answer.ok) known = await answer.json();
  Object.assign(editor, { terms: known.terms, prefixes: known.prefixes });
  at("report").append(...known.reports.map(({ name, title }) => element("option", { value: name }, title)));
  fromAddress();
  document.documentElement.dataset.ready = "yes";
}

start();
