// A text area with colours behind it and words offered while one types. The text area stays what it is for everybody
// who does not see: a field with a label, whose Tab key leads on.

import { element } from "./sparql-results.js";
import { tokens, variablesOf, withPrefixes } from "./sparql-language.js";

const MOST = 8; // words offered at once
const BEGUN = /(?:[?$][\p{L}\p{N}_]*|[\p{L}][\p{L}\p{N}_-]*:?[\p{L}\p{N}_-]*)$/u;

export class Editor {
  constructor(field, colours, list, status) {
    Object.assign(this, { field, colours, list, status, terms: [], prefixes: {}, offered: [], active: -1, bad: [0, 0] });
    field.addEventListener("input", () => {
      this.bad = [0, 0];
      field.removeAttribute("aria-invalid");
      this.paint();
      this.offer(2);
    });
    field.addEventListener("keydown", (event) => this.onKey(event));
    field.addEventListener("blur", () => this.close());
    field.addEventListener("click", () => this.close());
    list.addEventListener("mousedown", (event) => {
      event.preventDefault(); // the focus stays in the text
      const option = event.target.closest("[role=option]");
      if (option) this.take(Number(option.dataset.place));
    });
  }

  get text() {
    return this.field.value;
  }

  set text(text) {
    this.field.value = text;
    this.bad = [0, 0];
    this.field.removeAttribute("aria-invalid");
    this.close();
    this.paint();
  }

  fillPrefixes() {
    const filled = withPrefixes(this.text, this.prefixes);
    if (filled !== this.text) this.text = filled;
  }

  // Show where a fault is, and return how many characters stand before it: at a column, else in a whole line.
  mark(line, column) {
    const lines = this.text.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    const length = (lines[line - 1] || "").length;
    const offset = start + Math.min(Math.max(column - 1, 0), length);
    this.bad = column ? [offset, offset + 1] : [start, start + length];
    if (offset === start + length) this.bad = [start + (lines[line - 1] || "").search(/\S\s*$/), offset]; // at its end
    this.field.setAttribute("aria-invalid", "true");
    this.paint();
    return offset;
  }

  paint() {
    const [from, to] = this.bad;
    const spans = [...tokens(this.text)].map(([name, text, at]) =>
      element("span", { class: at < to && at + text.length > from ? `${name} bad` : name }, text));
    this.colours.replaceChildren(...spans, "\n");
  }

  // Offer what the word before the cursor may become, if it has so many characters.
  offer(least) {
    const before = this.text.slice(0, this.field.selectionStart);
    const begun = (BEGUN.exec(before) || [""])[0];
    this.begun = begun;
    this.offered = begun.length < least ? [] : this.matches(begun, before);
    if (!this.offered.length) return this.close();
    this.active = -1;
    this.list.replaceChildren(...this.offered.map((term, place) => option(term, place)));
    this.place(before);
    this.list.hidden = false;
    this.status.textContent = `${this.offered.length} words offered; the arrow down leads to them.`;
  }

  matches(begun, before) {
    const known = /^[?$]/.test(begun)
      ? [...variablesOf(before.slice(0, -begun.length) + this.text.slice(before.length))].map((name) => ({ name, about: "" }))
      : this.terms;
    const small = begun.toLowerCase();
    const local = (name) => name.slice(name.indexOf(":") + 1).toLowerCase();
    const ranked = known
      .filter(({ name }) => name !== begun)
      .map((term) => {
        const name = term.name.toLowerCase();
        if (name.startsWith(small)) return [0, term];
        if (!small.includes(":") && local(name).startsWith(small)) return [1, term];
        return !small.includes(":") && (term.about || "").toLowerCase().startsWith(small) ? [2, term] : [3, term];
      })
      .filter(([rank]) => rank < 3);
    ranked.sort(([one, a], [other, b]) => one - other || a.name.length - b.name.length || (a.name < b.name ? -1 : 1));
    return ranked.slice(0, MOST).map(([, term]) => term);
  }

  // Put the list below the cursor: where the same text ends in the coloured copy.
  place(before) {
    const range = document.createRange();
    let left = before.length;
    const span = [...this.colours.children].find((each) => (left -= each.firstChild.length) <= 0);
    if (span) range.setStart(span.firstChild, span.firstChild.length + left);
    const cursor = range.getBoundingClientRect();
    const frame = this.list.parentElement.getBoundingClientRect();
    this.list.style.top = `${cursor.bottom - frame.top + 4}px`;
    this.list.style.left = `${Math.max(0, Math.min(cursor.left - frame.left, frame.width - 280))}px`;
  }

  onKey(event) {
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      this.offer(0);
      return;
    }
    if (this.list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.move((this.active + step + this.offered.length + (this.active < 0 && step < 0 ? 1 : 0)) % this.offered.length);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    } else if ((event.key === "Enter" || event.key === "Tab") && this.active >= 0 && !event.ctrlKey) {
      event.preventDefault();
      this.take(this.active);
    } else if (event.key === "ArrowLeft" || event.key === "ArrowRight" || event.key === "Enter") {
      this.close();
    }
  }

  move(place) {
    this.active = place;
    for (const [at, each] of [...this.list.children].entries()) each.setAttribute("aria-selected", String(at === place));
    this.field.setAttribute("aria-activedescendant", this.list.children[place].id);
    this.list.children[place].scrollIntoView({ block: "nearest" });
  }

  take(place) {
    const { name } = this.offered[place];
    const end = this.field.selectionStart;
    this.field.setRangeText(name, end - this.begun.length, end, "end");
    this.close();
    const cursor = this.field.selectionStart;
    const length = this.text.length;
    this.fillPrefixes();
    this.field.setSelectionRange(cursor + this.text.length - length, cursor + this.text.length - length);
    this.paint();
    this.status.textContent = `${name} is in the query.`;
  }

  close() {
    this.list.hidden = true;
    this.offered = [];
    this.active = -1;
    this.field.removeAttribute("aria-activedescendant");
  }
}

const option = ({ name, about }, place) =>
  element(
    "li",
    { id: `word-${place}`, role: "option", "aria-selected": "false", "data-place": place },
    element("code", {}, name),
    element("span", {}, ` ${about}`),
  );
