// Answers as a table and as a chart. Everything from the data becomes text: nothing is parsed as HTML.

const SHOWN = 1000; // rows in the table
const MOST_BARS = 40;
const NUMERIC = /#(?:integer|decimal|double|float|int|long|nonNegativeInteger|positiveInteger)$/;
const SVG = "http://www.w3.org/2000/svg";

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const isNumber = (cell) => cell && cell.type === "literal" && NUMERIC.test(cell.datatype || "") && isFinite(cell.value);
const isNumeric = (rows, name) => rows.some((row) => row[name]) && rows.every((row) => !row[name] || isNumber(row[name]));

// An address that may become a link: of the web, and for things of this release their page here.
export function addressOf(iri, base) {
  if (iri.startsWith(base)) return `./${iri.slice(base.length)}`;
  return /^https?:\/\/[^\s/]/i.test(iri) ? iri : "";
}

function shownCell(cell, labels, base) {
  if (!cell) return "";
  if (cell.type !== "uri") {
    const text = element("bdi", { dir: "auto" }, isNumber(cell) ? grouped(cell.value) : cell.value);
    if (cell["xml:lang"]) text.lang = cell["xml:lang"];
    return text;
  }
  const label = labels.get(cell.value) || (cell.value.startsWith(base) ? cell.value.slice(base.length) : cell.value);
  const address = addressOf(cell.value, base);
  return address ? element("a", { href: address, title: cell.value, rel: "noopener" }, label) : label;
}

const grouped = (text) => (/^[+-]?\d+(\.\d+)?$/.test(text) ? text.replace(/^([+-]?)(\d+)/, (_, sign, whole) => sign + whole.replace(/\B(?=(\d{3})+$)/g, " ")) : text);

export function table(answer, labels, base) {
  const names = answer.head.vars;
  const rows = answer.results.bindings;
  const numeric = new Set(names.filter((name) => isNumeric(rows, name)));
  const head = element("tr", {}, ...names.map((name) => element("th", { scope: "col", class: numeric.has(name) ? "number" : "" }, name)));
  const body = rows.slice(0, SHOWN).map((row) =>
    element("tr", {}, ...names.map((name) => element("td", { class: numeric.has(name) ? "number" : "" }, shownCell(row[name], labels, base)))));
  const made = element("table", { class: "answer" }, element("thead", {}, head), element("tbody", {}, ...body));
  const frame = element("div", { class: "wide broad", role: "group", "aria-label": "Answer", tabindex: "0" }, made);
  const cut = rows.length > SHOWN ? [element("p", { class: "quiet" }, `The first ${SHOWN} rows are shown; downloads hold all.`)] : [];
  return [...cut, frame];
}

export function irisOf(answer) {
  const cells = answer.results.bindings.slice(0, SHOWN).flatMap((row) => Object.values(row));
  return [...new Set(cells.filter((cell) => cell.type === "uri").map((cell) => cell.value))];
}

// Which columns a chart can be made of.
export function columnsOf(answer) {
  const numbers = answer.head.vars.filter((name) => isNumeric(answer.results.bindings, name));
  return { numbers, all: answer.head.vars };
}

export function chart(answer, kind, x, y, labels, base, room) {
  const rows = answer.results.bindings.filter((row) => row[y]).slice(0, kind === "bar" ? MOST_BARS : SHOWN);
  const points = rows.map((row) => ({ label: textOf(row[x], labels, base), value: Number(row[y].value) }));
  const width = Math.max(300, Math.min(720, room));
  const drawing = kind === "bar" ? bars(points, width) : line(points, width);
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", `${kind === "bar" ? "Bars" : "A line"} of ${y} by ${x}: ${points.length} values. The table holds them.`);
  return element("div", { class: "wide chart", role: "group", "aria-label": "Chart", tabindex: "0" }, drawing);
}

function textOf(cell, labels, base) {
  if (!cell) return "";
  return cell.type === "uri" ? labels.get(cell.value) || cell.value.replace(base, "") : cell.value;
}

function drawn(name, attributes, text = "") {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

const cut = (text, most) => (text.length > most ? `${text.slice(0, Math.floor(most) - 1)}…` : text);
const short = (number) => grouped(String(Math.round(number * 100) / 100));

function bars(points, width) {
  const row = 26;
  const left = Math.round(Math.min(230, width * 0.4)); // what names may take
  const top = Math.max(0, ...points.map(({ value }) => value));
  const low = Math.min(0, ...points.map(({ value }) => value));
  const scale = (width - left - 80) / (top - low || 1);
  const zero = left - low * scale;
  const picture = drawn("svg", { viewBox: `0 0 ${width} ${points.length * row + 8}`, width, height: points.length * row + 8 });
  points.forEach(({ label, value }, place) => {
    const y = place * row + 4;
    picture.append(
      drawn("text", { x: left - 8, y: y + 15, "text-anchor": "end" }, cut(label, left / 8.4)),
      drawn("rect", { x: Math.min(zero, zero + value * scale), y, width: Math.max(1, Math.abs(value) * scale), height: row - 8 }),
      drawn("text", { x: Math.max(zero, zero + value * scale) + 6, y: y + 15 }, short(value)),
    );
  });
  return picture;
}

function line(points, width) {
  const [height, left, bottom] = [320, 80, 40];
  const values = points.map(({ value }) => value);
  const top = Math.max(0, ...values);
  const low = Math.min(0, ...values);
  const x = (place) => left + (place * (width - left - 20)) / Math.max(1, points.length - 1);
  const y = (value) => height - bottom - ((value - low) * (height - bottom - 20)) / (top - low || 1);
  const picture = drawn("svg", { viewBox: `0 0 ${width} ${height}`, width, height });
  for (const value of new Set([low, (low + top) / 2, top])) {
    picture.append(drawn("path", { class: "grid", d: `M${left} ${y(value)}H${width - 20}` }), drawn("text", { x: left - 8, y: y(value) + 4, "text-anchor": "end" }, short(value)));
  }
  picture.append(drawn("path", { class: "line", d: points.map(({ value }, place) => `${place ? "L" : "M"}${x(place)} ${y(value)}`).join("") }));
  const step = Math.ceil(points.length / (width / 120));
  points.forEach(({ label }, place) => {
    if (place % step === 0) picture.append(drawn("text", { x: x(place), y: height - 14, "text-anchor": "middle" }, cut(label, 16)));
  });
  return picture;
}
